// Frame: a drag draws one from corner to corner around what is there, a click puts one of a usual size.

import { indexOf, keyBetween } from "../core/order.js";
import { t } from "../core/translate.js";
import { textOf } from "../elements/kind.js";
import { BoxTool } from "./box.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {import("../editor.js").Tool} Tool */

const USUAL = { w: 480, h: 300 };
const SIDE_MIN = 8;

/** The name of the next one: "Frame 3" where there are two. @param {Editor} editor */
export function nextFrameName({ document }) {
  const names = new Set();
  let number = 1;
  for (const [, element] of document.entries())
    if (element.kind === "frame") names.add(textOf(element, "name"));
  const named = () => t("Frame {number}", { number });
  while (names.has(named())) number++;
  return named();
}

/** @implements {Tool} */
export class FrameTool extends BoxTool {
  name = "frame";
  schema = 4;

  /** @param {Editor} editor */
  constructor(editor) {
    super(editor, {
      begin: () => {
        const begun = { kind: "frame", z: lowest(editor), name: nextFrameName(editor) };
        return () => begun;
      },
      usual: USUAL,
      least: () => SIDE_MIN,
    });
  }
}

/** Below everything, so that a filled one hides nothing. @param {Editor} editor */
function lowest({ document }) {
  let least = null;
  for (const [, element] of document.entries()) {
    const z = indexOf(element);
    if (least === null || z < least) least = z;
  }
  return keyBetween(null, least);
}
