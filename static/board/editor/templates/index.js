// Every template there is.

import { elementKey } from "../../core/ids.js";
import { Drawing } from "./drawing.js";
import { planning } from "./planning.js";
import { teaching } from "./teaching.js";
import { thinking } from "./thinking.js";

/** @typedef {import("./template.js").Template} Template */

/** @type {readonly Template[]} */
export const TEMPLATES = [...teaching, ...planning, ...thinking];

/** Its elements, together in one group, so that it is moved as a whole. @param {Template} template */
export function drawn(template) {
  const shared = template.paper ? { locked: true } : {};
  const drawing = new Drawing(template.paper ? { ...shared, group: elementKey() } : shared);
  template.draw(drawing);
  return drawing.elements;
}
