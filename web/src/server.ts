// Talks to the assistant's web channel. Paths are relative to our own origin.

export interface Button {
  title: string;
  payload: string;
}

export interface Source {
  publisher: string;
  title: string;
  kind: string;
  url?: string;
}

/** A picture of a reply; its shapes are in answers/reply.schema.json. */
export interface Card {
  type: string;
  title?: string;
  /** The language of its words, and of the first part of the text beside it, where it is not the page's. */
  lang?: string;
  [key: string]: unknown;
}

export interface Custom {
  kind: string;
  topic: string;
  guide: string | null;
  sources: Source[];
  card?: Card;
}

export interface Reply {
  text: string;
  buttons?: Button[];
  custom?: Custom;
}

export interface Told extends Reply {
  from: "student" | "guide";
  at: number; // seconds
}

export interface About {
  school: string;
  logo?: string | null; // its address
  colour?: string | null; // the school's accent, where a page chooses none
  person: { name: string; contact: string };
  keep_days: number;
  collects_questions?: boolean; // whether the school reads what found no answer
  guide: string; // empty where the one that was asked for is unknown
  unknown_guide?: string | null; // its name
  topic?: Button | null; // the one that was asked for
  unknown_topic?: string | null; // its name
  guides: { slug: string; title: string }[];
  questions: Button[];
  menu: { group: string; topics: Button[] }[];
  /** The school's lines of help, as a card. */
  help?: Card;
}

export interface Career {
  slug: string;
  title: string;
  names: string[]; // what else it is called, in small letters
  groups: number[]; // places in the list of groups
}

/** Every career, those of most workers first. */
export interface Careers {
  groups: string[];
  careers: Career[];
}

/** The name of the page's school, as the server knows it; empty for the one of school.yml. */
export const school = document.documentElement.dataset.school ?? "";

const ROUTES = "/webhooks/web/";
const SECONDS = 30; // above the server's own limit of a turn

/** The server refused, with its code; or it did not answer, with none. */
export class Failure extends Error {
  constructor(readonly code: string, readonly status: number) {
    super(code);
  }
}

async function call<T>(path: string, options: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(SECONDS * 1000) });
  } catch {
    throw new Failure("no_answer", 0);
  }
  const data = await response.json().catch(() => null);
  if (response.ok && data) return data as T;
  throw new Failure(data?.error?.code ?? "no_answer", response.status);
}

// A proxy sends one session to one replica by the header: it cannot read the body.
const post = <T>(path: string, body: { sender?: string; [key: string]: unknown }): Promise<T> =>
  call<T>(ROUTES + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Guidepost-Session": body.sender ?? "" },
    body: JSON.stringify(body),
  });

/** What a page shows first. Where the guide is unknown, nothing of another stands in for it. */
export async function about(guide: string, topic = ""): Promise<About> {
  const asked = new URLSearchParams({ guide, ...(topic && { topic }), ...(school && { school }) });
  const told = await call<About>(`${ROUTES}about?${asked}`, {});
  return told.unknown_guide ? { ...told, guide: "", questions: [], menu: [] } : told;
}

let listed: Promise<Careers> | undefined;

/** All careers, asked for once; after a failure they are asked for again. */
export const careers = (): Promise<Careers> =>
  (listed ??= call<Careers>("/careers.json", {}).catch((error) => {
    listed = undefined;
    throw error;
  }));

/** A session of the page's school; of the usual one, where that is gone while the page is open. */
export async function newSession(): Promise<string> {
  const begin = async (of: object) => (await post<{ sender: string }>("session", { ...of })).sender;
  return begin(school ? { school } : {}).catch((error) => {
    if (!(error instanceof Failure && error.code === "no_school")) throw error;
    return begin({});
  });
}

/** Ask; the same `id` again gets the same answer, and never asks twice. */
export const ask = (
  sender: string, message: string, guide: string, id: string,
): Promise<Reply[]> => post("webhook", { sender, message, guide: guide || undefined, id });

/** An id for a message; not randomUUID, which pages served by plain http do not have. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0")).join("");

export const history = (sender: string): Promise<Told[]> => post("history", { sender });

export const forget = (sender: string): Promise<object> => post("forget", { sender });

export const vote = (sender: string, custom: Custom, verdict: "up" | "down"): Promise<object> =>
  post("feedback", { sender, guide: custom.guide, topic: custom.topic, verdict });

/** A code by which a conversation goes on at another device; an earlier one is no more. */
export const makeCode = async (sender: string): Promise<string> =>
  (await post<{ code: string }>("code", { sender })).code;

/** A new sender of the conversation that a code leads to, which it does once. */
export const useCode = async (code: string): Promise<string> =>
  (await post<{ sender: string }>("return", { code, ...(school && { school }) })).sender;
