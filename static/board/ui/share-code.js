// A link as a QR code: in the sheet, and as large as the screen for the back of a classroom.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { openSheet } from "./sheet.js";

/** @typedef {import("./share-server.js").Code} Code */

const SVG = "http://www.w3.org/2000/svg";
/** Cameras want so much white around it. */
const QUIET = 4;

/** One path of all dark squares, runs of a line as one. Pure. @param {readonly string[]} squares */
export function pathOf(squares) {
  let path = "";
  for (const [y, line] of squares.entries())
    for (const run of line.matchAll(/1+/g))
      path += `M${run.index + QUIET} ${y + QUIET}h${run[0].length}v1h-${run[0].length}z`;
  return path;
}

/** @param {Code} code */
export function codePicture({ squares }) {
  const size = squares.length + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "share-code");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", t("QR code of the link"));
  const ink = document.createElementNS(SVG, "path");
  ink.setAttribute("d", pathOf(squares));
  svg.append(ink);
  return svg;
}

/** @param {Code} code */
export async function showLarge(code) {
  const content = make(
    "div",
    { class: "share-large" },
    codePicture(code),
    make("p", { class: "share-address" }, code.link),
  );
  await openSheet({ name: "share-large", title: t("Scan to come in"), content });
}
