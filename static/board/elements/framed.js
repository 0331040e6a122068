// What is in a frame is cut off at its edge: children get `clip`, which is derived and never written.

import { boxOf } from "./frame.js";
import { textOf } from "./kind.js";
import { pageOf } from "./sheet.js";

/** @typedef {import("../core/fold.js").Element} Element */

/** The frame that an element is in, if it lives and is on its page. @param {Element} element @param {import("./derived.js").Get} get @returns {Element | null} */
export function frameAroundIt(element, get) {
  const around = get(textOf(element, "frame"));
  if (around?.kind !== "frame" || element.kind === "frame") return null;
  return pageOf(around) === pageOf(element) ? around : null;
}

/** @type {import("./derived.js").Derivation} */
export const framed = {
  names: ["frame"],
  targets: (element) => (typeof element.frame === "string" ? [element.frame] : []),
  derive(element, get) {
    const around = frameAroundIt(element, get);
    if (!around) return {};
    const { minX, minY, maxX, maxY } = boxOf(around);
    return { clip: [minX, minY, maxX - minX, maxY - minY].join(",") };
  },
};
