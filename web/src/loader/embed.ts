// The launcher that another site includes with one line. It makes a button, and a frame of our own
// page on first opening. Both sides check where each message comes from and name where it goes.
import { COLOURS, colourNamed } from "../colours";
import { loader as words } from "../strings/en";

const LOADED_PATIENCE = 5000; // ms from "loaded" to "ready": beyond it the frame was refused
const PATIENCE = 20000; // ms until a server that says nothing is taken for away
const LONGEST_STATE = 4000; // characters

const styles = (light: string, dark: string, side: string): string => `
:host{--a:${light};--o:#fff;--s:#fff;--i:#17212c}
@media(prefers-color-scheme:dark){:host{--a:${dark};--o:#0d1822;--s:#1a222b;--i:#e9eef3}}
.l,.p{position:fixed;z-index:2147483000;${side}:1rem;bottom:max(1rem,env(safe-area-inset-bottom));box-sizing:border-box;font:600 1rem/1.2 system-ui,sans-serif;box-shadow:0 3px 20px #0005}
.l{min-height:3rem;padding:.9rem 1.25rem;border:1px solid var(--o);border-radius:2rem;background:var(--a);color:var(--o);cursor:pointer;text-decoration:none}
.l:focus-visible{outline:3px solid var(--a);outline-offset:3px}
.p{bottom:5rem;width:25rem;max-width:calc(100% - 2rem);height:40rem;max-height:calc(100% - 6rem);border:1px solid #75828f;border-radius:1rem;overflow:hidden;background:var(--s);color:var(--i)}
.p[hidden]{display:none}
p{position:absolute;width:100%;top:45%;margin:0;text-align:center}
iframe{position:relative;width:100%;height:100%;border:0}
@media(max-width:480px){.p{inset:0;max-width:none;max-height:none;width:100%;height:100dvh;border:0;border-radius:0}[aria-expanded=true]{visibility:hidden}}`;

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

function launch(script: HTMLScriptElement): void {
  const { origin } = new URL(script.src);
  const id = "guidepost-launcher";
  if (document.getElementById(id)) return;
  const { guide, topic, colour, position, label = words.label } = script.dataset;

  const address = (embed?: string): string => {
    const url = new URL("/chat", origin);
    const choices = { guide, topic, colour, embed };
    for (const [key, value] of Object.entries(choices)) if (value) url.searchParams.set(key, value);
    return url.href;
  };

  const host = element("div", { id });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  const { light, dark } = COLOURS[colourNamed(colour)];
  sheet.replaceSync(styles(light, dark, position === "left" ? "left" : "right"));
  root.adoptedStyleSheets = [sheet];

  const button = element("button", { type: "button", className: "l", textContent: label });
  const panel = element("div", { id: "panel", className: "p", hidden: true });
  button.setAttribute("aria-controls", panel.id);
  button.setAttribute("aria-expanded", "false");
  root.append(button, panel);
  document.body.append(host);

  const key = `guidepost:${origin}`;
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

  // Framing was refused, by this site or by ours, or nobody answers: a link is left.
  const giveUp = () => {
    if (ready || !panel.isConnected) return;
    panel.remove();
    const link = element("a", { className: "l", href: address(), target: "_blank", rel: "noopener", textContent: words.instead });
    button.replaceWith(link);
    link.focus();
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

  window.addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || !frame || source !== frame.contentWindow) return;
    if (data?.guidepost === "ready") {
      ready = true;
      if (!panel.hidden) tellOpen();
    } else if (data?.guidepost === "close") {
      show(false);
    } else if (data?.guidepost === "keep" && `${data.state}`.length <= LONGEST_STATE) {
      keep(`${data.state}`);
    }
  });
  button.addEventListener("click", () => show(Boolean(panel.hidden)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) show(false);
  });
}

const script = document.currentScript as HTMLScriptElement;
if (document.body) launch(script);
else document.addEventListener("DOMContentLoaded", () => launch(script));
