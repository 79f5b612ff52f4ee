/** Keep the page in the part of the screen that a keyboard leaves, which not every browser does. */
export function followKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const { style } = document.documentElement;
  const fit = () => {
    const zoomed = seen.scale > 1.01; // by two fingers: then the page stays as it is
    style.setProperty("--height", zoomed ? "100dvh" : `${seen.height}px`);
    style.setProperty("--top", zoomed ? "0px" : `${seen.offsetTop}px`);
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  fit();
}
