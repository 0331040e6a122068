// A selection resized and turned by keys, and the way to its neighbours.

import { rotation } from "../core/matrix.js";
import { neighbour } from "../editor/outline.js";
import { hasLocked, selectionFrame } from "../editor/selecting-frame.js";
import { thingsInOrder } from "../editor/selecting-next.js";
import { fitsTheBoard, resizingMatrix } from "../editor/selecting-transform.js";
import { middleOf, outOfFrame } from "../elements/box.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {"left" | "right" | "up" | "down"} Direction
 */

const DEGREE = Math.PI / 180;
/** What is made smaller stays large enough to be found. */
const SIDE_MIN = 2;

/** The right side goes right or left, the lower one down or up. @param {Editor} editor @param {number} dx @param {number} dy in board units */
export function resizeBy(editor, dx, dy) {
  const frame = frameOfFree(editor);
  if (!frame) return;
  const w = Math.max(SIDE_MIN, frame.w + dx);
  const h = Math.max(SIDE_MIN, frame.h + dy);
  const to = outOfFrame(frame, w, h);
  const sides = { across: dx === 0 ? 0 : 1, down: dy === 0 ? 0 : 1 };
  const matrix = resizingMatrix(frame, { ...sides, to, proportional: false, centred: false });
  const bounds = editor.boundsOf(editor.selection);
  if (bounds && fitsTheBoard(matrix, bounds)) editor.transformSelection(matrix, "resize");
}

/** Clockwise, about its middle. @param {Editor} editor @param {number} degrees */
export function turnBy(editor, degrees) {
  const frame = frameOfFree(editor);
  if (frame) editor.transformSelection(rotation(degrees * DEGREE, middleOf(frame)), "turn");
}

/** @param {Editor} editor */
function frameOfFree({ document, selection }) {
  return hasLocked(document, selection) ? null : selectionFrame(document, selection);
}

/** Selects what lies nearest in a direction; with nothing selected, from the middle of the view. @param {Editor} editor @param {Direction} direction @returns {boolean} whether there is something */
export function selectNeighbour(editor, direction) {
  const { camera } = editor;
  const from = editor.boundsOf(editor.selection) ?? spot(camera.middle);
  const others = thingsInOrder(editor).filter(
    ({ keys }) => !keys.some((key) => editor.selection.has(key)),
  );
  const found = neighbour(from, others, direction);
  if (!found) return false;
  editor.setTool("select");
  editor.select(found.keys);
  camera.reveal(found.bounds);
  return true;
}

/** @param {import("../core/geometry.js").Place} place */
function spot({ x, y }) {
  return { minX: x, minY: y, maxX: x, maxY: y };
}
