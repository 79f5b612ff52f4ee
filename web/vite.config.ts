// Builds the pages into channels/page, where the assistant serves them from.
import { defineConfig } from "vite";
import { compressed } from "./compressed";
import { namedByContent } from "./named-by-content";

export default defineConfig({
  plugins: [namedByContent(), compressed()],
  publicDir: false,
  build: {
    outDir: "../channels/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: ["chat.html", "desk.html", "embed.html", "guide.html", "sample.html", "unknown.html"],
    },
  },
});
