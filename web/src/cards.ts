// Draws the card of a reply: DOM nodes and text only, never HTML from a string.
import { copyText } from "./copying";
import { type Button, type Card, school as several, type Source } from "./server";
import { strings } from "./strings";

const words = strings.cards;

/** What a card may ask of the page that shows it. */
export interface Tools {
  /** Which boxes of a checklist are ticked, as one 0 or 1 a box. */
  ticks(list: string): string;
  tick(list: string, ticks: string): void;
  say(words: string): void;
  ask(question: Button): void;
  /** The name of the school, for what is printed. */
  school: string;
  /** The address of its logo; empty where it has none. */
  logo: string;
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

const MOST_BESIDE = 3; // routes that are compared side by side, also on a phone

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
  const side = list("ul", all.length <= MOST_BESIDE ? "routes beside" : "routes", all);
  side.style.setProperty("--count", `${all.length}`);
  return [side];
}

interface Step { label: string; detail: string; marked: boolean }
const steps = (card: { steps: Step[] }): Node[] => [
  list("ol", "steps", card.steps.map((step) =>
    item(step.marked, lead(step, step.label), el("span", "soft", step.detail)))),
];

interface Todo { label: string; items: string[] }
interface Checklist { title: string; groups: Todo[]; facts?: Fact[] }
function checklist(card: Checklist, tools: Tools, sources: Source[]): Node[] {
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
    ...(card.facts ? [facts("facts", pairsOf(card.facts))] : []),
    el("div", "checklist", ...groups),
    progress,
    el("div", "card-actions",
      action(words.print, (button) => print(button.closest<HTMLElement>(".card"), tools, sources)),
      action(words.copy, (button) => void copied(asText(), button, tools))),
  ];
}

function planText(card: Checklist, ticked: boolean[]): string {
  let place = 0;
  const lines = card.groups.flatMap((group) => [
    ...(group.label ? ["", group.label] : []),
    ...group.items.map((text) => `[${ticked[place++] ? "x" : " "}] ${text}`),
  ]);
  const about = (card.facts ?? []).map(({ label, value }) => `${label}: ${value}`);
  return [card.title, ...about, ...lines].join("\n");
}

/** A short name for a list, the same on each visit. */
function shortName(text: string): string {
  let sum = 5381;
  for (let place = 0; place < text.length; place++) sum = (sum * 33 + text.charCodeAt(place)) >>> 0;
  return sum.toString(36);
}

/** Print one card on a sheet of its own, with the school, the day and the sources. */
function print(card: HTMLElement | null, tools: Tools, sources: Source[]): void {
  if (!card) return;
  const logo = tools.logo && Object.assign(el("img", "logo"), { src: tools.logo, alt: "" });
  printSheet(
    card.cloneNode(true),
    el("h4", "", words.sources),
    list("ul", "bullets", sources.map(({ title, publisher, kind, url }) =>
      el("li", "", `${publisher}: ${title} (${kind}) ${url ?? ""}`))),
    el("p", "soft", logo, words.printed(tools.school, today())));
}

/** The day, as people write it. */
export const today = (): string => new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });

/** Print nodes alone. */
export function printSheet(...nodes: Node[]): void {
  const sheet = el("div", "sheet", ...nodes);
  document.body.append(sheet);
  document.body.classList.add("prints-sheet");
  window.addEventListener("afterprint", () => {
    sheet.remove();
    document.body.classList.remove("prints-sheet");
  }, { once: true });
  window.print();
}

/** A card that is only looked at: its buttons are words, and its boxes stay as they are. */
export function still(card: HTMLElement): HTMLElement {
  card.querySelectorAll(".card-actions").forEach((actions) => actions.remove());
  card.querySelectorAll("button").forEach((button) => button.replaceWith(button.textContent ?? ""));
  card.querySelectorAll("input").forEach((box) => (box.disabled = true));
  return card;
}

async function copied(text: string, button: HTMLButtonElement, tools: Tools): Promise<void> {
  const label = button.textContent;
  const said = (await copyText(text)) ? words.copied : words.notCopied;
  button.textContent = said;
  tools.say(said);
  setTimeout(() => { button.textContent = label; }, 2500);
}

interface Listed { text: string; detail?: string; payload?: string }
function lists(card: { groups: { label: string; items: Listed[] }[] }, tools: Tools): Node[] {
  const groups = card.groups.filter((group) => group.items.length).map((group) => el("div", "",
    group.label && el("h4", "", group.label),
    list("ul", "bullets", group.items.map((entry) =>
      el("li", "", listed(entry, tools), entry.detail && el("span", "soft", entry.detail))))));
  return [el("div", "groups", ...groups)];
}

function listed({ text, payload }: Listed, tools: Tools): Child {
  if (!payload) return text;
  const button = action(text, () => tools.ask({ title: text, payload }));
  button.className = "card-ask";
  return button;
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
  if (!url || !isWeb(url)) return el("cite", "", title);
  const link = el("a", "", title);
  link.href = url;
  return el("cite", "", inNewTab(link));
}

const isWeb = (address: string): boolean => /^https:\/\//i.test(address);

function inNewTab(link: HTMLAnchorElement): HTMLAnchorElement {
  link.append(hidden(words.newTab));
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function copyCitation(source: Source, tools: Tools): HTMLElement {
  const citation = [`${source.publisher}. “${source.title}.” ${source.kind}.`, source.url];
  const button = action(words.cite, (pressed) =>
    void copied(citation.filter(Boolean).join(" "), pressed as HTMLButtonElement, tools));
  button.setAttribute("aria-label", `${words.cite}: ${source.title}`);
  return button;
}

interface Fact { label: string; value: string }
const pairsOf = (rows: Fact[]) => rows.map(({ label, value }): [string, string] => [label, value]);

const factsCard = (card: { facts: Fact[]; caveat?: string }): Node[] => [
  facts("facts", pairsOf(card.facts)),
  ...(card.caveat ? [el("p", "caveat", card.caveat)] : []),
];

interface Line {
  name: string; how: string; call?: string; text?: { to: string; word?: string }; site?: string;
}
const NUMBER = /^\+?\d+$/;
const LONGEST_SHORT = 6; // digits; a longer number stands in the words beside the link
const short = (number: string): string => (number.length > LONGEST_SHORT ? "" : number);

function help(card: { person?: { name: string; contact: string }; lines: Line[]; lang?: string }, tools: Tools): Node[] {
  const lines = card.lines.map((line) => el("li", "",
    el("strong", "", line.name), spoken(el("span", "", line.how), card.lang), el("div", "card-actions", ...waysTo(line))));
  const { person } = card;
  return [
    list("ul", "lines", lines),
    ...(person
      ? [el("p", "", el("strong", "", `${several && tools.school ? words.at(tools.school) : words.atSchool}: ${person.name}`), el("br", ""), person.contact)]
      : []),
  ];
}

function waysTo({ name, call, text, site }: Line): Child[] {
  const link = (label: string, href: string): HTMLAnchorElement => {
    const node = el("a", "way", label, hidden(` (${name})`));
    node.href = href;
    return node;
  };
  const page = site && isWeb(site) && link(words.site, site);
  if (page) inNewTab(page);
  return [
    call && NUMBER.test(call) && link(words.call(short(call)), `tel:${call}`),
    // "?&" is what both kinds of phone understand.
    text && NUMBER.test(text.to) && link(
      words.text(short(text.to), text.word),
      `sms:${text.to}${text.word ? `?&body=${encodeURIComponent(text.word)}` : ""}`,
    ),
    page,
  ];
}

const DRAWN: Record<string, (card: never, tools: Tools, sources: Source[]) => Node[]> = {
  timeline, bars, routes, steps, checklist, list: lists, pros_cons: prosCons, myths,
  sources: sourced, facts: factsCard, help,
};

/** The card as a section; null for a type or a shape that is unknown, where the text says it all. */
export function drawCard(card: Card, tools: Tools, sources: Source[] = []): HTMLElement | null {
  const draw = Object.hasOwn(DRAWN, card.type) ? DRAWN[card.type] : undefined;
  try {
    if (!draw) return null;
    const parts = draw(card as never, tools, sources);
    return el("section", `card card-${card.type}`, card.title && spoken(el("h3", "", card.title), card.lang), ...parts);
  } catch {
    return null;
  }
}

/** A node whose words are in a language, where that is not the page's. */
function spoken(node: HTMLElement, lang?: string): HTMLElement {
  if (lang) node.lang = lang;
  return node;
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
const SENTENCES = /(?<=[.!?]["”]?) +/;
const LONGEST_HEADING = 4; // words: a longer line before a list says something of its own

/** The lines that stand above a card and below it. */
export interface Beside {
  before: string[];
  after: string[];
}

/**
 * What a reply says beyond its card, word for word; its first line stays. What came after the
 * card's own words stands below the card: answers come before what limits them.
 */
export function besideCard(text: string, card: HTMLElement | null): Beside {
  const lines = text.split("\n");
  if (!card) return { before: lines, after: [] };
  const drawn = textOf(card);
  const said = new Set(wordsOf(drawn));
  const isDrawn = (sentence: string) => drawn.includes(sentence.replace(/:$/, ""));
  const left = (line: string, place: number): string => {
    if (LISTED.test(line)) return wordsOf(line.replace(/^\d+\. /, "")).every((word) => said.has(word)) ? "" : line;
    return place === 0 ? line : line.split(SENTENCES).filter((sentence) => !isDrawn(sentence)).join(" ");
  };
  const beside: Beside = { before: [], after: [] };
  let passed = false;
  lines.forEach((line, place) => {
    const rest = left(line, place);
    passed ||= rest !== line;
    if (rest) (passed ? beside.after : beside.before).push(rest);
  });
  const isBareHeading = (line: string) => line.endsWith(":") && wordsOf(line).length <= LONGEST_HEADING;
  const withoutHeadings = (some: string[]) =>
    some.filter((line, place) => !isBareHeading(line) || LISTED.test(some[place + 1] ?? ""));
  return { before: withoutHeadings(beside.before), after: withoutHeadings(beside.after) };
}
