// The closed shapes of tldraw: those that we have, and the others as closed lines. Pure.

import { t } from "../core/translate.js";
import { numberIn, objectOf, textIn } from "./reading.js";
import { through } from "./reading-places.js";
import { commonOf, lettersOf, looksOf, sizesOf } from "./tldraw-looks.js";
import { boxAt, pointsAt } from "./tldraw-places.js";
import { scaleOf, wordsOf } from "./tldraw-words.js";

/**
 * @typedef {import("./reading.js").Found} Found
 * @typedef {import("./tldraw-shapes.js").Put} Put
 */

const OURS = new Map([
  ["rectangle", "rectangle"],
  ["ellipse", "ellipse"],
  ["oval", "ellipse"],
  ["triangle", "triangle"],
  ["diamond", "diamond"],
  ["hexagon", "hexagon"],
  ["star", "star"],
  ["cloud", "cloud"],
  ["x-box", "rectangle"],
  ["check-box", "rectangle"],
]);
/** Corners as parts of width and height. @type {ReadonlyMap<string, readonly (readonly [number, number])[]>} */
const CORNERS = new Map([
  ["pentagon", regular(5)],
  [
    "octagon",
    [
      [0.29, 0],
      [0.71, 0],
      [1, 0.29],
      [1, 0.71],
      [0.71, 1],
      [0.29, 1],
      [0, 0.71],
      [0, 0.29],
    ],
  ],
  [
    "rhombus",
    [
      [0.25, 0],
      [1, 0],
      [0.75, 1],
      [0, 1],
    ],
  ],
  [
    "rhombus-2",
    [
      [0, 0],
      [0.75, 0],
      [1, 1],
      [0.25, 1],
    ],
  ],
  [
    "trapezoid",
    [
      [0.25, 0],
      [0.75, 0],
      [1, 1],
      [0, 1],
    ],
  ],
  [
    "arrow-right",
    [
      [0, 0.16],
      [0.62, 0.16],
      [0.62, 0],
      [1, 0.5],
      [0.62, 1],
      [0.62, 0.84],
      [0, 0.84],
    ],
  ],
  [
    "arrow-left",
    [
      [1, 0.16],
      [0.38, 0.16],
      [0.38, 0],
      [0, 0.5],
      [0.38, 1],
      [0.38, 0.84],
      [1, 0.84],
    ],
  ],
  [
    "arrow-up",
    [
      [0.16, 1],
      [0.16, 0.38],
      [0, 0.38],
      [0.5, 0],
      [1, 0.38],
      [0.84, 0.38],
      [0.84, 1],
    ],
  ],
  [
    "arrow-down",
    [
      [0.16, 0],
      [0.16, 0.62],
      [0, 0.62],
      [0.5, 1],
      [1, 0.62],
      [0.84, 0.62],
      [0.84, 0],
    ],
  ],
  ["heart", heart()],
]);

/** Fills its box, a corner upwards. @param {number} corners @returns {(readonly [number, number])[]} */
function regular(corners) {
  const places = Array.from(
    { length: corners },
    (_, i) => (i * 2 * Math.PI) / corners - Math.PI / 2,
  );
  const xs = places.map(Math.cos);
  const ys = places.map(Math.sin);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [w, h] = [Math.max(...xs) - left, Math.max(...ys) - top];
  return xs.map((x, i) => /** @type {const} */ ([(x - left) / w, (Number(ys[i]) - top) / h]));
}

/** Points of a well-known curve. @returns {(readonly [number, number])[]} */
function heart() {
  return Array.from({ length: 40 }, (_, i) => {
    const at = (i * Math.PI) / 20;
    const x = Math.sin(at) ** 3;
    const y = 13 * Math.cos(at) - 5 * Math.cos(2 * at) - 2 * Math.cos(3 * at) - Math.cos(4 * at);
    return /** @type {const} */ ([(x + 1) / 2, (12 - y) / 29]);
  });
}

/** @type {Put} */
export function putGeo(drawing, shape, placed) {
  const { gathering } = drawing;
  const props = objectOf(shape.props);
  const geo = textIn(props.geo);
  const scale = scaleOf(props.scale);
  const size = [numberIn(props.w), numberIn(props.h) + numberIn(props.growY)];
  const text = gathering.text(wordsOf(props));
  const rest = {
    ...looksOf(shape, props, scale),
    ...(text && { text, ...lettersOf(props, sizesOf(props.size).label * scale) }),
    ...commonOf(gathering, shape, props),
  };
  if (text && textIn(props.labelColor, "black") !== textIn(props.color, "black"))
    gathering.leave(t("Colours of texts in shapes"));
  if (geo === "x-box" || geo === "check-box") gathering.leave(t("Crosses and ticks in boxes"));
  const [w = 0, h = 0] = size;
  const corners = CORNERS.get(geo);
  const kind = OURS.get(geo);
  if (corners) putClosedLine(drawing, shape, placed, { corners, w, h, rest });
  else if (kind) gathering.put(textIn(shape.id), { kind, ...boxAt(placed, w, h), ...rest });
  else gathering.leave(t("Elements of an unknown kind"));
}

/** @param {import("./tldraw-reading.js").Drawing} drawing @param {Found} shape @param {import("./tldraw-places.js").Placed} placed @param {{corners: readonly (readonly [number, number])[], w: number, h: number, rest: Record<string, unknown>}} outline */
function putClosedLine({ gathering }, shape, placed, { corners, w, h, rest }) {
  const [first] = corners;
  if (!first) return;
  const places = [...corners, first].map(([u, v]) => ({ x: u * w, y: v * h }));
  const path = through(pointsAt(placed, places));
  const { align: _, valign: __, ...looks } = rest;
  const [head, tail] = ["none", "none"];
  if (path)
    gathering.put(textIn(shape.id), {
      kind: "line",
      ...path,
      ...looks,
      head,
      tail,
      ...placed.belongs,
    });
  else gathering.leave(t("Damaged elements"));
}
