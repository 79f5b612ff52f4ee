import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { COLOURS, colourNamed } from "../colours";
import { keeper } from "./keeper";
import { Page } from "./Page";
import { followKeyboard } from "./screen";
import { Session } from "./session";

const asked = new URLSearchParams(location.search);
const root = document.getElementById("root")!;

const accent = COLOURS[colourNamed(asked.get("colour"))];
document.documentElement.style.setProperty("--accent-light", accent.light);
document.documentElement.style.setProperty("--accent-dark", accent.dark);
followKeyboard();

const name = (key: string): string => /^[a-z0-9_-]{1,60}$/.exec(asked.get(key) ?? "")?.[0] ?? "";
const kept = keeper(asked.get("embed") === "launcher");
const session = new Session(kept);

// The page that came first has a box, too: what was typed there goes on, and so does its focus.
const box = root.querySelector("textarea");
const first = { typed: box?.value ?? "", focused: box !== null && box === document.activeElement };
flushSync(() =>
  createRoot(root).render(
    <Page guide={name("guide")} topic={name("topic")} first={first} keeper={kept} session={session} />,
  ),
);
