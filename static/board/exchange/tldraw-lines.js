// Drawings, highlights and lines of tldraw. Pure.

import { t } from "../core/translate.js";
import { hundredths } from "../elements/kind.js";
import { numberIn, objectOf, objectsOf, textIn } from "./reading.js";
import { through } from "./reading-places.js";
import { colorNamed, commonOf, looksOf, sizesOf } from "./tldraw-looks.js";
import { pointsAt } from "./tldraw-places.js";
import { pointsOfSegment } from "./tldraw-points.js";
import { scaleOf } from "./tldraw-words.js";

/**
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("./reading.js").Found} Found
 * @typedef {import("./tldraw-places.js").Placed} Placed
 * @typedef {import("./tldraw-shapes.js").Put} Put
 */

/** Ink is so much wider than its line: with a pen's full pressure, and without. */
const INK = {
  pen: (/** @type {number} */ line) => 1.62 * (1 + 1.2 * line),
  even: (/** @type {number} */ line) => 1 + line,
};
const HIGHLIGHT = 1.12;
const WIDTH_MAX = 1000;

/** @type {Put} */
export function putDrawing({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  const scale = scaleOf(props.scale);
  const segments = objectsOf(props.segments);
  const pen = props.isPen === true;
  const path = through(inkOf(placed, props), pen);
  if (!path) {
    gathering.leave(t("Damaged elements"));
    return;
  }
  const straight = segments.length > 0 && segments.every(({ type }) => type === "straight");
  const { color, width: _, ...looks } = looksOf(shape, props, scale);
  const { line } = sizesOf(props.size);
  const common = { ...path, color, ...placed.belongs, ...commonOf(gathering, shape, props) };
  if (straight && !pen) {
    const width = hundredths(line * scale);
    gathering.put(textIn(shape.id), {
      kind: "line",
      ...looks,
      ...common,
      width,
      head: "none",
      tail: "none",
    });
    return;
  }
  if (looks.fill) gathering.leave(t("Fills of freehand drawings"));
  if (looks.dash) gathering.leave(t("Dashes of freehand drawings"));
  const width = Math.min(WIDTH_MAX, hundredths((pen ? INK.pen : INK.even)(line) * scale));
  gathering.put(textIn(shape.id), { kind: "stroke", ...common, width });
}

/** @type {Put} */
export function putHighlight({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  const path = through(inkOf(placed, props));
  const width = sizesOf(props.size).text * HIGHLIGHT * scaleOf(props.scale);
  if (!path) gathering.leave(t("Damaged elements"));
  else
    gathering.put(textIn(shape.id), {
      kind: "highlight",
      ...path,
      color: colorNamed(props.color),
      width: Math.min(WIDTH_MAX, hundredths(width)),
      ...placed.belongs,
      ...commonOf(gathering, shape, props),
    });
}

/** The segments in a row, on the board. @param {Placed} placed @param {Found} props @returns {InkPoint[]} */
function inkOf(placed, props) {
  const [across, down] = [numberIn(props.scaleX, 1), numberIn(props.scaleY, 1)];
  const points = objectsOf(props.segments).flatMap(pointsOfSegment);
  const places = points.map(({ x, y }) => ({ x: x * across, y: y * down }));
  return pointsAt(placed, places).map((place, i) => ({
    ...place,
    pressure: Math.min(1, Math.max(0, points[i]?.pressure || 0)),
  }));
}

/** @type {Put} */
export function putLine({ gathering }, shape, placed) {
  const props = objectOf(shape.props);
  const path = through(pointsAt(placed, cornersOf(props)));
  const { fill: _, pattern: __, ...looks } = looksOf(shape, props, scaleOf(props.scale));
  if (!path) gathering.leave(t("Damaged elements"));
  else
    gathering.put(textIn(shape.id), {
      kind: "line",
      ...path,
      ...looks,
      head: "none",
      tail: "none",
      ...(props.spline === "cubic" && { curve: true }),
      ...placed.belongs,
      ...commonOf(gathering, shape, props),
    });
}

/** Newer files name them, older ones have a list. @param {Found} props */
function cornersOf({ points, handles }) {
  const found = Array.isArray(points)
    ? objectsOf(points)
    : objectsOf(Object.values(objectOf(points ?? handles)));
  const ordered = Array.isArray(points)
    ? found
    : found.sort((a, b) => (textIn(a.index) < textIn(b.index) ? -1 : 1));
  return ordered.map(({ x, y }) => ({ x: numberIn(x), y: numberIn(y) }));
}
