import { createRoot } from "react-dom/client";
import { COLOURS, colourNamed } from "../colours";
import { readAddress } from "./address";
import { keeper } from "./keeper";
import { Page } from "./Page";
import { isShutIn, linkInstead } from "./shutIn";
import { Session } from "./session";
import "@patternfly/react-core/dist/styles/base.css";
import "@patternfly/chatbot/dist/css/main.css";
import "../cards.css";
import "./chat.css";

const asked = readAddress();
const root = document.documentElement;

const accent = COLOURS[colourNamed(asked.colour)];
root.style.setProperty("--accent-light", accent.light);
root.style.setProperty("--accent-dark", accent.dark);

const dark = matchMedia("(prefers-color-scheme: dark)");
const showTheme = () => root.classList.toggle("pf-v6-theme-dark", dark.matches);
dark.addEventListener("change", showTheme);
showTheme();

function start(place: HTMLElement): void {
  if (isShutIn()) return place.replaceChildren(linkInstead());
  const kept = keeper(asked.inLauncher);
  createRoot(place).render(<Page asked={asked} keeper={kept} session={new Session(kept)} />);
}

start(document.getElementById("root")!);
