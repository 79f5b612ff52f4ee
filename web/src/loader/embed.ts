// The launcher that another site includes with one line. It makes a button, and a frame of our own
// page on first opening. Both sides check where each message comes from and name where it goes.
import { COLOURS, colourNamed } from "../colours";
import { loader as words } from "../strings/en";

const ID = "guidepost-launcher";
const LOADED_PATIENCE = 1500; // ms from "loaded" to "ready", which our page says before it has loaded
const PATIENCE = 20000; // ms until a server that says nothing is taken for away
const LONGEST_STATE = 4000; // characters

/** The launcher's element, with what it was made of: another run of the line compares. */
type Host = HTMLElement & { guidepost?: { script: HTMLScriptElement; choices: string } };

// Nothing that a site's own styles say of a div may hide or move ours, hence the first line.
const styles = (light: string, dark: string, side: string): string => `
:host{all:initial!important;--a:${light};--o:#fff;--s:#fff;--i:#17212c}
@media(prefers-color-scheme:dark){:host{--a:${dark};--o:#0d1822;--s:#1a222b;--i:#e9eef3}}
.l,.p{position:fixed;z-index:2147483000;${side}:1rem;bottom:max(1rem,env(safe-area-inset-bottom));box-sizing:border-box;font:600 1rem/1.2 system-ui,sans-serif;box-shadow:0 3px 20px #0005}
.l{z-index:2147483001;max-width:calc(100% - 2rem);min-height:3rem;padding:.9rem 1.25rem;border:1px solid var(--o);border-radius:2rem;background:var(--a);color:var(--o);cursor:pointer;text-decoration:none}
.l:focus-visible{outline:3px solid var(--a);outline-offset:3px}
.p{bottom:5rem;width:25rem;max-width:calc(100% - 2rem);height:40rem;max-height:calc(100% - 6rem);border:1px solid #75828f;border-radius:1rem;overflow:hidden;background:var(--s);color:var(--i)}
.p[hidden]{display:none}
p{position:absolute;width:100%;top:45%;margin:0;text-align:center}
iframe{visibility:hidden;position:relative;width:100%;height:100%;border:0}
.r+.p iframe{visibility:visible}
@media(max-width:480px),(max-height:540px){.p{${side}:0;top:0;bottom:0;height:100dvh;max-height:none;border-radius:0}.r[aria-expanded=true]{visibility:hidden}}
@media(max-width:480px){.p{width:100%;max-width:none;border:0}}
@media print{.l,.p{display:none}}`;

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

function launch(script: HTMLScriptElement): void {
  const { origin, searchParams } = new URL(script.src);
  // Some tag managers drop attributes; what stands in the script's own address is left.
  const given: Record<string, string | undefined> = { ...Object.fromEntries(searchParams), ...script.dataset };
  const { school, guide = given.career, topic, colour = given.color, position, label } = given;
  const choices = JSON.stringify([origin, school, guide, topic, colour, position, label]);
  if (isThere(script, choices)) return;

  const address = (embed?: string): string => {
    const url = new URL("/chat", origin);
    for (const [key, value] of Object.entries({ school, guide, topic, colour, embed })) if (value) url.searchParams.set(key, value);
    return url.href;
  };

  const host: Host = element("div", { id: ID });
  host.guidepost = { script, choices };
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  const { light, dark } = COLOURS[colourNamed(colour)];
  sheet.replaceSync(styles(light, dark, position === "left" ? "left" : "right"));
  root.adoptedStyleSheets = [sheet];

  const button = element("button", { type: "button", className: "l", textContent: label || words.label });
  const panel = element("div", { id: "panel", className: "p", hidden: true });
  button.setAttribute("aria-controls", panel.id);
  button.setAttribute("aria-expanded", "false");
  root.append(button, panel);
  // A line in the body comes and goes with it; any other outlives a body that is replaced.
  (document.body.contains(script) ? document.body : document.documentElement).append(host);

  const key = `guidepost:${origin}${school ? `/${school}` : ""}`; // no school goes on with another's chat
  let kept: string | null = null; // where the site's own storage is closed
  let frame: HTMLIFrameElement | undefined;
  let ready = false;

  const keep = (state: string) => {
    kept = state;
    try {
      sessionStorage.setItem(key, state);
    } catch {
      // closed: kept in memory
    }
  };
  const tellOpen = () => {
    let state = kept;
    try {
      state = sessionStorage.getItem(key);
    } catch {
      // closed: kept in memory
    }
    frame!.focus();
    frame!.contentWindow!.postMessage({ guidepost: "open", state }, origin);
  };

  const show = (open: boolean) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (!open) return button.focus();
    if (!frame) load();
    else if (ready) tellOpen();
  };

  const becomeLink = (): HTMLElement => {
    const link = element("a", { className: "l", href: address(), target: "_blank", rel: "noopener", textContent: words.instead });
    panel.remove();
    button.replaceWith(link);
    return link;
  };
  // Framing was refused, by this site or by ours, or nobody answers: a link is left.
  const giveUp = () => {
    if (!ready && panel.isConnected) becomeLink().focus();
  };

  const load = () => {
    document.addEventListener("securitypolicyviolation", (event) => {
      if (event.blockedURI.startsWith(origin) && /frame|child|default/.test(event.effectiveDirective)) giveUp();
    });
    frame = element("iframe", { title: words.title, referrerPolicy: "strict-origin", allow: "clipboard-write; microphone", src: address("launcher") });
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox");
    frame.addEventListener("load", () => setTimeout(giveUp, LOADED_PATIENCE));
    setTimeout(giveUp, PATIENCE);
    const opening = element("p", { textContent: words.opening });
    opening.setAttribute("role", "status");
    panel.append(opening, frame);
  };

  // A page without an origin, as a sandbox makes it, is on nobody's list.
  if (self.origin === "null") return void becomeLink();

  window.addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || !frame || source !== frame.contentWindow) return;
    if (data?.guidepost === "ready") {
      ready = true;
      button.classList.add("r");
      if (!panel.hidden) tellOpen();
    } else if (data?.guidepost === "close") {
      show(false);
    } else if (data?.guidepost === "keep" && `${data.state}`.length <= LONGEST_STATE) {
      keep(`${data.state}`);
    }
  });
  button.addEventListener("click", () => show(Boolean(panel.hidden)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && panel.isConnected) show(false);
  });
}

/** Whether a launcher stays: the same, or that of another line of this page. Others are removed. */
function isThere(script: HTMLScriptElement, choices: string): boolean {
  const other: Host | null = document.getElementById(ID);
  const made = other?.guidepost; // a copy that a site made of its page has none
  if (made && (made.choices === choices || (made.script !== script && made.script.isConnected))) return true;
  other?.remove();
  return false;
}

/** The script that this is: modules are not told, and some tools run a copy without attributes. */
function ownScript(): HTMLScriptElement | undefined {
  const current = document.currentScript as HTMLScriptElement | null;
  const src = current?.src || /https?:[^\s)]+\/embed\.js[^\s):]*/.exec(new Error().stack ?? "")?.[0];
  if (!src) return;
  const same = [...document.scripts].filter((script) => script.src === src);
  const chose = (script: HTMLScriptElement) => Object.keys(script.dataset).length > 0;
  if (current?.src && chose(current)) return current;
  return same.findLast(chose) ?? same.at(-1) ?? (current?.src ? current : element("script", { src }));
}

const script = ownScript();
if (!script) console.error(words.lost);
else if (document.body) launch(script);
else document.addEventListener("DOMContentLoaded", () => launch(script));
