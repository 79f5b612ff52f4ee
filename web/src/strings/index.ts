import * as en from "./en";

export type Strings = typeof en;

const TABLES: Record<string, Strings> = { en };

/** The words in the language that the page asks for, else in English. */
export const strings: Strings = TABLES[document.documentElement.lang.slice(0, 2)] ?? en;
