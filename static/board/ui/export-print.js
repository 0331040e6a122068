// Printing: pages of the board take the place of the page around it, as long as the browser prints.

import { t } from "../core/translate.js";
import { pagesOf } from "../exchange/page-writing.js";
import { writeSvg } from "../exchange/svg-making.js";
import { byId, make } from "./dom.js";
import { sheetOf } from "./export-choices.js";
import { say } from "./say.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("../exchange/format.js").Wanted} Wanted */

/** Frames in a row, at most, and pixels that are looked at. */
const LOOKS_ALIKE = 6;
const LOOKS_MAX = 60;
const LOOK_SIDE = 256;
/** What is wanted of paper, whatever is on the screen. */
const ON_PAPER = /** @type {const} */ ({ scale: 1, transparent: true, theme: "light" });

/** The page in sight. @param {import("../editor.js").Editor} editor @param {import("./config.js").Config} config */
export async function printPage(editor, config) {
  const title = byId("title", HTMLInputElement).value || config.title;
  const { assets } = config;
  const common = { editor, title, assets, keys: null, bounds: null, ...ON_PAPER };
  try {
    await print([{ ...common, pages: [sheetOf(editor).page] }]);
  } catch {
    say(t("This couldn't be printed. Try again, or export a PDF and print that."));
  }
}

/** @param {readonly Wanted[]} pages each of one page */
export async function print(pages) {
  await styles("export-styles");
  const sheet = new CSSStyleSheet();
  const area = make("div", { id: "print", "aria-hidden": "true" });
  /** @type {string[]} */
  const addresses = [];
  for (const [i, wanted] of pages.entries()) {
    const { image, address } = await pictureOf({ ...wanted, ...ON_PAPER });
    addresses.push(address);
    image.classList.add(`print-${i}`);
    area.append(image);
    const rule = sizeRule(wanted, i);
    if (rule) for (const each of rule) sheet.insertRule(each);
  }
  document.body.append(area);
  document.adoptedStyleSheets.push(sheet);
  await Promise.all([...area.querySelectorAll("img")].map(settled));
  printed(() => {
    area.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    for (const address of addresses) URL.revokeObjectURL(address);
  });
}

/** A picture that is there may still wait for the fonts within it: it is once it doesn't change any more. @param {HTMLImageElement} image */
async function settled(image) {
  await image.decode();
  let before = "";
  for (let same = 0, looks = 0; same < LOOKS_ALIKE && looks < LOOKS_MAX; looks++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = lookOf(image);
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

/** @param {HTMLImageElement} image */
function lookOf(image) {
  const canvas = make("canvas", { width: String(LOOK_SIDE), height: String(LOOK_SIDE) });
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx?.drawImage(image, 0, 0, LOOK_SIDE, LOOK_SIDE);
  return canvas.toDataURL();
}

/** Calls it once nothing of it is needed any more: some browsers come back from `print` at once. @param {() => void} done */
function printed(done) {
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

/** @param {Wanted} wanted */
async function pictureOf(wanted) {
  const address = URL.createObjectURL(await writeSvg(wanted));
  return { address, image: make("img", { src: address, alt: "" }) };
}

/** A page with a size of its own is printed on paper of that size. @param {Wanted} wanted @param {number} index */
function sizeRule(wanted, index) {
  const [page] = pagesOf(wanted);
  if (!page?.sheet) return null;
  const { minX, minY, maxX, maxY } = page.box;
  const [w, h] = [maxX - minX, maxY - minY];
  // Heights of windows are those of the first sheet; and a hair too high would take a sheet more.
  const place = `page: print-${index}; width: ${w}pt; height: calc(${h}pt - 0.1px)`;
  return [
    `@page print-${index} { size: ${w}pt ${h}pt; margin: 0; }`,
    `@media print { #print .print-${index} { ${place}; max-width: none; max-height: none; } }`,
  ];
}
