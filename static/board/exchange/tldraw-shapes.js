// The shapes of tldraw, kind by kind, as ours are. Pure.

import { t } from "../core/translate.js";
import { hundredths } from "../elements/kind.js";
import { blobIn } from "./data-url.js";
import { isObject, numberIn, objectOf, textIn } from "./reading.js";
import { part } from "./reading-places.js";
import { putArrow } from "./tldraw-arrows.js";
import { putGeo } from "./tldraw-geo.js";
import { putDrawing, putHighlight, putLine } from "./tldraw-lines.js";
import { colorNamed, commonOf, lettersOf, sizesOf } from "./tldraw-looks.js";
import { boxAt } from "./tldraw-places.js";
import { formatsIn, scaleOf, wordsOf } from "./tldraw-words.js";

/**
 * @typedef {import("./reading.js").Found} Found
 * @typedef {import("./tldraw-places.js").Placed} Placed
 * @typedef {import("./tldraw-reading.js").Drawing} Drawing
 */

/** @typedef {(drawing: Drawing, shape: Found, placed: Placed) => void} Put */

const NOTE_SIDE = 200;
/** Of the letters' size: what a text of one line is taken to be high and its letters to be wide. */
const LINE = 1.35;
const LETTER = 0.5;
const NAME_MAX = 200;

/** @type {ReadonlyMap<string, Put>} */
const KINDS = new Map([
  ["arrow", putArrow],
  ["bookmark", putWebsite],
  ["draw", putDrawing],
  ["embed", putWebsite],
  ["frame", putFrame],
  ["geo", putGeo],
  ["highlight", putHighlight],
  ["image", putImage],
  ["line", putLine],
  ["note", putNote],
  ["text", putText],
]);

/** @type {Put} */
export function putShape(drawing, shape, placed) {
  const put = KINDS.get(textIn(shape.type));
  if (put) put(drawing, shape, placed);
  else if (shape.type === "video") drawing.gathering.leave(t("Videos"));
  else drawing.gathering.leave(t("Elements of an unknown kind"));
}

/** @type {Put} */
function putText({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  const text = gathering.text(wordsOf(props));
  if (text === "") return;
  const scale = scaleOf(props.scale);
  const { valign: _, ...letters } = lettersOf(props, sizesOf(props.size).text * scale);
  const wraps = props.autoSize === false;
  const lines = text.split("\n");
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 1);
  const w = wraps ? numberIn(props.w) * scale : longest * letters.size * LETTER;
  const { w: wide, h: __, ...box } = boxAt(placed, w, lines.length * letters.size * LINE);
  gathering.put(textIn(shape.id), {
    kind: "text",
    ...box,
    color: colorNamed(props.color),
    text,
    ...letters,
    ...formatsIn(gathering, props),
    ...(wraps && { w: wide, wrap: true }),
    ...commonOf(gathering, shape, props),
  });
}

/** @type {Put} */
function putNote({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  const scale = scaleOf(props.scale);
  const [w, h] = [NOTE_SIDE * scale, (NOTE_SIDE + numberIn(props.growY)) * scale];
  gathering.put(textIn(shape.id), {
    kind: "note",
    ...boxAt(placed, w, h),
    // Their black notes are of yellow paper.
    fill: props.color === "black" ? "yellow" : colorNamed(props.color),
    text: gathering.text(wordsOf(props)),
    ...lettersOf(props, sizesOf(props.size).label * scale),
    ...formatsIn(gathering, props),
    ...commonOf(gathering, shape, props),
  });
}

/** @type {Put} */
function putFrame({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  const name = gathering.text(textIn(props.name)).replaceAll("\n", " ").slice(0, NAME_MAX);
  gathering.put(textIn(shape.id), {
    kind: "frame",
    ...boxAt(placed, numberIn(props.w), numberIn(props.h)),
    ...(name && { name }),
    ...commonOf(gathering, shape, props),
  });
}

/** @type {Put} */
function putImage({ gathering, assets }, shape, placed) {
  const props = objectOf(shape.props);
  const id = textIn(props.assetId);
  const blob = gathering.assets.get(id) ?? blobIn(objectOf(assets.get(id)?.props).src);
  if (!blob) {
    gathering.leave(t("Pictures that aren't in the file"));
    return;
  }
  gathering.assets.set(id, blob);
  const isCircle = objectOf(props.crop).isCircle === true;
  if (isCircle) gathering.leave(t("Pictures cut to circles"));
  const flip = `${props.flipX === true ? "x" : ""}${props.flipY === true ? "y" : ""}`;
  const alt = gathering.text(textIn(props.altText)).slice(0, 2000);
  gathering.put(textIn(shape.id), {
    kind: "image",
    ...boxAt(placed, numberIn(props.w), numberIn(props.h)),
    asset: id,
    flip: flip || null,
    crop: isObject(props.crop) ? cropOf(props.crop) : null,
    round: isCircle || null,
    alt: alt || null,
    ...commonOf(gathering, shape, props),
  });
}

/** @param {Found} crop */
function cropOf({ topLeft, bottomRight }) {
  const [from, to] = [objectOf(topLeft), objectOf(bottomRight)];
  const [l, top] = [numberIn(from.x), numberIn(from.y)];
  return [l, top, numberIn(to.x, 1) - l, numberIn(to.y, 1) - top].map(part).join(",");
}

/** Pages of others are never shown on a board: what is left is a box that leads there. @type {Put} */
function putWebsite({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  gathering.leave(t("Embedded pages, now boxes with a link"));
  gathering.put(textIn(shape.id), {
    kind: "rectangle",
    ...boxAt(placed, hundredths(numberIn(props.w, 300)), hundredths(numberIn(props.h, 320))),
    color: "grey",
    width: 2,
    text: gathering.text(textIn(props.url)),
    size: 16,
    ...commonOf(gathering, shape, props),
  });
}
