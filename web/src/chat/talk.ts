import { useRef, useState } from "react";
import { type Button, newId, type Reply, type Told } from "../server";
import { strings } from "../strings";
import { type Usual, wordsFor } from "./failing";
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

/** The guide that was last spoken of. */
export const careerOf = (replies: Reply[]): string =>
  replies.findLast(({ custom }) => custom?.guide)?.custom?.guide ?? "";

export type Talk = ReturnType<typeof useTalk>;

/**
 * The conversation, the words in the box, and what can be done with both.
 *
 * `onCareer` is told the guide of each answer that has one.
 */
export function useTalk(session: Session, guide: string, typed: string, onCareer: (guide: string) => void) {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [busy, setBusy] = useState(false);
  const [announcement, setAnnouncement] = useState("");
  const [trouble, setTrouble] = useState<Trouble>();
  const [draft, showDraft] = useState(typed);
  const box = useRef(typed);
  const number = useRef(0);
  const waiting = useRef(false);
  const talkNumber = useRef(0);

  const setDraft = (text: string) => {
    box.current = text;
    showDraft(text);
  };
  // Cleared first, so that the same words twice are spoken twice.
  const say = (text: string) => {
    setAnnouncement("");
    setTimeout(() => setAnnouncement(text), 50);
  };
  const fail = (error: unknown, usual: Usual, retry?: () => void) => {
    setTrouble({ said: wordsFor(error, usual), retry });
  };
  const add = (from: Entry["from"], reply: Reply, at = new Date()): Entry => ({
    ...reply, id: number.current++, from, at,
  });

  const addTold = (told: Told): Entry => add(told.from, told, new Date(told.at * 1000));

  const send = async (
    { title, payload }: Button, about = guide, id = newId(),
  ): Promise<void> => {
    if (waiting.current) return;
    const mine = add("student", { text: title });
    const current = talkNumber.current;
    waiting.current = true;
    if (box.current.trim() === title) setDraft("");
    setBusy(true);
    setTrouble(undefined);
    setEntries((before) => [...before, mine]);
    try {
      const replies = await session.ask(payload, about, id);
      if (current !== talkNumber.current) return;
      setEntries((before) => [...before, ...replies.map((reply) => add("guide", reply))]);
      say(replies.map((reply) => reply.text).join("\n"));
      const career = careerOf(replies);
      if (career) onCareer(career);
    } catch (error) {
      if (current !== talkNumber.current) return;
      setEntries((before) => before.filter(({ id }) => id !== mine.id));
      const back = title === payload && !box.current.trim();
      if (back) setDraft(title);
      fail(error, back ? "no_answer" : "no_answer_to_tap", () => void send({ title, payload }, about, id));
    } finally {
      waiting.current = false;
      setBusy(false);
    }
  };

  const leave = (said: string, told: Told[] = []) => {
    talkNumber.current++;
    setEntries(told.map(addTold));
    setTrouble(undefined);
    say(said);
  };

  return {
    entries, busy, announcement, trouble, draft, setDraft, say, send,
    /** Put what was said before in front of what was typed since. */
    show: (told: Told[]) => {
      const before = told.map(addTold);
      setEntries((since) => [...before, ...since]);
    },
    /** Say something of the page's own, unless an answer is on its way. */
    tell: (reply: Reply) => {
      if (!waiting.current) setEntries((before) => [...before, add("guide", reply)]);
    },
    startOver: () => {
      session.leave();
      leave(words.started);
    },
    /** Go on with the chat that a code leads to; what was said there. */
    comeBack: async (code: string): Promise<Told[]> => {
      const told = await session.comeBack(code);
      leave(words.back.done, told);
      return told;
    },
    forget: async (said: string) => {
      try {
        await session.forget();
        leave(said);
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
