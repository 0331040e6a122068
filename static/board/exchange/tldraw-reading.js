// Reads what tldraw writes: its files, and the content of its clipboard.

import { t } from "../core/translate.js";
import { ReadError } from "./format.js";
import { Gathering } from "./gathering.js";
import { objectOf, objectsOf, parsed, textIn } from "./reading.js";
import { placedIn } from "./tldraw-places.js";
import { putShape } from "./tldraw-shapes.js";

/**
 * @typedef {import("./format.js").Taken} Taken
 * @typedef {import("./reading.js").Found} Found
 */

/**
 * What readers of single shapes share.
 * @typedef {object} Drawing
 * @property {Gathering} gathering
 * @property {ReadonlyMap<string, Found>} shapes by id
 * @property {ReadonlyMap<string, Found[]>} children in their order, by the id of what they are in
 * @property {ReadonlyMap<string, Found[]>} bindings of arrows, by the arrow's id
 * @property {ReadonlyMap<string, Found>} assets by id
 */

/** Groups in groups in frames: deeper than people go. */
const DEPTH_MAX = 32;

/** @param {string} text @returns {Taken} */
export function readTldraw(text) {
  const file = objectOf(parsed(text));
  const { records, tldrawFileFormatVersion: version } = file;
  if (!Array.isArray(records) || typeof version !== "number")
    throw new ReadError(t("This isn't a drawing of tldraw."));
  const known = objectsOf(records);
  const drawing = drawingOf(known);
  drawing.gathering.leave(t("Damaged elements"), records.length - known.length);
  const pages = known.filter(({ typeName }) => typeName === "page").sort(byIndex);
  for (const page of pages) {
    const name = textIn(page.name).slice(0, NAME_MAX);
    drawing.gathering.turn(name ? { name } : {});
    putChildren(drawing, textIn(page.id), 0);
  }
  return drawing.gathering.taken();
}

const NAME_MAX = 200;

/** @param {Found} content with shapes, bindings, assets and the ids of the topmost shapes @returns {Taken} */
export function readTldrawContent(content) {
  const drawing = drawingOf([
    ...objectsOf(content.shapes),
    ...objectsOf(content.bindings),
    ...objectsOf(content.assets),
  ]);
  const inside = new Set(drawing.shapes.keys());
  const roots = [...drawing.children.keys()].filter((id) => !inside.has(id));
  for (const id of roots) putChildren(drawing, id, 0);
  return drawing.gathering.taken();
}

/** @param {readonly Found[]} records @returns {Drawing} */
function drawingOf(records) {
  const shapes = firstOfEach(records.filter(isShape));
  const arrows = records.filter(({ toId, type }) => typeof toId === "string" && type === "arrow");
  const assets = records.filter(({ id }) => textIn(id).startsWith("asset:"));
  return {
    gathering: new Gathering(),
    shapes: byId(shapes),
    children: sortedOut(shapes.sort(byIndex), "parentId"),
    bindings: sortedOut(arrows, "fromId"),
    assets: byId(assets),
  };
}

/** Two of a name could each be in the other, over and over. @param {readonly Found[]} shapes */
function firstOfEach(shapes) {
  /** @type {Set<unknown>} */
  const ids = new Set();
  return shapes.filter(({ id }) => !ids.has(id) && ids.add(id));
}

/** @param {Found} record */
function isShape({ id, parentId }) {
  return textIn(id).startsWith("shape:") && typeof parentId === "string";
}

/** @param {readonly Found[]} records */
function byId(records) {
  return new Map(records.map((record) => [textIn(record.id), record]));
}

/** @param {readonly Found[]} records @param {string} name of the property that says where they belong */
function sortedOut(records, name) {
  /** @type {Map<string, Found[]>} */
  const lists = new Map();
  for (const record of records) {
    const id = textIn(record[name]);
    const list = lists.get(id) ?? [];
    list.push(record);
    lists.set(id, list);
  }
  return lists;
}

/** @param {Found} a @param {Found} b */
function byIndex(a, b) {
  const [indexA, indexB] = [textIn(a.index), textIn(b.index)];
  return indexA === indexB ? 0 : indexA < indexB ? -1 : 1;
}

/** @param {Drawing} drawing @param {string} parent @param {number} depth */
function putChildren(drawing, parent, depth) {
  for (const shape of drawing.children.get(parent) ?? []) {
    if (depth > DEPTH_MAX) drawing.gathering.leave(t("Damaged elements"));
    else putWithin(drawing, shape, depth);
  }
}

/** @param {Drawing} drawing @param {Found} shape @param {number} depth */
function putWithin(drawing, shape, depth) {
  const place = placedIn(drawing.shapes, shape);
  if (shape.type !== "group") putShape(drawing, shape, place);
  putChildren(drawing, textIn(shape.id), depth + 1);
}
