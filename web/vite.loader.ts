// Builds the loader: one classic script that other sites include.
import { defineConfig } from "vite";
import { compressed } from "./compressed";

export default defineConfig({
  plugins: [compressed()],
  publicDir: false,
  build: {
    outDir: "../channels/page",
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/loader/embed.ts", formats: ["iife"], name: "guidepost", fileName: () => "embed.js" },
  },
});
