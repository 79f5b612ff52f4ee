import { useEffect, useRef, useState } from "react";
import { searchBox } from "../search/box";
import type { Career } from "../server";
import { strings } from "../strings";
import { Dialog } from "./Dialog";
import { Nodes } from "./Nodes";

const words = strings.search;

interface Props {
  recent: string[];
  onPick: (career: Career) => void;
  onClose: () => void;
}

/** All careers, to look for one by its name. */
export function Search({ recent, onPick, onClose }: Props) {
  const picked = useRef(onPick);
  picked.current = onPick;
  const [box] = useState(() => searchBox({
    label: words.label, recent, unlisted: words.unlisted, onPick: (career) => picked.current(career),
  }));
  useEffect(box.focus, []);
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Nodes nodes={[box.node]} />
    </Dialog>
  );
}
