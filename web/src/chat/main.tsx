import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { tint } from "../colours";
import { nameSchool, readAddress } from "./address";
import { keeper } from "./keeper";
import { Page } from "./Page";
import { followKeyboard } from "./screen";
import { isShutIn, linkInstead } from "./shutIn";
import { Session } from "./session";

const asked = readAddress();
tint(asked.colour);
nameSchool();
followKeyboard();

function start(place: HTMLElement): void {
  if (isShutIn()) return place.replaceChildren(linkInstead());
  const kept = keeper(asked.inLauncher);
  const session = new Session(kept);
  // The page that came first has a box, too: what was typed there goes on, and so does its focus.
  const box = place.querySelector("textarea");
  const first = { typed: box?.value ?? "", focused: box !== null && box === document.activeElement };
  flushSync(() => createRoot(place).render(<Page asked={asked} first={first} keeper={kept} session={session} />));
}

start(document.getElementById("root")!);
