// Closed shapes: a drag draws one from corner to corner, a click puts one of a usual size.

import { topKey } from "../core/order.js";
import { propsOf } from "../editor/style.js";
import { kindOf } from "../elements/index.js";
import { BoxTool } from "./box.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("../editor.js").Tool} Tool */

/** Each has a tool of the same name. */
export const SHAPES = /** @type {const} */ ([
  "rectangle",
  "ellipse",
  "diamond",
  "triangle",
  "hexagon",
  "star",
  "cloud",
  "bubble",
]);

const USUAL = { w: 160, h: 100 };
const USUAL_SQUARE = { w: 120, h: 120 };
const SQUARE = ["star"];
/** The thinnest that can still be seen and taken hold of. */
const THIN_PIXELS = 2;
const SEEDS = 2 ** 31;

/** @implements {Tool} */
export class ShapeTool extends BoxTool {
  style = /** @type {const} */ ("shape");
  schema = 2;

  /** @param {Editor} editor @param {typeof SHAPES[number]} kind */
  constructor(editor, kind) {
    super(editor, {
      begin: () => {
        const z = topKey(editor.document);
        // Also of a clean one, so that it is drawn by hand as by the first time, whenever that is chosen.
        const seed = Math.floor(Math.random() * SEEDS);
        return () => ({ kind, z, ...propsOf(editor.styles.shape, kindOf({ kind }).styles), seed });
      },
      usual: SQUARE.includes(kind) ? USUAL_SQUARE : USUAL,
      least: (zoom) => THIN_PIXELS / zoom,
    });
    this.name = kind;
  }
}
