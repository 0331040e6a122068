// Colours as a canvas takes them, for formats that want their parts. Pure.

/** @typedef {{red: number, green: number, blue: number, alpha: number}} Parts from 0 to 255, alpha from 0 to 1 */

const BLACK = { red: 0, green: 0, blue: 0, alpha: 1 };
const NAMES = new Map([
  ["black", BLACK],
  ["white", { red: 255, green: 255, blue: 255, alpha: 1 }],
  ["transparent", { ...BLACK, alpha: 0 }],
]);
const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const RGB = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/;

/** What it doesn't know is black. @param {string} color @returns {Parts} */
export function partsOf(color) {
  const hex = HEX.exec(color)?.[1];
  if (hex) return fromHex(hex.length < 6 ? hex.replace(/./g, "$&$&") : hex);
  const [, red, green, blue, alpha = "1", percent] = RGB.exec(color) ?? [];
  if (red === undefined) return NAMES.get(color) ?? BLACK;
  const part = (/** @type {string | undefined} */ text) => Math.min(255, Math.round(Number(text)));
  const seen = Math.min(1, Number(alpha) / (percent ? 100 : 1));
  return { red: part(red), green: part(green), blue: part(blue), alpha: seen };
}

/** @param {string} hex */
function fromHex(hex) {
  const at = (/** @type {number} */ i) => Number.parseInt(hex.slice(i, i + 2), 16);
  return { red: at(0), green: at(2), blue: at(4), alpha: hex.length === 8 ? at(6) / 255 : 1 };
}

/** @param {Parts} parts */
export function hexOf({ red, green, blue }) {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
