// Which careers a student may mean who types a part of a name.
import type { Career, Careers } from "../server";

export interface Found {
  career: Career;
  /** The other name by which it was found. */
  by?: string;
}

/** Small letters, no accents, one space between words: "R.N." is "rn". */
const plain = (text: string): string =>
  text.normalize("NFKD").replace(/[\p{M}.'’]/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+#&]+/gu, " ").trim();

const singular = (text: string): string => (/..[^s]s$/.test(text) ? text.slice(0, -1) : text);

/** Whether each word that was typed begins a word of the name. */
const begins = (name: string, asked: string): boolean =>
  asked.split(" ").every((word) => ` ${name}`.includes(` ${word}`));

function ranked(career: Career, asked: string): [number, string?] | undefined {
  const title = plain(career.title);
  if (title === asked) return [0];
  const whole = career.names.find((name) => plain(name) === asked);
  if (whole) return begins(title, asked) ? [0] : [0, whole];
  if (title.startsWith(asked)) return [1];
  if (begins(title, asked)) return [2];
  const other = career.names.find((name) => begins(plain(name), asked));
  return other ? [3, other] : undefined;
}

/**
 * The careers that go by what was typed, of one group where one is given. First come those with just
 * that name, then titles that begin so, titles with words that do, other names; within each, those
 * of most workers first.
 */
export function find({ careers }: Careers, typed: string, group?: number): Found[] {
  const among = group === undefined ? careers : careers.filter(({ groups }) => groups.includes(group));
  const asked = plain(typed);
  if (!asked) return among.map((career) => ({ career }));
  const found = among.flatMap((career) => {
    const [one, other] = [ranked(career, asked), ranked(career, singular(asked))];
    const best = one && other ? (one[0] <= other[0] ? one : other) : (one ?? other);
    return best ? [{ career, place: best[0], by: best[1] }] : [];
  });
  return found.sort((one, other) => one.place - other.place);
}
