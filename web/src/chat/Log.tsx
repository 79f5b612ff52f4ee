import { MessageBox } from "@patternfly/chatbot/dist/esm/MessageBox";
import { useEffect, useRef } from "react";
import type { Tools } from "../cards";
import type { About } from "../server";
import { strings } from "../strings";
import { Bubble, Typing } from "./Bubble";
import type { Talk } from "./talk";
import { Welcome } from "./Welcome";

const words = strings.chat;

interface Props {
  talk: Talk;
  about?: About;
  title: string;
  tools: Tools;
  canRead: boolean;
  onGuide: (guide: string) => void;
}

export function Log({ talk, about, title, tools, canRead, onGuide }: Props) {
  const { entries, busy } = talk;
  const lastAsked = useRef<HTMLDivElement>(null);
  const asked = entries.reduce((last, entry, place) => (entry.from === "student" ? place : last), -1);

  // The question goes to the top and its answer is read from there; a long one is not cut off.
  useEffect(() => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = calm ? "instant" : "smooth";
    setTimeout(() => lastAsked.current?.scrollIntoView({ block: "start", behavior }), 60);
  }, [entries.length, busy]);

  return (
    <MessageBox
      announcement={talk.announcement}
      ariaLabel={words.log}
      jumpButtonTopProps={{ "aria-label": words.toTop }}
      jumpButtonTopTooltipProps={{ content: words.toTop }}
      jumpButtonBottomProps={{ "aria-label": words.toBottom }}
      jumpButtonBottomTooltipProps={{ content: words.toBottom }}
    >
      {about && <Welcome about={about} title={title} onAsk={(button) => void talk.send(button)} onGuide={onGuide} />}
      {entries.map((entry, place) => (
        <div key={entry.id} ref={place === asked ? lastAsked : null}>
          <Bubble entry={entry} talk={talk} tools={tools} canRead={canRead} />
        </div>
      ))}
      {busy && <Typing />}
    </MessageBox>
  );
}
