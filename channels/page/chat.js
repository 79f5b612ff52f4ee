// Talks to the web channel and draws its replies with DOM nodes and text only.
"use strict";
const [log, form, draft, typing, alertLine] = ["log", "form", "draft", "typing", "alert"]
  .map((id) => document.getElementById(id));
const KEY = "guidepost-sender";
let busy = false, sender = "";
try { sender = sessionStorage.getItem(KEY) || ""; } catch { /* no storage: kept in memory */ }

function el(tag, props, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}
const part = (tag, text) => (text ? el(tag, {}, text) : null);
const hidden = (text) => el("span", { className: "hidden" }, text);
const lead = (item, text) =>
  el(item.marked ? "strong" : "span", {}, item.marked ? hidden("Highlighted: ") : null, text);
// The role is for Safari, which forgets lists drawn without bullets.
const list = (tag, className, items, draw) => el(tag, { className, role: "list" },
  ...items.map((item) => el("li", { className: item.marked ? "marked" : "" }, ...draw(item))));
const facts = (pairs) => el("dl", {}, ...pairs.filter(([, value]) => value ?? false)
  .map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value))));
const link = ({ text, url }) => (/^https:\/\//i.test(url || "") ? el("a",
  { href: url, target: "_blank", rel: "noopener noreferrer" }, `${text} (new tab)`) : text);
const groups = (card, tag, heading, draw) => el("div", { className: "groups" },
  ...card.groups.map((group) => el(tag, {}, part(heading, group.label), draw(group.items))));

const CARDS = { __proto__: null,
  timeline: (card) => [list("ol", "timeline", card.entries, (entry) => [
    el("time", { dateTime: entry.time }, entry.label), lead(entry, entry.text)])],
  bars: (card) => [list("ul", "bars", card.bars, (bar) => [el("label", {}, lead(bar, bar.label),
    el("span", {}, bar.value), el("meter", { max: card.max || 100, value: bar.value }))])],
  routes: (card) => [list("ul", "routes", card.routes, (route) => [
    el("h3", {}, lead(route, route.name)),
    facts([["Share", Number.isFinite(route.share) ? `${route.share}%` : null],
      ["Length", route.length], ["Cost", route.cost]]),
    part("p", route.note)])],
  steps: (card) => [list("ol", "steps", card.steps, (step) => [
    lead(step, step.label), part("p", step.detail)])],
  checklist: (card) => [groups(card, "fieldset", "legend", (items) => el("div", {},
    ...items.map((item) => el("label", {}, el("input", { type: "checkbox" }), item))))],
  list: (card) => [groups(card, "div", "h3", (items) => list("ul", "", items, (item) => [
    lead(item, link(item)), part("p", item.detail)]))],
  facts: (card) => [facts(card.facts.map((fact) => [fact.label, fact.value])),
    part("p", card.caveat)],
};

function drawCard(card) {
  try { // a card of an unknown type or shape throws: the text alone says it
    return el("section", { className: "card" }, part("h2", card.title), ...CARDS[card.type](card));
  } catch { return null; }
}
function drawReply(reply) {
  const buttons = (reply.buttons || []).map(({ title, payload }) =>
    el("button", { type: "button", onclick: () => send(payload, title) }, title));
  return log.appendChild(el("div", { className: "guide" }, hidden("Guidepost: "),
    part("p", reply.text), drawCard(reply.custom?.card),
    buttons.length ? el("div", { className: "buttons" }, ...buttons) : null));
}

async function post(path, body) {
  const response = await fetch(`/webhooks/web/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body), signal: AbortSignal.timeout?.(30000),
  });
  const data = await response.json().catch(() => null);
  if (response.ok && data) return data;
  throw Object.assign(new Error(), { status: response.status, told: data?.error?.message });
}

async function talk(message, mayRenew = true) {
  if (!sender) {
    sender = (await post("session", {})).sender || "";
    try { sessionStorage.setItem(KEY, sender); } catch { /* no storage: kept in memory */ }
  }
  return post("webhook", { sender, message }).catch((error) => {
    if (error.status !== 401 || !mayRenew) throw error;
    sender = "";
    return talk(message, false);
  });
}

async function send(message, shown) {
  if (busy) return true; // the line "is writing" says why
  busy = true;
  alertLine.textContent = "";
  typing.textContent = "Guidepost is writing…";
  const mine = shown && log.appendChild(
    el("div", { className: "student" }, hidden("You: "), el("p", {}, shown)));
  typing.scrollIntoView({ block: "nearest" });
  try {
    (await talk(message)).forEach(drawReply);
    if (mine) mine.scrollIntoView({ block: "start" });
    return true;
  } catch (error) {
    if (mine) mine.remove();
    alertLine.textContent = `No answer came. ${error.told || "Please try again in a moment."}`;
    return false;
  } finally {
    typing.textContent = "";
    busy = false;
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  draft.focus();
  const text = draft.value.trim();
  if (!text || busy) return;
  draft.value = "";
  if (!(await send(text, text))) draft.value = `${text} ${draft.value}`.trim();
});

const topic = new URLSearchParams(location.search).get("topic") || "";
send(/^[a-z_]{1,40}$/.test(topic) ? `/ask_${topic}` : "hello");
