import { drawCard, type Tools } from "../cards";
import type { Card } from "../server";
import { strings } from "../strings";
import { Dialog } from "./Dialog";
import { Nodes } from "./Nodes";

const words = strings.chat.help;

/** The school's lines of help. Opening it asks the server nothing. */
export function Help({ card, tools, onClose }: { card: Card; tools: Tools; onClose: () => void }) {
  const drawn = drawCard({ ...card, title: undefined }, tools);
  return (
    <Dialog title={card.title ?? words.open} onClose={onClose}>
      <p>{words.lead}</p>
      {drawn && <Nodes nodes={[drawn]} />}
      <p className="soft">{words.untold}</p>
    </Dialog>
  );
}
