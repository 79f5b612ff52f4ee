// Draws the card of a reply: DOM nodes and text only, never HTML from a string.
import { copyText } from "./copying";
import type { Card, Source } from "./server";
import { strings } from "./strings";

const words = strings.cards;

/** What a card may ask of the page that shows it. */
export interface Tools {
  /** Which boxes of a checklist are ticked, as one 0 or 1 a box. */
  ticks(list: string): string;
  tick(list: string, ticks: string): void;
  say(words: string): void;
}

type Child = Node | string | null | undefined | false;

function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child): child is Node | string => Boolean(child)));
  return node;
}

const hidden = (text: string) => el("span", "hidden", text);

// The role is for Safari, which forgets lists drawn without bullets.
function list(tag: "ol" | "ul", className: string, items: Node[]): HTMLElement {
  const node = el(tag, className, ...items);
  node.setAttribute("role", "list");
  return node;
}

const lead = (item: { marked?: boolean }, text: string): Node =>
  item.marked ? el("strong", "", hidden(words.marked), text) : el("span", "", text);

const item = (marked: boolean | undefined, ...children: Child[]): HTMLElement =>
  el("li", marked ? "marked" : "", ...children);

function action(label: string, act: (button: HTMLButtonElement) => void): HTMLElement {
  const button = el("button", "card-action", label);
  button.type = "button";
  button.addEventListener("click", () => act(button));
  return button;
}

interface Entry { time: string; label: string; text: string; marked: boolean }
function timeline(card: { entries: Entry[] }): Node[] {
  const entries = card.entries.map((entry) => {
    const time = el("time", "", entry.label);
    time.dateTime = entry.time;
    return item(entry.marked, time, lead(entry, entry.text));
  });
  return [list("ol", "timeline", entries)];
}

interface Bar { label: string; value: number; marked: boolean }
function bars(card: { max: number; bars: Bar[] }): Node[] {
  const rows = card.bars.map((bar) => {
    const meter = el("meter", "");
    meter.max = card.max;
    meter.value = bar.value;
    meter.setAttribute("aria-label", bar.label);
    return item(bar.marked, lead(bar, bar.label), el("span", "number", `${bar.value}`), meter);
  });
  return [list("ul", "bars", rows), el("p", "soft", words.outOf(card.max))];
}

const facts = (className: string, pairs: [string, string][]): HTMLElement =>
  el("dl", className, ...pairs.map(([label, value]) =>
    el("div", "", el("dt", "", label), el("dd", "", value))));

interface Route {
  name: string; share: number; length: string; cost: string; note: string; marked: boolean;
}
function routes(card: { routes: Route[] }): Node[] {
  const all = card.routes.map((route) => {
    const meter = el("meter", "");
    meter.max = 100;
    meter.value = route.share;
    meter.setAttribute("aria-label", words.share);
    return item(
      route.marked,
      el("h4", "", lead(route, route.name)),
      el("p", "share", el("strong", "", `${route.share}%`), ` ${words.takeIt}`),
      meter,
      facts("pairs", [[words.length, route.length], [words.cost, route.cost]]),
      route.note && el("p", "soft", route.note),
    );
  });
  return [list("ul", "routes", all)];
}

interface Step { label: string; detail: string; marked: boolean }
const steps = (card: { steps: Step[] }): Node[] => [
  list("ol", "steps", card.steps.map((step) =>
    item(step.marked, lead(step, step.label), el("span", "soft", step.detail)))),
];

interface Todo { label: string; items: string[] }
function checklist(card: { title: string; groups: Todo[] }, tools: Tools): Node[] {
  const all = card.groups.flatMap((group) => group.items);
  const name = shortName([card.title, ...all].join("\n"));
  const ticked = all.map((_, place) => tools.ticks(name)[place] === "1");
  const progress = el("p", "soft");
  const count = () => {
    progress.textContent = words.done(ticked.filter(Boolean).length, all.length);
  };
  const box = (text: string, place: number): HTMLElement => {
    const input = el("input", "");
    input.type = "checkbox";
    input.checked = ticked[place] ?? false;
    input.addEventListener("change", () => {
      ticked[place] = input.checked;
      tools.tick(name, ticked.map(Number).join(""));
      count();
    });
    return el("label", "", input, el("span", "", text));
  };
  let place = 0;
  const groups = card.groups.map((group) => el("fieldset", "",
    group.label && el("legend", "", group.label),
    ...group.items.map((text) => box(text, place++))));
  const asText = () => planText(card, ticked);
  count();
  return [
    el("div", "checklist", ...groups),
    progress,
    el("div", "card-actions",
      action(words.print, (button) => print(button.closest<HTMLElement>(".card"))),
      action(words.copy, (button) => void copied(asText(), button, tools))),
  ];
}

function planText(card: { title: string; groups: Todo[] }, ticked: boolean[]): string {
  let place = 0;
  const lines = card.groups.flatMap((group) => [
    ...(group.label ? ["", group.label] : []),
    ...group.items.map((text) => `[${ticked[place++] ? "x" : " "}] ${text}`),
  ]);
  return [card.title, ...lines].join("\n");
}

/** A short name for a list, the same on each visit. */
function shortName(text: string): string {
  let sum = 5381;
  for (let place = 0; place < text.length; place++) sum = (sum * 33 + text.charCodeAt(place)) >>> 0;
  return sum.toString(36);
}

/** Print one card on a sheet of its own. */
function print(card: HTMLElement | null): void {
  if (!card) return;
  const sheet = el("div", "sheet", card.cloneNode(true));
  document.body.append(sheet);
  document.body.classList.add("prints-sheet");
  window.addEventListener("afterprint", () => {
    sheet.remove();
    document.body.classList.remove("prints-sheet");
  }, { once: true });
  window.print();
}

async function copied(text: string, button: HTMLButtonElement, tools: Tools): Promise<void> {
  const label = button.textContent;
  const said = (await copyText(text)) ? words.copied : words.notCopied;
  button.textContent = said;
  tools.say(said);
  setTimeout(() => { button.textContent = label; }, 2500);
}

interface Listed { text: string; detail?: string }
function lists(card: { groups: { label: string; items: Listed[] }[] }): Node[] {
  const groups = card.groups.filter((group) => group.items.length).map((group) => el("div", "",
    group.label && el("h4", "", group.label),
    list("ul", "bullets", group.items.map((entry) =>
      el("li", "", entry.text, entry.detail && el("span", "soft", entry.detail))))));
  return [el("div", "groups", ...groups)];
}

function prosCons(card: { pros: string[]; cons: string[] }): Node[] {
  const column = (label: string, className: string, entries: string[]) => entries.length > 0 &&
    el("div", className, el("h4", "", label),
      list("ul", "", entries.map((text) => el("li", "", text))));
  return [el("div", "groups", column(words.pros, "pros", card.pros), column(words.cons, "cons", card.cons))];
}

const myths = (card: { myths: { claim: string; truth: string }[] }): Node[] => [
  list("ul", "myths", card.myths.map(({ claim, truth }) => el("li", "",
    el("div", "claim", el("h4", "", words.claim), el("p", "", `“${claim}”`)),
    el("div", "truth", el("h4", "", words.truth), el("p", "", truth))))),
];

function sourced(card: { sources: Source[] }, tools: Tools): Node[] {
  return [list("ol", "sources", card.sources.map((source) => el("li", "",
    el("span", "", sourceName(source), el("span", "soft", `${source.publisher} (${source.kind})`)),
    copyCitation(source, tools))))];
}

function sourceName({ title, url }: Source): Node {
  if (!url || !/^https:\/\//i.test(url)) return el("cite", "", title);
  const link = el("a", "", title, hidden(words.newTab));
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return el("cite", "", link);
}

function copyCitation(source: Source, tools: Tools): HTMLElement {
  const citation = [`${source.publisher}. “${source.title}.” ${source.kind}.`, source.url];
  const button = action(words.cite, (pressed) =>
    void copied(citation.filter(Boolean).join(" "), pressed as HTMLButtonElement, tools));
  button.setAttribute("aria-label", `${words.cite}: ${source.title}`);
  return button;
}

function factsCard(card: { facts: { label: string; value: string }[]; caveat?: string }): Node[] {
  const pairs = card.facts.map(({ label, value }): [string, string] => [label, value]);
  return [facts("facts", pairs), ...(card.caveat ? [el("p", "caveat", card.caveat)] : [])];
}

const DRAWN: Record<string, (card: never, tools: Tools) => Node[]> = {
  timeline, bars, routes, steps, checklist, list: lists, pros_cons: prosCons, myths,
  sources: sourced, facts: factsCard,
};

/** The card as a section; null for a type or a shape that is unknown, where the text says it all. */
export function drawCard(card: Card, tools: Tools): HTMLElement | null {
  const draw = Object.hasOwn(DRAWN, card.type) ? DRAWN[card.type] : undefined;
  try {
    if (!draw) return null;
    const parts = draw(card as never, tools);
    return el("section", `card card-${card.type}`, card.title && el("h3", "", card.title), ...parts);
  } catch {
    return null;
  }
}

/** The sources of a reply, for whoever wants to check it. */
export const drawSources = (sources: Source[], tools: Tools): Node[] => sourced({ sources }, tools);

/** The text of a node, with a gap between its parts. */
function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? "";
  return Array.from(node.childNodes, textOf).join(" ");
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}$%]+/gu) ?? [];

const LISTED = /^(?:- |\d+\. )/;
const LONGEST_HEADING = 4; // words: a longer line before a list says something of its own

/** The lines of a reply that its card does not already say, word for word; the first sentence stays. */
export function besideCard(text: string, card: HTMLElement | null): string[] {
  const lines = text.split("\n");
  if (!card) return lines;
  const drawn = textOf(card);
  const said = new Set(wordsOf(drawn));
  const inCard = (line: string, place: number) =>
    LISTED.test(line)
      ? wordsOf(line.replace(/^\d+\. /, "")).every((word) => said.has(word))
      : place > 0 && drawn.includes(line.replace(/:$/, ""));
  const kept = lines.filter((line, place) => !inCard(line, place));
  return kept.filter((line, place) =>
    !line.endsWith(":") || wordsOf(line).length > LONGEST_HEADING || LISTED.test(kept[place + 1] ?? ""));
}
