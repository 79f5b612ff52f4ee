// What the address of the page asks for, as a site, a link or a student wrote it.

import { school } from "../server";

export interface Asked {
  guide: string; // its name, or what was taken for one
  topic: string;
  colour: string;
  inLauncher: boolean;
  again: boolean; // whether this is the same visit once more: a reload, a step back, another frame
}

const LONGEST = 60; // characters of a name

export function readAddress(): Asked {
  const given = new URLSearchParams(location.search);
  const word = (key: string) => (given.get(key) ?? "").trim().slice(0, LONGEST);
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return {
    guide: word("guide") || word("career"),
    topic: word("topic"),
    colour: word("colour") || word("color"),
    inLauncher: word("embed") === "launcher",
    again: window.parent !== window || visit?.type !== "navigate",
  };
}

/** Let the address name the school that a site stood for, so that a bookmark does, too. */
export function nameSchool(): void {
  const url = new URL(location.href);
  if (!school || url.searchParams.has("school")) return;
  url.searchParams.set("school", school);
  history.replaceState(null, "", url);
}

/** Let the address name the guide that was chosen, so that a reload shows it again. */
export function nameGuide(guide: string): void {
  const url = new URL(location.href);
  url.searchParams.delete("career");
  url.searchParams.set("guide", guide);
  history.replaceState(null, "", url);
}
