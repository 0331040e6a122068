// Where tldraw's shapes lie on the board: theirs are placed within groups and frames, which may be turned. Pure.

import { moved, multiply } from "../core/matrix.js";
import { hundredths } from "../elements/kind.js";
import { numberIn, textIn } from "./reading.js";
import { turnOf } from "./reading-places.js";

/**
 * @typedef {import("../core/geometry.js").Place} Point
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("./reading.js").Found} Found
 */

/** `belongs`: the frame and groups that it is in. @typedef {{matrix: Matrix, turn: number, belongs: {frame: string | undefined, group: string | undefined}}} Placed */

const ANCESTORS_MAX = 40;
const GROUPS_MAX = 8;

/** @param {ReadonlyMap<string, Found>} shapes @param {Found} shape @returns {Placed} */
export function placedIn(shapes, shape) {
  const line = ancestorsOf(shapes, shape);
  let matrix = matrixOf(shape);
  let turn = numberIn(shape.rotation);
  for (const each of line) {
    matrix = multiply(matrixOf(each), matrix);
    turn += numberIn(each.rotation);
  }
  const groups = line.filter(({ type }) => type === "group").map(({ id }) => textIn(id));
  const frame = line.find(({ type }) => type === "frame");
  return {
    matrix,
    turn,
    belongs: {
      frame: frame && textIn(frame.id),
      group: groups.reverse().slice(0, GROUPS_MAX).join("/") || undefined,
    },
  };
}

/** The nearest one first. @param {ReadonlyMap<string, Found>} shapes @param {Found} shape */
function ancestorsOf(shapes, shape) {
  /** @type {Found[]} */
  const line = [];
  let parent = shapes.get(textIn(shape.parentId));
  while (parent && line.length < ANCESTORS_MAX) {
    line.push(parent);
    parent = shapes.get(textIn(parent.parentId));
  }
  return line;
}

/** @param {Found} shape @returns {Matrix} */
function matrixOf({ x, y, rotation }) {
  const [cos, sin] = [Math.cos(numberIn(rotation)), Math.sin(numberIn(rotation))];
  return [cos, sin, -sin, cos, numberIn(x), numberIn(y)];
}

/** Theirs turn about their corner, ours about their middle. @param {Placed} placed @param {number} w @param {number} h */
export function boxAt({ matrix, turn, belongs }, w, h) {
  const middle = moved(matrix, w / 2, h / 2);
  return {
    x: hundredths(middle.x - w / 2),
    y: hundredths(middle.y - h / 2),
    w: hundredths(w),
    h: hundredths(h),
    angle: turnOf(turn),
    ...belongs,
  };
}

/** @param {Placed} placed @param {readonly Point[]} places within the shape */
export function pointsAt({ matrix }, places) {
  return places.map(({ x, y }) => ({ ...moved(matrix, x, y), pressure: 1 }));
}
