// What changes do to connectors: the ways of those that hang on what is moved, what becomes of them where their
// elements go, and when they are torn off. Added to the editor once the board is there.

import { applyChange, effectOf } from "../core/fold.js";
import { elementKey } from "../core/ids.js";
import { Layer } from "../core/layer.js";
import { topKey } from "../core/order.js";
import { writtenAnchor } from "../elements/anchor.js";
import {
  cachedWay,
  findsItsWay,
  isBent,
  isConnector,
  routeChanged,
  targetsOfConnector,
  withoutEnds,
} from "../elements/connected.js";
import { derivedFrom } from "../elements/derived.js";
import { kindOf, withProps } from "../elements/index.js";
import { FIRST_PAGE } from "../elements/sheet.js";
import { propsOf } from "./style.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/derived.js").Get} Get
 * @typedef {import("../protocol").Patch} Patch
 * @typedef {import("../protocol").Set} SetChange
 */

/** Of the protocol, that has connectors. */
export const SCHEMA = 4;
/** What says where an element is, and so where its connectors end. */
const PLACING = new Set(
  "x y w h angle flip points text size font bold wrap round page route curve width from to".split(
    " ",
  ),
);
const SEEDS = 2 ** 31;
/** The step of the history in which a line's own points are moved. */
const BENDING = "bend";
/** Those that style lines of closed shapes only, and words that aren't there yet. */
const NOT_OF_NEW_LINES = new Set(["fill", "pattern", "size", "font", "bold", "italic", "code"]);

/** @param {Editor} editor */
export function keepConnected(editor) {
  editor.consequences.push((changes, label) => connected(editor, changes, label));
}

/** An arrow from one element to another, at whichever sides suit it. @param {string} fromKey @param {string} toKey @param {Editor} editor @returns {Extract<Change, {op: "put"}>} */
export function connectionBetween(fromKey, toKey, editor) {
  const { document, styles } = editor;
  const names = kindOf({ kind: "arrow" }).styles.filter((name) => !NOT_OF_NEW_LINES.has(name));
  const element = connectedElement(editor, {
    kind: "arrow",
    x: 0,
    y: 0,
    z: topKey(document),
    color: "black",
    width: 4,
    points: NO_WAY,
    seed: Math.floor(Math.random() * SEEDS),
    ...propsOf(styles.shape, names),
    from: writtenAnchor({ key: fromKey, point: null }),
    to: writtenAnchor({ key: toKey, point: null }),
  });
  return { op: "put", key: elementKey(), element };
}

/** Two points at the origin. */
const NO_WAY = "BgAAAAAA";

/** A new line with the way that it is going to have. @param {Editor} editor @param {Element} line @returns {Element} */
export function connectedElement(editor, line) {
  const { page } = editor.document;
  const placed = page === undefined || page === FIRST_PAGE ? line : withProps(line, { page });
  return withProps(placed, cachedWay(placed, writtenIn(editor)));
}

/** As it is shown while it is made. @param {Editor} editor @param {Element} line @returns {Element} */
export function shownConnected(editor, line) {
  return derivedFrom(line, writtenIn(editor));
}

/** Elements as they are written. @param {Pick<Editor, "document">} editor @returns {Get} */
export function writtenIn({ document }) {
  return (key) => (document.written ? document.written(key) : document.get(key));
}

/** @param {Editor} editor @param {readonly Change[]} changes @param {string} label of the step in the history @returns {Change[]} */
function connected(editor, changes, label) {
  const get = writtenIn(editor);
  const touched = new Set(changes.flatMap((change) => touchedBy(change)));
  const own = changes.flatMap((change) => ownChange(editor, change, { label, touched }));
  const after = new Layer({
    get,
    has: (key) => get(key) !== undefined,
    keys: () => editor.document.keys(),
  });
  for (const change of own) if (change.op !== "clear") applyChange(after, change, null);
  const following = [...withConnectors(editor, touched)].flatMap((key) =>
    followingChange(editor, key, after),
  );
  return [...own, ...following];
}

/** @param {Change} change @returns {string[]} */
function touchedBy(change) {
  if (change.op === "set")
    return Object.keys(change.props).some((name) => PLACING.has(name)) ? [change.key] : [];
  return change.op === "remove" ? [change.key] : [];
}

/** What a change of a connector itself has to say besides. @param {Editor} editor @param {Change} change @param {{label: string, touched: ReadonlySet<string>}} step @returns {Change[]} */
function ownChange(editor, change, { label, touched }) {
  const written = "key" in change ? writtenIn(editor)(change.key) : undefined;
  if (!written || (written.kind !== "line" && written.kind !== "arrow")) return [change];
  if (change.op === "split") return isConnector(written) ? cutApart(change, written) : [change];
  if (change.op !== "set") return [change];
  const { key, props } = change;
  const shown = editor.document.get(key) ?? written;
  if ("route" in props || "curve" in props)
    return [{ ...change, props: { ...props, ...routeChanged(shown, withProps(written, props)) } }];
  const isMoved = "x" in props || "y" in props || "points" in props;
  if (!isMoved || label === BENDING || !isConnector(written)) return [change];
  return [movedConnector(change, { written, shown, touched })];
}

/** Moved with one of its elements it still hangs on both; moved alone it is torn off. @param {SetChange} change @param {{written: Element, shown: Element, touched: ReadonlySet<string>}} connector @returns {Change} */
function movedConnector({ key, props }, { written, shown, touched }) {
  const hangs = targetsOfConnector(written).some((target) => touched.has(target));
  const isFound = findsItsWay(written) && !isBent(written);
  if (hangs) return { op: "set", key, props: isFound ? withoutPoints(props) : props };
  const { x, y, points } = shown;
  const all = /** @type {Patch} */ ({ x, y, points, ...props, ...withoutEnds(written) });
  return { op: "set", key, props: effectOf({ op: "set", key, props: all }, written) };
}

/** @param {Patch} props @returns {Patch} */
function withoutPoints({ points: _, ...others }) {
  return others;
}

/** Pieces hang on nothing; as a split they would have all that the whole had. @param {Extract<Change, {op: "split"}>} change @param {Element} written @returns {Change[]} */
function cutApart({ key, into }, written) {
  const { author: _, ...rest } = withProps(written, { ...withoutEnds(written), text: null });
  return [
    { op: "remove", key },
    ...into.map(
      (piece) =>
        /** @type {Change} */ ({ op: "put", key: piece.key, element: { ...rest, ...piece.props } }),
    ),
  ];
}

/** These, and what hangs on any of them. @param {Pick<Editor, "document">} editor @param {ReadonlySet<string>} keys @returns {ReadonlySet<string>} */
export function withConnectors({ document }, keys) {
  const all = new Set(keys);
  for (const key of keys) for (const one of document.hangingOn?.(key) ?? []) all.add(one);
  return all;
}

/** The way as it is now, for whoever reads it without finding it; where an element has gone, the way as it was last. @param {Editor} editor @param {string} key @param {Layer} after @returns {Change[]} */
function followingChange(editor, key, after) {
  const written = after.get(key);
  if (!written || !isConnector(written) || !editor.mayChange(key)) return [];
  const get = (/** @type {string} */ one) => after.get(one);
  const isLost = targetsOfConnector(written).some(
    (target) => !after.has(target) && writtenIn(editor)(target),
  );
  const shown = editor.document.get(key);
  const way =
    isLost && shown ? { x: shown.x, y: shown.y, points: shown.points } : cachedWay(written, get);
  const props = effectOf({ op: "set", key, props: /** @type {Patch} */ (way) }, written);
  return Object.keys(props).length > 0 ? [{ op: "set", key, props }] : [];
}
