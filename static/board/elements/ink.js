// Ink: colours are stored by name, so that each theme shows its own pair; custom ones are as they are.

/** @typedef {"light" | "dark"} Theme */

/** The same pairs as `--ink-*` in static/site/tokens.css: a worker has no stylesheet to read. */
const PALETTE = /** @type {const} */ ({
  black: { light: "#1c1b1a", dark: "#f2f1ee" },
  grey: { light: "#868e96", dark: "#a6adb4" },
  red: { light: "#e03131", dark: "#ff8787" },
  orange: { light: "#e8590c", dark: "#ffa94d" },
  yellow: { light: "#f2b705", dark: "#ffd43b" },
  green: { light: "#2f9e44", dark: "#69db7c" },
  teal: { light: "#0c8599", dark: "#3bc9db" },
  blue: { light: "#1971c2", dark: "#74c0fc" },
  violet: { light: "#6741d9", dark: "#b197fc" },
  pink: { light: "#c2255c", dark: "#faa2c1" },
  brown: { light: "#846358", dark: "#c8a99c" },
  white: { light: "#ffffff", dark: "#2b2b2f" },
});
const CANVAS = { light: "#fbfbf9", dark: "#161618" };
const MUTED = { light: "#6b6963", dark: "#a3a29d" };
const ACCENT = { light: "#3b5bdb", dark: "#8ea5ff" };
const CUSTOM = /^#[0-9a-f]{6}$/;

export const INK_NAMES = /** @type {readonly (keyof typeof PALETTE)[]} */ (Object.keys(PALETTE));

/** Colours of a newer version than ours are drawn in black rather than not at all (R15). @param {unknown} name @param {Theme} theme */
export function inkColor(name, theme) {
  if (typeof name !== "string") return PALETTE.black[theme];
  if (Object.hasOwn(PALETTE, name))
    return PALETTE[/** @type {keyof typeof PALETTE} */ (name)][theme];
  return CUSTOM.test(name) ? name : PALETTE.black[theme];
}

/** @param {Theme} theme */
export function canvasColor(theme) {
  return CANVAS[theme];
}

/** @param {Theme} theme */
export function mutedColor(theme) {
  return MUTED[theme];
}

/** @param {Theme} theme */
export function accentColor(theme) {
  return ACCENT[theme];
}

/** Black or white, whichever is easier to read on it. @param {string} color as #rrggbb */
export function textColorOn(color) {
  return luminance(color) > READABLE_MIDDLE ? "#000000" : "#ffffff";
}

/** Where black and white have the same contrast: (L + 0.05)² = 0.05 × 1.05. */
const READABLE_MIDDLE = Math.sqrt(0.05 * 1.05) - 0.05;

/** As WCAG defines it, 1 to 21. @param {string} a @param {string} b as #rrggbb */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (Number(high) + 0.05) / (Number(low) + 0.05);
}

/** As WCAG defines it. @param {string} color as #rrggbb */
export function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * Number(red) + 0.7152 * Number(green) + 0.0722 * Number(blue);
}
