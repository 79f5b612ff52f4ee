import { useRef, useState } from "react";
import { type Button, Failure, newId, type Reply, type Told } from "../server";
import { strings } from "../strings";
import type { Session } from "./session";

const words = strings.chat;

/** One bubble of the conversation. */
export interface Entry extends Reply {
  id: number;
  from: "student" | "guide";
  at: Date;
  vote?: "up" | "down";
}

/** What went wrong, in words, and how to try again where that helps. */
export interface Trouble {
  said: string;
  retry?: () => void;
}

/** The words that are back in the box after a message failed; the number makes each one new. */
export interface Draft {
  number: number;
  text: string;
}

const failures: Record<string, string> = words.failed;

export type Talk = ReturnType<typeof useTalk>;

/** The conversation and what can be done with it. */
export function useTalk(session: Session, guide: string) {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [busy, setBusy] = useState(false);
  const [announcement, setAnnouncement] = useState("");
  const [trouble, setTrouble] = useState<Trouble>();
  const [draft, setDraft] = useState<Draft>({ number: 0, text: "" });
  const number = useRef(0);
  const waiting = useRef(false);
  const talkNumber = useRef(0);

  // Cleared first, so that the same words twice are spoken twice.
  const say = (text: string) => {
    setAnnouncement("");
    setTimeout(() => setAnnouncement(text), 50);
  };
  const fail = (error: unknown, usual: keyof typeof words.failed, retry?: () => void) => {
    if (!(error instanceof Failure)) throw error;
    const known = error.code === "no_answer" ? usual : error.code;
    setTrouble({ said: failures[known] ?? words.failed[usual], retry });
  };
  const add = (from: Entry["from"], reply: Reply, at = new Date()): Entry => ({
    ...reply, id: number.current++, from, at,
  });

  const send = async (
    { title, payload }: Button, about = guide, id = newId(),
  ): Promise<void> => {
    if (waiting.current) return;
    const mine = add("student", { text: title });
    const current = talkNumber.current;
    waiting.current = true;
    setBusy(true);
    setTrouble(undefined);
    setEntries((before) => [...before, mine]);
    try {
      const replies = await session.ask(payload, about, id);
      if (current !== talkNumber.current) return;
      setEntries((before) => [...before, ...replies.map((reply) => add("guide", reply))]);
      say(replies.map((reply) => reply.text).join("\n"));
    } catch (error) {
      setEntries((before) => before.filter(({ id }) => id !== mine.id));
      const retry = () => {
        setDraft((before) => ({ number: before.number + 1, text: "" }));
        void send({ title, payload }, about, id);
      };
      if (title === payload) setDraft((before) => ({ number: before.number + 1, text: title }));
      fail(error, "no_answer", retry);
    } finally {
      waiting.current = false;
      setBusy(false);
    }
  };

  const leave = (said: string) => {
    talkNumber.current++;
    setEntries([]);
    setTrouble(undefined);
    say(said);
  };

  return {
    entries, busy, announcement, trouble, draft, say, send,
    show: (told: Told[]) =>
      setEntries(told.map((each) => add(each.from, each, new Date(each.at * 1000)))),
    startOver: () => {
      session.renew();
      leave(words.started);
    },
    forget: async () => {
      try {
        await session.forget();
        leave(words.forgotten);
      } catch (error) {
        fail(error, "unforgotten");
      }
    },
    vote: async (entry: Entry, verdict: "up" | "down") => {
      if (!entry.custom || entry.vote) return;
      try {
        await session.vote(entry.custom, verdict);
        setEntries((before) => before.map((each) => (each.id === entry.id ? { ...each, vote: verdict } : each)));
        say(words.voted);
      } catch (error) {
        fail(error, "unvoted");
      }
    },
  };
}
