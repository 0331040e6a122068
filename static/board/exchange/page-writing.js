// What of the board goes into a file: page by page the elements as they are shown, and the box that they lie in.

import "../elements/others.js";
import { expand, union } from "../core/geometry.js";
import { compareElements } from "../core/order.js";
import { t } from "../core/translate.js";
import { kindOf } from "../elements/index.js";
import { canvasColor } from "../elements/ink.js";
import { allArrived, onArrival } from "../elements/later.js";
import { Sheet } from "../elements/sheet.js";
import { paintPaper } from "../view/paper.js";
import { Assets } from "./assets-writing.js";
import { withFewerCurves } from "./fewer-curves.js";
import { Pace } from "./pace.js";
import { Recording } from "./recording.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../elements/kind.js").Context} Context
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./format.js").Wanted} Wanted
 * @typedef {import("./recording.js").Mark} Mark
 * @typedef {import("./recording.js").Ruler} Ruler
 */

/**
 * @typedef {object} Page
 * @property {string} key
 * @property {string} name empty: it has none
 * @property {[key: string, element: Element][]} entries lowest first
 * @property {Bounds} box
 * @property {boolean} sheet whether it has a size of its own
 */

/** What an element has left. @typedef {{key: string, element: Element, marks: Mark[]}} Part */
/** @typedef {{key: string, name: string, sheet: boolean, left: number, top: number, width: number, height: number, background: string | null, paper: Mark[], parts: Part[]}} Recorded in board units from the upper left corner, which is at `left, top` of the board */

/** Around the ink, in board units. */
const PADDING = 32;
/** An empty board is a page as well. @type {Bounds} */
const EMPTY = { minX: 0, minY: 0, maxX: 640, maxY: 400 };
/** Pixels per board unit that details are drawn for: enough to look closely at, and no text too small to be text. */
const DETAIL = 4;
/** Where nothing can measure, as in tests without a browser. */
const LETTER = 0.55;
/** Parts of a picture are parts of its sides, however long those are. */
const STAND_IN = /** @type {import("../elements/pictures.js").Bitmap} */ (
  /** @type {unknown} */ ({ width: 1, height: 1 })
);

/** @param {Wanted} wanted @returns {Page[]} */
export function pagesOf(wanted) {
  return wanted.pages.map((key) => {
    const page = unfitted(wanted, key);
    return { ...page, box: page.box ?? boxAround(page.entries) };
  });
}

/** The same, in slices. @param {Wanted} wanted @param {Pace} pace */
async function pagesInTurns(wanted, pace) {
  /** @type {Page[]} */
  const pages = [];
  for (const key of wanted.pages) {
    const page = unfitted(wanted, key);
    /** @type {Bounds | null} */
    let around = null;
    for (const [, element] of page.box ? [] : page.entries) {
      const box = kindOf(element).bounds(element);
      around = around ? union(around, box) : box;
      await pace.rest();
    }
    pages.push({ ...page, box: page.box ?? roomAround(around) });
  }
  return pages;
}

/** Without a box where it is to be fitted around what is on it. @param {Wanted} wanted @param {string} key @returns {Omit<Page, "box"> & {box: Bounds | null}} */
function unfitted({ editor, keys, bounds }, key) {
  const { document } = /** @type {Sheet} */ (editor.document);
  const sheet = new Sheet(document);
  sheet.turnTo(key);
  const entries = [...sheet.entries()]
    .filter(([each]) => keys === null || keys.has(each))
    .sort(compareElements);
  sheet.close();
  const page = document.get(key);
  const { name, w, h } = page?.kind === "page" ? page : {};
  const sized = typeof w === "number" && typeof h === "number" && w > 0 && h > 0;
  const own = sized && keys === null ? { minX: 0, minY: 0, maxX: w, maxY: h } : null;
  return {
    key,
    name: typeof name === "string" ? name : "",
    entries,
    box: bounds ?? own,
    sheet: own !== null && bounds === null,
  };
}

/** @param {Page["entries"]} entries @returns {Bounds} */
function boxAround(entries) {
  const boxes = entries.map(([, element]) => kindOf(element).bounds(element));
  return roomAround(boxes.length > 0 ? boxes.reduce(union) : null);
}

/** @param {Bounds | null} box of the ink */
function roomAround(box) {
  return box ? onWholeUnits(expand(box, PADDING)) : EMPTY;
}

/** So that pixels of a picture are those of the screen, and the same in every format. @param {Bounds} bounds @returns {Bounds} */
function onWholeUnits({ minX, minY, maxX, maxY }) {
  return {
    minX: Math.floor(minX),
    minY: Math.floor(minY),
    maxX: Math.ceil(maxX),
    maxY: Math.ceil(maxY),
  };
}

/**
 * The pages as marks, once everything that they need has come.
 * @param {Wanted} wanted @param {(part: number) => void} [told] hears how much is done, from 0 to 1
 * @param {Assets} [assets] @param {Ruler} [ruler]
 * @returns {Promise<Recorded[]>}
 */
export async function recordPages(
  wanted,
  told = () => {},
  assets = new Assets(wanted),
  ruler = newRuler(),
) {
  const pictures = await standInsFor(wanted, assets);
  const view = { theme: wanted.theme, pictures };
  const all = () => recordAll(wanted, { view, ruler, told });
  let late = false;
  const stop = onArrival(() => {
    late = true;
  });
  const first = await all();
  // Whatever the elements are still waiting for, a font say, was asked for by painting them.
  await allArrived();
  stop();
  return late ? all() : first;
}

/** What stands for pictures in marks: their data goes from the server into the file. @param {Wanted} wanted @param {Assets} assets @returns {Promise<NonNullable<PaintView["pictures"]>>} */
async function standInsFor(wanted, assets) {
  const ids = wanted.pages.flatMap((key) =>
    unfitted(wanted, key).entries.flatMap(([, element]) => assetOf(element)),
  );
  const missing = await assets.missing(ids);
  for (const _ of missing) wanted.lost?.(t("A picture that can't be reached"));
  return { at: (id) => (missing.has(id) ? "failed" : STAND_IN) };
}

/** @param {Element} element */
function assetOf({ kind, asset }) {
  return kind === "image" && typeof asset === "string" ? [asset] : [];
}

/** What recording needs. @typedef {{view: Pick<PaintView, "theme" | "pictures">, ruler: Ruler, told: (part: number) => void}} Tools */

/** @param {Wanted} wanted @param {Tools} tools */
async function recordAll(wanted, tools) {
  const pace = new Pace(wanted.signal);
  const pages = await pagesInTurns(wanted, pace);
  const count = pages.reduce((sum, { entries }) => sum + entries.length, 0);
  let done = 0;
  pace.onRest = () => tools.told(done / count);
  /** @type {Recorded[]} */
  const recorded = [];
  for (const page of pages)
    recorded.push(
      await record(page, wanted, tools, () => {
        done++;
        return pace.rest();
      }),
    );
  return recorded;
}

/** @param {Page} page @param {Wanted} wanted @param {Tools} tools @param {() => Promise<void>} rest @returns {Promise<Recorded>} */
async function record({ key: page, entries, box, name, sheet }, wanted, { view, ruler }, rest) {
  const { theme, transparent } = wanted;
  const [left, top] = [box.minX * DETAIL, box.minY * DETAIL];
  // What is as large on every screen is as large as on one that isn't zoomed.
  const closely = { ...view, scale: DETAIL, ratio: DETAIL, left, top };
  const recording = new Recording(ruler, DETAIL);
  const ctx = /** @type {Context} */ (/** @type {unknown} */ (recording));
  /** @type {Part[]} */
  const parts = [];
  for (const [key, element] of entries) {
    recording.save();
    kindOf(element).draw(ctx, element, closely);
    recording.restore();
    const marks = recording.take();
    for (const mark of eachMark(marks))
      if (mark.type === "fill") mark.path = withFewerCurves(mark.path);
    if (marks.length > 0) parts.push({ key, element, marks });
    await rest();
  }
  return {
    key: page,
    name,
    sheet,
    left: box.minX,
    top: box.minY,
    width: box.maxX - box.minX,
    height: box.maxY - box.minY,
    background: transparent ? null : canvasColor(theme),
    paper: transparent ? [] : paperOf(wanted, box, ruler),
    parts,
  };
}

/** Its lines are one unit thin, as on a screen that isn't zoomed. @param {Wanted} wanted @param {Bounds} box @param {Ruler} ruler */
function paperOf({ theme, paper = "blank" }, { minX, minY, maxX, maxY }, ruler) {
  const recording = new Recording(ruler, 1);
  const view = { theme, paper, scale: 1, left: Math.round(minX), top: Math.round(minY) };
  const ctx = /** @type {Context} */ (/** @type {unknown} */ (recording));
  paintPaper(ctx, view, Math.ceil(maxX - minX), Math.ceil(maxY - minY));
  return recording.take();
}

/** @returns {Ruler} */
export function newRuler() {
  const ctx =
    typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("2d");
  if (ctx) return ctx;
  return {
    font: "",
    textBaseline: "alphabetic",
    measureText(text) {
      return {
        width:
          text.length * LETTER * (Number.parseFloat(this.font.match(/([\d.]+)px/)?.[1] ?? "") || 0),
      };
    },
  };
}

/** All marks of some, those within groups too. @param {readonly Mark[]} marks @returns {Generator<Exclude<Mark, {type: "group"}>>} */
export function* eachMark(marks) {
  for (const mark of marks)
    if (mark.type === "group") yield* eachMark(mark.marks);
    else yield mark;
}
