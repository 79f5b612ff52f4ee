// The counselors' page: choose, look at the preview, copy one line.
import { COLOURS, type Colour, colourNamed } from "../colours";
import { copyText } from "../copying";
import { searchBox } from "../search/box";
import "../search/search.css";
import { type About, about, Failure, school } from "../server";
import { strings } from "../strings";
import "./embed.css";

const words = strings.embed;
const WIDTH = 420; // pixels of the frame that portals get
const HEIGHT = 640;

type Choices = Record<"school" | "guide" | "topic" | "colour" | "position", string>;
type Child = Node | string | false;

function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child): child is Node | string => Boolean(child)));
  return node;
}

const usual: Partial<Choices> = { colour: "blue", position: "right", topic: "" };

/** What differs from the usual, in a fixed order. */
const chosen = (choices: Choices): [string, string][] =>
  Object.entries(choices).filter(([key, value]) => value && value !== usual[key as keyof Choices]);

function address(path: string, choices: Choices): string {
  const url = new URL(path, location.origin);
  for (const [key, value] of chosen(choices)) url.searchParams.set(key, value);
  return url.href;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

const made: Record<keyof typeof words.ways, (choices: Choices) => string> = {
  snippet(choices) {
    const named = chosen(choices).map(([key, value]) => ` data-${key}="${escaped(value)}"`).join("");
    return `<script src="${location.origin}/embed.js"${named} async></script>`;
  },
  link: (choices) => address("/chat", { ...choices, position: "" }),
  frame(choices) {
    const source = escaped(address("/chat", { ...choices, position: "" }));
    return `<iframe src="${source}" title="${strings.loader.title}" width="${WIDTH}" height="${HEIGHT}" allow="clipboard-write"></iframe>`;
  },
  wordpress: () => `wp_oembed_add_provider('${location.origin}/chat*', '${location.origin}/oembed');`,
};

const status = el("p", { className: "status" });
status.setAttribute("role", "status");

function copyable(name: string, text: string): HTMLElement {
  const code = el("pre", { tabIndex: 0, id: `${name}-text` }, el("code", {}, text));
  const title = words.ways[name as keyof typeof words.ways]?.title ?? "";
  code.setAttribute("role", "group");
  code.setAttribute("aria-label", title || words.notes.title);
  const button = el("button", { type: "button", textContent: words.copy });
  button.setAttribute("aria-describedby", code.id);
  button.addEventListener("click", () => void copy(button, code.textContent ?? ""));
  return el("div", { className: "copyable" }, code, button);
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const said = (await copyText(text)) ? words.copied : words.notCopied;
  button.textContent = status.textContent = said;
  setTimeout(() => {
    button.textContent = words.copy;
    status.textContent = "";
  }, 2500);
}

const topicName = (payload: string): string => payload.replace(/^\/(?:ask_)?/, "");

function select(name: string, label: string, ...options: Node[]): [HTMLElement, HTMLSelectElement] {
  const field = el("select", { id: name }, ...options);
  return [el("div", { className: "field" }, el("label", { htmlFor: name }, label), field), field];
}

function topics(known: About): Node[] {
  const groups = known.menu.map(({ group, topics }) =>
    el("optgroup", { label: group }, ...topics.map(({ title, payload }) => el("option", { value: topicName(payload) }, title))));
  return [el("option", { value: "" }, words.noTopic), ...groups];
}

function radios(name: string, label: string, options: Record<string, string>, first: string, pick: (value: string) => void): HTMLElement {
  const fields = Object.entries(options).map(([value, title]) => {
    const input = el("input", { type: "radio", name, value, checked: value === first });
    input.addEventListener("change", () => pick(value));
    const swatch = el("span", { className: "swatch" });
    if (name === "colour") {
      swatch.style.setProperty("--light", COLOURS[value as Colour].light);
      swatch.style.setProperty("--dark", COLOURS[value as Colour].dark);
    }
    return el("label", {}, input, name === "colour" && swatch, title);
  });
  return el("fieldset", {}, el("legend", {}, label), el("div", { className: "options" }, ...fields));
}

function show(known: About): void {
  const choices: Choices = { school, guide: known.guide, topic: "", colour: colourNamed(known.colour), position: "right" };
  // The launcher on a site does not ask the server, so that a school's own colour stands in its line.
  if (known.colour) usual.colour = undefined;
  const preview = el("iframe", { title: words.previewTitle });
  const ways = el("div", { className: "ways" });

  const update = () => {
    preview.src = address("/embed/sample", choices);
    ways.replaceChildren(...Object.entries(words.ways).map(([name, { title, why }]) =>
      el("section", {}, el("h3", {}, title), el("p", {}, why), copyable(name, made[name as keyof typeof made](choices)))));
  };
  const pick = (key: keyof Choices) => (value: string) => {
    choices[key] = value;
    update();
  };

  const turnTo = (slug: string) => void about(slug).then((other) => {
    topic.replaceChildren(...topics(other));
    choices.topic = "";
    pick("guide")(slug);
  }).catch(fail);
  const guide = searchBox({
    label: words.guide,
    chosen: known.guides.find(({ slug }) => slug === known.guide)?.title ?? "",
    unlisted: words.unlisted,
    onPick: ({ slug }) => turnTo(slug),
  });
  const [topicField, topic] = select("topic", words.topic, ...topics(known));
  topic.addEventListener("change", () => pick("topic")(topic.value));

  const form = el("div", { className: "choose" }, guide.node, topicField,
    radios("colour", words.colour, words.colours, choices.colour, pick("colour")),
    radios("position", words.position, words.positions, choices.position, pick("position")));
  root.replaceChildren(
    el("header", {}, el("h1", {}, words.title), el("p", {}, words.lead)),
    el("section", { className: "controls" }, el("h2", {}, words.choose), form),
    el("section", { className: "look" }, el("h2", {}, words.look), el("p", {}, words.preview), preview),
    el("section", { className: "copy" }, el("h2", {}, words.copyOne), ways, status),
    notes());
  update();
}

function notes(): HTMLElement {
  const { title, sites, sitesWhy, policy, privacy } = words.notes;
  return el("section", { className: "notes" }, el("h2", {}, title),
    el("p", {}, sites(school)), copyable("sites", "embed_sites: [https://www.your-school.example]"), el("p", {}, sitesWhy),
    el("p", {}, policy), copyable("policy", `script-src ${location.origin}; frame-src ${location.origin}`),
    el("p", {}, privacy));
}

function fail(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  root.replaceChildren(el("h1", {}, words.title), el("p", {}, words.unloaded));
}

const root = document.getElementById("root")!;
about("").then(show).catch(fail);
