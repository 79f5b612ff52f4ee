// A box in which a career is looked for: an editable combobox as the ARIA Authoring Practices have
// it. Its first suggestion is marked as soon as something is typed. DOM nodes and text only.
import { type Career, type Careers, careers, Failure } from "../server";
import { strings } from "../strings";
import { find } from "./find";

const words = strings.search;
const MOST = 8; // suggestions
const LONGEST = 60; // characters of a name

interface Options {
  label: string;
  /** The title that stands in the box while nothing is looked for; the list is then shown on focus alone. */
  chosen?: string;
  /** Slugs of the careers that were looked at, the latest first. */
  recent?: string[];
  /** What to say where the list cannot be had. */
  unlisted: string;
  onPick: (career: Career) => void;
}

interface Suggestion {
  title: string;
  by?: string;
  take: () => void;
}

interface Section {
  title: string;
  suggestions: Suggestion[];
}

export interface SearchBox {
  node: HTMLElement;
  focus: () => void;
}

let boxes = 0;

export function searchBox({ label, chosen, recent = [], unlisted, onPick }: Options): SearchBox {
  const id = `search-${boxes++}`;
  const folds = chosen !== undefined;
  let standing = chosen ?? "";
  let all: Careers | undefined;
  let group: number | undefined;
  let open = !folds;
  let active = -1;
  let shown: Suggestion[] = [];

  const field = made("input", {
    id, type: "text", className: "search-field", autocomplete: "off", autocapitalize: "none",
    spellcheck: false, maxLength: LONGEST, dir: "auto", placeholder: words.placeholder, value: standing,
  });
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", `${id}-list`);
  const within = made("button", { type: "button", className: "search-within" });
  const list = made("div", { id: `${id}-list`, className: "search-list", ariaLabel: words.list });
  list.setAttribute("role", "listbox");
  const status = made("p", { className: "search-status" });
  status.setAttribute("role", "status");
  const again = made("button", { type: "button", className: "search-again", textContent: strings.chat.retry, hidden: true });
  const title = made("label", { htmlFor: id, textContent: label });
  const node = made("div", { className: "search" });
  node.append(title, field, within, list, status, again);

  const load = async () => {
    again.hidden = true;
    status.textContent = words.loading;
    try {
      all = await careers();
      draw();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      status.textContent = unlisted;
      again.hidden = false;
    }
  };

  const pick = (career: Career) => {
    if (folds) {
      standing = career.title;
      close();
    }
    onPick(career);
  };
  const narrow = (place?: number) => {
    group = place;
    field.value = "";
    field.focus();
    draw();
  };
  const close = () => {
    open = false;
    group = undefined;
    field.value = standing;
    draw();
  };
  const unfold = () => {
    if (!all) void load();
    if (open) return;
    open = true;
    field.value = "";
    draw();
  };

  const suggested = (career: Career, by?: string): Suggestion => ({ title: career.title, by, take: () => pick(career) });

  const sections = ({ groups, careers }: Careers): Section[] => [
    {
      title: words.recent,
      suggestions: recent.flatMap((slug) => careers.filter((career) => career.slug === slug)).map((career) => suggested(career)),
    },
    { title: words.groups, suggestions: groups.map((name, place) => ({ title: capital(name), take: () => narrow(place) })) },
  ];

  const draw = () => {
    const isSearch = Boolean(field.value.trim()) || group !== undefined;
    const found = open && all && isSearch ? find(all, field.value, group) : [];
    const first = found.slice(0, MOST).map(({ career, by }) => suggested(career, by));
    const drawn = !open || !all ? [] : isSearch ? [{ title: "", suggestions: first }] : sections(all);
    shown = drawn.flatMap(({ suggestions }) => suggestions);
    active = field.value.trim() && shown.length ? 0 : -1;
    let place = 0;
    list.replaceChildren(...drawn.filter(({ suggestions }) => suggestions.length).flatMap(({ title, suggestions }) => {
      const options = suggestions.map((each) => option(each, place++));
      return title ? [titled(title, options)] : options;
    }));
    list.scrollTop = 0;
    list.hidden = !shown.length;
    within.hidden = group === undefined;
    if (group !== undefined) within.textContent = words.within(all?.groups[group] ?? "");
    field.setAttribute("aria-expanded", String(shown.length > 0));
    if (again.hidden && (all || !open)) {
      status.textContent = !open || !isSearch ? "" : first.length ? words.found(first.length, found.length - first.length) : words.none;
    }
    mark();
  };

  const option = ({ title, by, take }: Suggestion, place: number): HTMLElement => {
    const node = made("div", { id: `${id}-${place}`, className: "search-option" });
    node.setAttribute("role", "option");
    node.append(made("span", { textContent: title, dir: "auto" }));
    if (by) node.append(" ", made("span", { className: "search-by", textContent: words.also(by) }));
    node.addEventListener("click", take);
    return node;
  };

  const titled = (title: string, options: HTMLElement[]): HTMLElement => {
    const node = made("div", { className: "search-section", ariaLabel: title });
    node.setAttribute("role", "group");
    const head = made("div", { className: "search-title", textContent: title, ariaHidden: "true" });
    node.append(head, ...options);
    return node;
  };

  const mark = () => {
    const options = [...list.querySelectorAll<HTMLElement>("[role=option]")];
    options.forEach((each, place) => each.setAttribute("aria-selected", String(place === active)));
    const marked = options[active];
    marked?.scrollIntoView({ block: "nearest" });
    if (marked) field.setAttribute("aria-activedescendant", marked.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const move = (step: 1 | -1) => {
    if (!shown.length) return;
    active = active < 0 ? (step > 0 ? 0 : shown.length - 1) : (active + step + shown.length) % shown.length;
    mark();
  };

  const press = (event: KeyboardEvent) => {
    const { key } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      unfold();
      move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter") {
      shown[active]?.take();
    } else if (key === "Backspace" && !field.value && group !== undefined) {
      narrow();
    } else if (key === "Escape" && open && (folds || field.value || group !== undefined)) {
      if (folds) close();
      else narrow();
    } else return;
    event.preventDefault();
  };

  field.addEventListener("keydown", press);
  field.addEventListener("input", () => {
    open = true;
    draw();
  });
  if (folds) {
    field.addEventListener("focus", unfold);
    field.addEventListener("click", unfold);
    node.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && node.contains(relatedTarget))) close();
    });
  }
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps its focus
  within.addEventListener("click", () => narrow());
  again.addEventListener("click", () => {
    field.focus();
    void load();
  });
  draw();
  if (!folds) void load();
  return { node, focus: () => field.focus() };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const made = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] => Object.assign(document.createElement(tag), properties);
