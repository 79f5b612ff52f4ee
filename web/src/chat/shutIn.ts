// Where a site shuts this page in a frame without an origin (a sandbox), it may neither ask the
// server nor keep anything: then a link to the chat in a tab of its own stands for it.
import { strings } from "../strings";

const words = strings.chat.shutIn;

export const isShutIn = (): boolean => self.origin === "null";

/** The link, and its address in words: some sandboxes let no link open a tab. */
export function linkInstead(): HTMLElement {
  const address = new URL(location.href);
  address.searchParams.delete("embed");
  const link = Object.assign(document.createElement("a"), {
    href: address.href, target: "_blank", rel: "noopener", textContent: words.open,
  });
  const box = document.createElement("main");
  box.className = "shut-in";
  const paragraphs = [link, words.otherwise, address.href].map((said) => {
    const paragraph = document.createElement("p");
    paragraph.append(said);
    return paragraph;
  });
  box.append(...paragraphs);
  return box;
}
