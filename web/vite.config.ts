// Builds the pages into channels/page, where the assistant serves them from.
import { defineConfig } from "vite";
import { compressed } from "./compressed";
import { trimmedStyles } from "./trimmed-styles";

// Parts of the chat library that this page never shows: Markdown (our replies are plain text),
// attachments, code and tables. Each becomes nothing, which saves more than half of the script.
const UNUSED = /\/(MarkdownContent|AttachMenu|CodeModal|FileDetailsLabel|FileDropZone|SourcesCard|ToolCall|ToolResponse|DeepThinking|QuickStarts\/QuickStartTile|UserFeedback\/UserFeedback|UserFeedback\/UserFeedbackComplete|MessageInput|ErrorMessage\/ErrorMessage|MicrophoneButton|AttachButton)(\/[A-Za-z]+)?$/;
const CHATBOT = "/@patternfly/chatbot/";

export default defineConfig({
  plugins: [
    {
      name: "unused-parts",
      enforce: "pre",
      resolveId(source, importer) {
        if (!importer?.includes(CHATBOT)) return null;
        if (UNUSED.test(source)) return "\0nothing";
        return source.startsWith("highlight.js/") ? "\0no-style" : null;
      },
      load(id) {
        if (id === "\0nothing") {
          return "const Nothing = () => null; export default Nothing; export { Nothing as AttachButton, Nothing as MicrophoneButton };";
        }
        return id === "\0no-style" ? "export default {};" : null;
      },
    },
    trimmedStyles(),
    compressed(),
  ],
  publicDir: false,
  build: {
    outDir: "../channels/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: ["chat.html", "embed.html", "sample.html"] },
  },
});
