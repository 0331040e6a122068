// The closed shapes of tldraw: those that we have, and the others as closed lines. Pure.

import { multiply, translation } from "../core/matrix.js";
import { t } from "../core/translate.js";
import { numberIn, objectOf, textIn } from "./reading.js";
import { through } from "./reading-places.js";
import { colorNamed, commonOf, lettersOf, looksOf, sizesOf } from "./tldraw-looks.js";
import { boxAt, pointsAt } from "./tldraw-places.js";
import { formatsIn, scaleOf, wordsOf } from "./tldraw-words.js";

/**
 * @typedef {import("./reading.js").Found} Found
 * @typedef {import("./tldraw-places.js").Placed} Placed
 * @typedef {import("./tldraw-shapes.js").Put} Put
 * @typedef {readonly (readonly [number, number])[]} Corners
 */

const OURS = new Map([
  ["rectangle", "rectangle"],
  ["ellipse", "ellipse"],
  ["triangle", "triangle"],
  ["diamond", "diamond"],
  ["hexagon", "hexagon"],
  ["star", "star"],
  ["cloud", "cloud"],
  ["x-box", "rectangle"],
  ["check-box", "rectangle"],
]);
/** Corners as parts of width and height. @type {ReadonlyMap<string, Corners>} */
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
/** What stands within a box. @type {ReadonlyMap<string, readonly Corners[]>} */
const MARKS = new Map([
  [
    "x-box",
    [
      [
        [0, 0],
        [1, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ],
  ],
  [
    "check-box",
    [
      [
        [0.25, 0.52],
        [0.45, 0.75],
        [0.8, 0.25],
      ],
    ],
  ],
]);
const GROUPS_MAX = 8;
/** Of the letters' size. */
const LINE = 1.35;

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

/** Two halves of a circle, and straight between them. @param {number} w @param {number} h @returns {(readonly [number, number])[]} */
function oval(w, h) {
  const radius = Math.min(w, h) / 2;
  return Array.from({ length: 48 }, (_, i) => {
    const at = ((i + 0.5) * Math.PI) / 24;
    const [x, y] = [Math.cos(at) * radius, Math.sin(at) * radius];
    const [across, down] = [x > 0 ? w - radius : radius, y > 0 ? h - radius : radius];
    return /** @type {const} */ ([(across + x) / (w || 1), (down + y) / (h || 1)]);
  });
}

/** @type {Put} */
export function putGeo({ gathering }, shape, placed) {
  const id = textIn(shape.id);
  const props = objectOf(shape.props);
  const geo = textIn(props.geo);
  const [w, h] = [numberIn(props.w), numberIn(props.h) + numberIn(props.growY)];
  const corners = geo === "oval" ? oval(w, h) : CORNERS.get(geo);
  const kind = OURS.get(geo);
  const looks = looksOf(shape, props, scaleOf(props.scale));
  const words = writtenIn(gathering, props);
  const common = commonOf(gathering, shape, props);
  const marks = MARKS.get(geo) ?? [];
  if (!corners && !kind) gathering.leave(t("Elements of an unknown kind"));
  else if (w > 0 && h > 0) {
    const several = marks.length > 0 || (corners && words);
    const place = several ? grouped(placed, id) : placed;
    const outline = corners && lineAt(place, [...corners, ...corners.slice(0, 1)], w, h);
    if (outline) gathering.put(id, { ...outline, ...looks, ...common });
    else gathering.put(id, { kind, ...boxAt(place, w, h), ...looks, ...words, ...common });
    const { fill: _, pattern: __, ...ink } = looks;
    for (const [i, mark] of marks.entries())
      gathering.put(`${id}-${i}`, { ...lineAt(place, mark, w, h), ...ink, ...common });
    // At a line of ours it would stand on the line.
    if (corners && words)
      gathering.put(`${id}-text`, { ...textWithin(place, words, w, h), ...common });
  } else gathering.leave(t("Damaged elements"));
}

/** @param {import("./gathering.js").Gathering} gathering @param {import("./reading.js").Found} props */
function writtenIn(gathering, props) {
  const text = gathering.text(wordsOf(props));
  if (!text) return null;
  if (textIn(props.labelColor, "black") !== textIn(props.color, "black"))
    gathering.leave(t("Colours of texts in shapes"));
  const letters = lettersOf(props, sizesOf(props.size).label * scaleOf(props.scale));
  return { color: colorNamed(props.color), text, ...letters, ...formatsIn(gathering, props) };
}

/** With others that are part of the same. @param {Placed} placed @param {string} id @returns {Placed} */
function grouped(placed, id) {
  const { frame, group } = placed.belongs;
  const groups = [...(group?.split("/") ?? []), id].slice(0, GROUPS_MAX);
  return { ...placed, belongs: { frame, group: groups.join("/") } };
}

/** @param {Placed} placed @param {Corners} corners @param {number} w @param {number} h */
function lineAt(placed, corners, w, h) {
  const places = corners.map(([u, v]) => ({ x: u * w, y: v * h }));
  const path = through(pointsAt(placed, places));
  return path && { kind: "line", ...path, head: "none", tail: "none", ...placed.belongs };
}

/** In the middle of the shape, with the room of a line at each side. @param {Placed} placed @param {{text: string, size: number}} words @param {number} w @param {number} h */
function textWithin({ matrix, ...placed }, words, w, h) {
  const { valign: _, ...written } = { valign: undefined, ...words };
  const wide = Math.max(words.size, w - words.size);
  const lines = words.text
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * words.size) / 2 / wide)), 0);
  const high = lines * words.size * LINE;
  const middle = multiply(matrix, translation((w - wide) / 2, (h - high) / 2));
  const { h: __, ...box } = boxAt({ ...placed, matrix: middle }, wide, high);
  return { kind: "text", align: "center", ...box, ...written, wrap: true };
}
