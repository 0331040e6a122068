// Printing: pages of the board take the place of the page around it, as long as the browser prints.

import { t } from "../core/translate.js";
import { pagesOf } from "../exchange/page-writing.js";
import { writeSvg } from "../exchange/svg-making.js";
import { byId, make } from "./dom.js";
import { sheetOf } from "./export-choices.js";
import { say } from "./say.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("../exchange/format.js").Wanted} Wanted */

/** What is wanted of paper, whatever is on the screen. */
const ON_PAPER = /** @type {const} */ ({ scale: 1, transparent: true, theme: "light" });

/** The page in sight. @param {import("../editor.js").Editor} editor @param {import("./config.js").Config} config */
export async function printPage(editor, config) {
  const title = byId("title", HTMLInputElement).value || config.title;
  const assets = config.document.replace(/document$/, "assets");
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
  await Promise.all([...area.querySelectorAll("img")].map((image) => image.decode()));
  printed(() => {
    area.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    for (const address of addresses) URL.revokeObjectURL(address);
  });
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
  return [
    `@page print-${index} { size: ${maxX - minX}pt ${maxY - minY}pt; margin: 0; }`,
    `@media print { #print .print-${index} { page: print-${index}; } }`,
  ];
}
