// What went wrong, in words.
import { Failure } from "../server";
import { strings } from "../strings";

const words: Record<string, string> = strings.chat.failed;
export type Usual = keyof typeof strings.chat.failed;

/** The words for a failure: those of its code, else the usual ones. What is none is thrown on. */
export function wordsFor(error: unknown, usual: Usual): string {
  if (!(error instanceof Failure)) throw error;
  const known = error.code === "no_answer" ? usual : error.code;
  return words[known] ?? words[usual]!;
}
