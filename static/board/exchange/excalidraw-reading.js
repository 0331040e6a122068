// Reads what Excalidraw writes: its files, its clipboard, and the scenes within its pictures.

import { t } from "../core/translate.js";
import { blobIn } from "./data-url.js";
import { LINES, putLine } from "./excalidraw-lines.js";
import { looksOf, placeOf, writtenIn } from "./excalidraw-looks.js";
import { ReadError } from "./format.js";
import { Gathering } from "./gathering.js";
import { isObject, numberIn, objectOf, objectsOf, parsed, textIn } from "./reading.js";
import { colorOf } from "./reading-colors.js";
import { opacityOf, part } from "./reading-places.js";

/**
 * @typedef {import("./format.js").Taken} Taken
 * @typedef {import("./reading.js").Found} Found
 */

/** What readers of single elements share. @typedef {{gathering: Gathering, labels: ReadonlyMap<string, Found>, files: Found, kinds: ReadonlyMap<string, string>}} Scene */

const TYPES = new Set(["excalidraw", "excalidraw/clipboard"]);

/** @param {string} text @returns {Taken} */
export function readExcalidraw(text) {
  const file = objectOf(parsed(text));
  if (!TYPES.has(textIn(file.type)) || !Array.isArray(file.elements))
    throw new ReadError(t("This isn't a drawing of Excalidraw."));
  const elements = objectsOf(file.elements).filter(({ isDeleted }) => isDeleted !== true);
  const gathering = new Gathering();
  gathering.leave(t("Damaged elements"), file.elements.length - objectsOf(file.elements).length);
  const kinds = new Map(elements.map(({ id, type }) => [textIn(id), textIn(type)]));
  const labels = labelsIn(elements, kinds);
  const scene = { gathering, labels, files: objectOf(file.files), kinds };
  for (const element of elements) putElement(scene, element);
  if (isColored(file.appState)) gathering.leave(t("The colour of the paper"));
  return gathering.taken();
}

const WHITE = /^(?:#f{3,4}|#f{6}(?:ff)?|white|transparent)?$/i;

/** @param {unknown} state of their page */
function isColored(state) {
  return !WHITE.test(textIn(objectOf(state).viewBackgroundColor));
}

/** Texts by the shape or the line that they are written in. @param {readonly Found[]} elements @param {ReadonlyMap<string, string>} kinds */
function labelsIn(elements, kinds) {
  /** @type {Map<string, Found>} */
  const labels = new Map();
  for (const element of elements) {
    const container = textIn(element.containerId);
    if (element.type === "text" && HOLDERS.has(kinds.get(container) ?? ""))
      labels.set(container, element);
  }
  return labels;
}

const SHAPES = new Set(["rectangle", "ellipse", "diamond"]);
const HOLDERS = new Set([...SHAPES, "stickynote", "arrow", "line"]);

/** @param {Scene} scene @param {Found} element */
function putElement(scene, element) {
  const type = textIn(element.type);
  if (SHAPES.has(type)) putShape(scene, element, type);
  else if (LINES.has(type)) putLine(scene, element);
  else if (type === "stickynote") putNote(scene, element);
  else if (type === "text") putText(scene, element);
  else if (type === "image") putImage(scene, element);
  else if (type === "frame" || type === "magicframe") putFrame(scene, element);
  else if (type === "embeddable" || type === "iframe") putWebsite(scene, element);
  else if (type !== "selection") scene.gathering.leave(t("Elements of an unknown kind"));
}

/** @param {Scene} scene @param {Found} element @param {string} kind */
function putShape({ gathering, labels }, element, kind) {
  const looks = looksOf(gathering, element);
  if (!looks) return;
  const label = labels.get(textIn(element.id));
  if (label && label.strokeColor !== element.strokeColor)
    gathering.leave(t("Colours of texts in shapes"));
  gathering.put(textIn(element.id), {
    kind,
    ...placeOf(gathering, element),
    ...looks,
    ...(isObject(element.roundness) && kind !== "ellipse" && { round: true }),
    ...(label && writtenIn(gathering, label)),
  });
}

/** @param {Scene} scene @param {Found} element */
function putNote({ gathering, labels }, element) {
  const label = labels.get(textIn(element.id));
  gathering.put(textIn(element.id), {
    kind: "note",
    ...placeOf(gathering, element),
    fill: colorOf(element.backgroundColor),
    opacity: opacityOf(numberIn(element.opacity, 100) / 100),
    text: "",
    ...(label && writtenIn(gathering, label)),
  });
}

/** @param {Scene} scene @param {Found} element */
function putText({ gathering, labels }, element) {
  if (labels.get(textIn(element.containerId)) === element) return;
  const { valign: _, ...written } = writtenIn(gathering, element);
  if (written.text === "") return;
  const { w, h: __, ...place } = placeOf(gathering, element);
  const { color = "black", opacity } = looksOf(gathering, element) ?? {};
  const wraps = element.autoResize === false;
  gathering.put(textIn(element.id), {
    kind: "text",
    ...place,
    color,
    opacity,
    ...written,
    ...(wraps && { w, wrap: true }),
  });
}

/** @param {Scene} scene @param {Found} element */
function putImage({ gathering, files }, element) {
  const id = textIn(element.fileId);
  const blob = Object.hasOwn(files, id) ? blobIn(objectOf(files[id]).dataURL) : null;
  if (!blob) {
    gathering.leave(t("Pictures that aren't in the file"));
    return;
  }
  gathering.assets.set(id, blob);
  gathering.put(textIn(element.id), {
    kind: "image",
    ...placeOf(gathering, element),
    opacity: opacityOf(numberIn(element.opacity, 100) / 100),
    asset: id,
    flip: flipOf(element.scale),
    crop: isObject(element.crop) ? cropOf(element.crop) : null,
    ...(isObject(element.roundness) && { round: true }),
  });
}

/** @param {unknown} scale */
function flipOf(scale) {
  const [across, down] = Array.isArray(scale) ? scale : [];
  return `${numberIn(across, 1) < 0 ? "x" : ""}${numberIn(down, 1) < 0 ? "y" : ""}` || null;
}

/** @param {Found} crop */
function cropOf(crop) {
  const [w, h] = [numberIn(crop.naturalWidth), numberIn(crop.naturalHeight)];
  if (!(w > 0 && h > 0)) return null;
  const parts = [
    numberIn(crop.x) / w,
    numberIn(crop.y) / h,
    numberIn(crop.width, w) / w,
    numberIn(crop.height, h) / h,
  ];
  return parts.map(part).join(",");
}

/** @param {Scene} scene @param {Found} element */
function putFrame({ gathering }, element) {
  const name = gathering.text(textIn(element.name)).replaceAll("\n", " ").slice(0, NAME_MAX);
  gathering.put(textIn(element.id), {
    kind: "frame",
    ...placeOf(gathering, element),
    angle: null,
    ...(name && { name }),
  });
}

const NAME_MAX = 200;

/** Pages of others are never shown on a board: what is left is a box that leads there. @param {Scene} scene @param {Found} element */
function putWebsite({ gathering }, element) {
  const place = placeOf(gathering, element);
  gathering.leave(t("Embedded pages, now boxes with a link"));
  gathering.put(textIn(element.id), {
    kind: "rectangle",
    ...place,
    ...(looksOf(gathering, element) ?? { color: "black", width: 2 }),
    text: gathering.text(textIn(element.link)),
    size: 16,
  });
}
