// Leaves of the library's styles what the pages use: no fonts, no background pictures, no rule
// without a class in the scripts.
import { PurgeCSS } from "purgecss";
import type { Plugin } from "vite";

// Names that the library puts together while it runs.
const KEPT = [/^pf-chatbot--/, /^pf-chatbot__(?:message|jump)--/, /pf-v6-theme/, /^pf-m-(?:user|bot|wrap)/];

export function trimmedStyles(): Plugin[] {
  return [
    {
      name: "without-files",
      enforce: "pre",
      transform(code, id) {
        if (!id.endsWith(".css")) return null;
        return code.replace(/@font-face\s*\{[^}]*\}/g, "").replace(/url\([^)]*-Bkg-[^)]*\)/g, "none");
      },
    },
    {
      name: "trimmed-styles",
      enforce: "post",
      async generateBundle(_, bundle) {
        const files = Object.values(bundle);
        const content = files.flatMap((file) => (file.type === "chunk" ? [{ raw: file.code, extension: "js" }] : []));
        for (const file of files) {
          if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
          const [trimmed] = await new PurgeCSS().purge({
            content,
            css: [{ raw: String(file.source) }],
            safelist: { greedy: KEPT, standard: ["html", "body", "dialog"] },
            variables: true,
            fontFace: true,
            keyframes: true,
          });
          file.source = trimmed?.css ?? file.source;
        }
      },
    },
  ];
}
