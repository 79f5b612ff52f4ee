// The accents that a site may choose: white text on `light`, dark text on `dark`, each at 4.5:1.
export const COLOURS = {
  blue: { light: "#0b5a8a", dark: "#8fcbf2" },
  green: { light: "#1b6b3a", dark: "#8fd8a8" },
  teal: { light: "#0b6464", dark: "#7fd6d6" },
  purple: { light: "#5b3a9e", dark: "#c6b2f5" },
  red: { light: "#9b2335", dark: "#f5abb5" },
  slate: { light: "#3c4a5a", dark: "#b9c6d4" },
} as const;

export type Colour = keyof typeof COLOURS;

/** Give the page an accent. */
export function tint(name: string | null | undefined): void {
  const { style } = document.documentElement;
  const { light, dark } = COLOURS[colourNamed(name)];
  style.setProperty("--accent-light", light);
  style.setProperty("--accent-dark", dark);
}

export const colourNamed = (name: string | null | undefined): Colour => {
  const known = name?.trim().toLowerCase() ?? "";
  return Object.hasOwn(COLOURS, known) ? (known as Colour) : "blue";
};
