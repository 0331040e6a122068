// Connectors bent without a handle in the hand: a piece of an elbow laid a step further, the middle of a curve moved,
// and both found anew.

import { isUpright } from "../core/routing-bent.js";
import {
  bendable,
  cornersOfElbow,
  elbowThrough,
  findsItsWay,
  isBent,
  isConnector,
  routeOf,
  withPieceMoved,
  writtenWay,
} from "../elements/connected.js";
import { withProps } from "../elements/index.js";
import { middleOfPath, pointsOfPath } from "../elements/path-points.js";
import { shownConnected, writtenIn } from "./connecting.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../protocol").Patch} Patch
 */

/** The step of the history, of which connectors know that they aren't torn off. */
const BEND = "bend";
/** A curve with more places has been drawn point by point. */
const PLACES_OF_BOW = 3;

/** The connector that is selected alone, if keys can bend it. @param {Editor} editor @returns {{key: string, shown: Element} | null} */
export function bendableConnector({ document, selection, readOnly }) {
  const [key = ""] = selection;
  const shown = selection.size === 1 && !readOnly ? document.get(key) : undefined;
  if (!shown || !isConnector(shown)) return null;
  const route = routeOf(shown);
  if (route === "elbow") return piecesOf(shown).length > 0 ? { key, shown } : null;
  const written = document.written?.(key) ?? shown;
  const isBow = findsItsWay(written) || pointsOfPath(written).length <= PLACES_OF_BOW;
  return route === "curve" && isBow ? { key, shown } : null;
}

/** Those that can be laid elsewhere, by the index of their first corner. @param {Element} elbow */
function piecesOf(elbow) {
  const corners = cornersOfElbow(elbow);
  return corners.slice(1, -2).flatMap((a, i) => {
    const b = corners[i + 2];
    return b ? [{ index: i + 1, a, b, length: Math.hypot(b.x - a.x, b.y - a.y) }] : [];
  });
}

/** Across or down, in board units: the longest piece that goes the other way, or the middle of a curve. @param {Editor} editor @param {number} dx @param {number} dy @returns {boolean} whether there was one */
export function bendBy(editor, dx, dy) {
  const connector = bendableConnector(editor);
  if (!connector) return false;
  const { key, shown } = connector;
  const patch =
    routeOf(shown) === "elbow"
      ? pieceMovedBy(editor, shown, { dx, dy })
      : bowMovedBy(shown, { dx, dy });
  if (patch) editor.setOf([key], BEND, () => patch);
  return patch !== null;
}

/** @param {Editor} editor @param {Element} shown @param {{dx: number, dy: number}} by @returns {Patch | null} */
function pieceMovedBy(editor, shown, { dx, dy }) {
  const [longest] = piecesOf(shown)
    .filter(({ a, b }) => isUpright(a, b) === (dx !== 0))
    .sort((one, other) => other.length - one.length);
  if (!longest) return null;
  const { index, a } = longest;
  return pieceLaid(editor, shown, index, { x: a.x + dx, y: a.y + dy });
}

/** Where a piece can't be laid, the way is found as if nobody had. @param {Editor} editor @param {Element} shown @param {number} index @param {Place} to @returns {Patch} */
export function pieceLaid(editor, shown, index, to) {
  const bent = shownConnected(editor, withProps(shown, withPieceMoved(shown, index, to)));
  return writtenWay(shown, pointsOfPath(bent));
}

/** @param {Element} shown @param {{dx: number, dy: number}} by @returns {Patch} */
function bowMovedBy(shown, { dx, dy }) {
  const places = pointsOfPath(shown);
  const { x, y } = middleOfPath(shown);
  const [first, last] = [places[0], places.at(-1)];
  return first && last ? writtenWay(shown, [first, { x: x + dx, y: y + dy }, last]) : {};
}

/** Lets a selected elbow find its way again. @param {Editor} editor @returns {boolean} whether somebody had laid it */
export function unbend(editor) {
  const [key = ""] = editor.selection;
  const written = writtenIn(editor)(key);
  if (!written || !isBent(written)) return false;
  const ends = pointsOfPath(bendable(written, written));
  const found = withProps(written, writtenWay(written, elbowThrough(written, ends)));
  const patch = writtenWay(written, pointsOfPath(shownConnected(editor, found)));
  editor.setOf([key], BEND, () => patch);
  return true;
}
