// Lines, arrows and freehand drawings of Excalidraw. Pure.

import { t } from "../core/translate.js";
import { belongingOf, looksOf, writtenIn } from "./excalidraw-looks.js";
import { isObject, listOf, numberIn, objectOf, textIn } from "./reading.js";
import { part, through, turnedAbout } from "./reading-places.js";

/**
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("./excalidraw-reading.js").Scene} Scene
 * @typedef {import("./reading.js").Found} Found
 */

export const LINES = new Set(["line", "arrow", "draw", "freedraw"]);
const HEADS = new Map([
  ["arrow", "arrow"],
  ["triangle", "triangle"],
  ["dot", "dot"],
  ["circle", "dot"],
  ["diamond", "diamond"],
  ["bar", "bar"],
]);
/** Ours are all filled. */
const HOLLOW = new Map([
  ["triangle_outline", "triangle"],
  ["circle_outline", "dot"],
  ["diamond_outline", "diamond"],
]);
/** What arrows can stick to. */
const TARGETS = new Set(
  "rectangle ellipse diamond stickynote text image frame magicframe embeddable iframe".split(" "),
);
/** Ink is so much wider than it says: of one width, without pressure, with full pressure. */
const INK = { constant: 2.8, even: 4.25, full: 8.5 * Math.sin(0.8 * (Math.PI / 2)) };
/** Arrows that are aimed so near to the middle are aimed at the middle. */
const MIDDLE = 0.25;

/** @param {Scene} scene @param {Found} element */
export function putLine(scene, element) {
  const type = textIn(element.type);
  const free = type === "freedraw" || type === "draw";
  const points = pointsOf(element);
  const pressed = free && !isConstant(element) && isPressed(element);
  const path = through(points, pressed);
  const looks = looksOf(scene.gathering, element);
  if (!path) scene.gathering.leave(t("Damaged elements"));
  else if (looks && free)
    putInk(
      scene,
      element,
      { ...path, color: looks.color, width: looks.width, opacity: looks.opacity },
      pressed,
    );
  else if (looks) putStraight(scene, element, { ...looks, ...path }, points.length);
}

/** @param {Found} element */
function isPressed({ pressures, simulatePressure }) {
  return listOf(pressures).length > 0 && simulatePressure !== true;
}

/** @param {Found} element */
function isConstant({ strokeOptions }) {
  return objectOf(strokeOptions).variability === "constant";
}

/** As they lie on the board: ours have no angle. @param {Found} element @returns {InkPoint[]} */
function pointsOf(element) {
  const [x, y] = [numberIn(element.x), numberIn(element.y)];
  const pressures = listOf(element.pressures);
  const points = listOf(element.points).flatMap((point, i) => {
    const [px, py] = listOf(point);
    if (typeof px !== "number" || typeof py !== "number") return [];
    return { x: x + px, y: y + py, pressure: pressureOf(numberIn(pressures[i], 0.5)) };
  });
  const angle = numberIn(element.angle);
  if (angle === 0) return points;
  const middle = middleOf(points);
  return points.map(({ pressure, ...place }) => ({
    ...turnedAbout(place, middle, angle),
    pressure,
  }));
}

/** @param {readonly InkPoint[]} points */
function middleOf(points) {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
}

/** The pressure at which ours is as wide as theirs. @param {number} theirs */
function pressureOf(theirs) {
  const width =
    Math.sin((0.5 - 0.6 * (0.5 - theirs)) * (Math.PI / 2)) / Math.sin(0.8 * (Math.PI / 2));
  return Math.min(1, Math.max(0, ((1.6 * width - 1) / 0.6 + 1) / 2));
}

/** @param {Scene} scene @param {Found} element @param {{color: string, width: number, opacity: number | undefined, x: number, y: number, points: string}} ink @param {boolean} pressed */
function putInk({ gathering }, element, ink, pressed) {
  if (textIn(element.backgroundColor, "transparent") !== "transparent")
    gathering.leave(t("Fills of freehand drawings"));
  const even = isConstant(element) ? INK.constant : INK.even;
  const width = Math.min(1000, ink.width * (pressed ? INK.full : even));
  gathering.put(textIn(element.id), {
    kind: "stroke",
    ...ink,
    width: Math.round(width * 100) / 100 || 0.01,
    ...belongingOf(gathering, element),
  });
}

/** @param {Scene} scene @param {Found} element @param {Readonly<Record<string, unknown>>} drawn @param {number} count */
function putStraight(scene, element, drawn, count) {
  const { gathering, labels } = scene;
  const arrow = element.type === "arrow";
  const elbow = element.elbowed === true;
  const label = labels.get(textIn(element.id));
  const { text, size, font } = label ? writtenIn(gathering, label) : {};
  if (label && label.strokeColor !== element.strokeColor)
    gathering.leave(t("Colours of texts at lines"));
  const [head, tail] = [headOf(scene, element.endArrowhead), headOf(scene, element.startArrowhead)];
  gathering.put(textIn(element.id), {
    kind: arrow ? "arrow" : "line",
    ...drawn,
    ...(isObject(element.roundness) && !elbow && count > 2 && { curve: true }),
    ...(elbow && { route: "elbow" }),
    head: head ?? (arrow ? "none" : null),
    tail,
    from: stuckTo(scene, element.startBinding, elbow),
    to: stuckTo(scene, element.endBinding, elbow),
    ...(text && { text, size, font }),
    ...belongingOf(gathering, element),
  });
}

/** @param {Scene} scene @param {unknown} theirs */
function headOf({ gathering }, theirs) {
  if (typeof theirs !== "string") return null;
  const head = HEADS.get(theirs);
  if (!head) gathering.leave(t("Arrowheads of other kinds"));
  return head ?? HOLLOW.get(theirs) ?? "arrow";
}

/** @param {Scene} scene @param {unknown} binding @param {boolean} elbow */
function stuckTo({ kinds }, binding, elbow) {
  const { elementId, fixedPoint, mode } = objectOf(binding);
  const key = textIn(elementId);
  if (!TARGETS.has(kinds.get(key) ?? "")) return null;
  const [u, v] = listOf(fixedPoint).map((value) => numberIn(value, 0.5));
  if (u === undefined || v === undefined) return key;
  const aimed = Math.abs(u - 0.5) < MIDDLE && Math.abs(v - 0.5) < MIDDLE;
  if (aimed && !elbow && mode !== "inside") return key;
  return `${key}@${part(u)},${part(v)}`;
}
