// Names each built file by the hash of what is served, once nothing changes it any more: browsers
// keep a file for a year by its name.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const LETTERS = 10; // of the hash, in hexadecimal
const HASH = /-[\w-]{8}(?=\.\w+$)/; // as the bundler put it

export function namedByContent(): Plugin {
  return {
    name: "named-by-content",
    writeBundle({ dir }) {
      const assets = join(dir!, "assets");
      const names = readdirSync(assets);
      const settled = new Map<string, string>(); // the new name by the old one

      const rewrite = (path: string): void => {
        const body = readFileSync(path, "utf-8");
        const loaded = names.filter((name) => !path.endsWith(name) && body.includes(name));
        writeFileSync(path, loaded.reduce((text, name) => text.replaceAll(name, settle(name)), body));
      };
      // What a file loads is named first, as that name is a part of its content.
      const settle = (name: string): string => {
        const known = settled.get(name);
        if (known) return known;
        const path = join(assets, name);
        rewrite(path);
        const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, LETTERS);
        const named = name.replace(HASH, `-${hash}`);
        settled.set(name, named);
        renameSync(path, join(assets, named));
        return named;
      };

      names.forEach(settle);
      for (const page of readdirSync(dir!).filter((name) => name.endsWith(".html"))) rewrite(join(dir!, page));
    },
  };
}
