import { createRoot } from "react-dom/client";
import { COLOURS, colourNamed } from "../colours";
import { keeper } from "./keeper";
import { Page } from "./Page";
import { Session } from "./session";
import "@patternfly/react-core/dist/styles/base.css";
import "@patternfly/chatbot/dist/css/main.css";
import "../cards.css";
import "./chat.css";

const asked = new URLSearchParams(location.search);
const root = document.documentElement;

const accent = COLOURS[colourNamed(asked.get("colour"))];
root.style.setProperty("--accent-light", accent.light);
root.style.setProperty("--accent-dark", accent.dark);

const dark = matchMedia("(prefers-color-scheme: dark)");
const showTheme = () => root.classList.toggle("pf-v6-theme-dark", dark.matches);
dark.addEventListener("change", showTheme);
showTheme();

const name = (key: string): string => /^[a-z0-9_-]{1,60}$/.exec(asked.get(key) ?? "")?.[0] ?? "";
const kept = keeper(asked.get("embed") === "launcher");

createRoot(document.getElementById("root")!).render(
  <Page guide={name("guide")} topic={name("topic")} keeper={kept} session={new Session(kept)} />,
);
