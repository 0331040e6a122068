// A board to be written to files, without a page: elements of every kind, and what is wanted of them.

import "./all-kinds.js";
import { Document } from "../../../static/board/core/document.js";
import { encodePoints } from "../../../static/board/core/points.js";
import { Sheet } from "../../../static/board/elements/sheet.js";

/** @typedef {import("../../../static/board/core/fold.js").Element} Element */
/** @typedef {import("../../../static/board/exchange/format.js").Wanted} Wanted */

const points = encodePoints(
  [0, 40, 80, 120].map((x, i) => ({ x, y: (i % 2) * 30, pressure: 1 })),
  3,
  false,
);
const box = { w: 120, h: 80, color: "blue", width: 3, fill: "yellow" };

/** @type {Readonly<Record<string, Element>>} */
export const EVERY_KIND = Object.fromEntries(
  /** @type {Record<string, unknown>[]} */ ([
    { kind: "stroke", color: "black", width: 5, points },
    { kind: "highlight", color: "yellow", width: 20, points },
    { kind: "line", color: "red", width: 2, points, dash: "dashed" },
    { kind: "arrow", color: "green", width: 3, points, head: "triangle" },
    { kind: "rectangle", ...box, opacity: 0.5, text: '<b>&amp;</b> "]]>' },
    { kind: "ellipse", ...box, pattern: "hachure", dash: "dotted" },
    { kind: "diamond", ...box, angle: 0.5 },
    { kind: "triangle", ...box, flip: "x", look: "drawn", seed: 7 },
    { kind: "hexagon", ...box, pattern: "dots" },
    { kind: "star", ...box },
    { kind: "cloud", ...box },
    { kind: "bubble", ...box, text: "Hi" },
    { kind: "text", color: "violet", size: 24, text: "Grüße 안녕\n<script>alert(1)</script>" },
    { kind: "text", color: "pink", size: 18, text: "by hand", font: "hand", angle: 0.3 },
    { kind: "note", w: 150, h: 150, text: "note", fill: "pink" },
    { kind: "newer", w: 90, h: 60, future: "kept" },
  ]).map((element, i) => [
    `element-${i}`.padEnd(12, "x"),
    /** @type {Element} */ ({
      x: (i % 4) * 200,
      y: Math.floor(i / 4) * 200,
      z: `a${i + 10}`,
      ...element,
    }),
  ]),
);

/** @param {Record<string, Element>} elements @param {Partial<Wanted>} [more] @returns {Wanted} */
export function wanted(elements, more = {}) {
  const document = new Document();
  document.load({ epoch: "e".repeat(22), clock: 0, elements });
  const editor = /** @type {import("../../../static/board/editor.js").Editor} */ (
    /** @type {unknown} */ ({ document: new Sheet(document), schema: 4 })
  );
  return {
    editor,
    title: "A board",
    pages: ["first-page"],
    keys: null,
    bounds: null,
    scale: 1,
    transparent: false,
    theme: "light",
    assets: "/boards/b/assets",
    ...more,
  };
}
