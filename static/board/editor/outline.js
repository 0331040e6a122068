// The outline of a board: what is on a page, in frames and groups, in the order in which one reads. Pure.

import { union } from "../core/geometry.js";
import { framesAround } from "../elements/framed.js";
import { kindOf } from "../elements/index.js";
import { FIRST_PAGE } from "../elements/sheet.js";
import { groupsOf } from "./groups.js";
import { inReadingOrder } from "./selecting-next.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/fold.js").Element} Element
 */

/**
 * `keys` are the elements that it stands for: of a frame the frame alone, of a group all its members.
 * @typedef {object} Entry
 * @property {"frame" | "group" | "element"} type
 * @property {string} id of the frame, the group or the element
 * @property {readonly string[]} keys
 * @property {Element} element of a group its first
 * @property {Bounds} bounds
 * @property {Entry[]} entries
 */

/** `entries`: null where it isn't in sight, and closed. @typedef {{id: string, element: Element, size: number, entries: Entry[] | null}} OutlinedPage */

/** @typedef {{key: string, element: Element, bounds: Bounds, path: readonly string[]}} Placed */

/** What is on a page, as a tree. @param {Iterable<[string, Element]>} elements of one page @returns {Entry[]} */
export function outlineOf(elements) {
  const all = [...elements].filter(([, { kind }]) => kind !== "page");
  const frames = new Map(all.filter(([, { kind }]) => kind === "frame"));
  /** @type {Map<string, Placed[]>} */
  const within = new Map();
  for (const [key, element] of all) {
    const [home = ""] = framesAround(element, (frame) => frames.get(frame));
    const placed = {
      key,
      element,
      bounds: kindOf(element).bounds(element),
      path: groupsOf(element),
    };
    const others = within.get(home);
    if (others) others.push(placed);
    else within.set(home, [placed]);
  }
  return entriesOf(within.get("") ?? [], within, 0);
}

/** @param {readonly Placed[]} placed @param {ReadonlyMap<string, Placed[]>} within @param {number} depth in groups @returns {Entry[]} */
function entriesOf(placed, within, depth) {
  /** @type {Map<string, Placed[]>} */
  const groups = new Map();
  /** @type {Entry[]} */
  const entries = [];
  for (const one of placed) {
    const group = one.path[depth];
    if (group === undefined) entries.push(entryOf(one, within));
    else if (groups.has(group)) groups.get(group)?.push(one);
    else groups.set(group, [one]);
  }
  for (const [group, members] of groups) {
    const [first] = members;
    // One that is alone has lost its company, or has it elsewhere.
    if (members.length === 1 && first) entries.push(...entriesOf(members, within, depth + 1));
    else if (first) entries.push(groupOf(group, members, within, depth));
  }
  return inReadingOrder(entries);
}

/** @param {Placed} placed @param {ReadonlyMap<string, Placed[]>} within @returns {Entry} */
function entryOf({ key, element, bounds }, within) {
  const type = element.kind === "frame" ? "frame" : "element";
  const inside = type === "frame" ? (within.get(key) ?? []) : [];
  return { type, id: key, keys: [key], element, bounds, entries: entriesOf(inside, within, 0) };
}

/** @param {string} group @param {readonly Placed[]} members @param {ReadonlyMap<string, Placed[]>} within @param {number} depth @returns {Entry} */
function groupOf(group, members, within, depth) {
  const entries = entriesOf(members, within, depth + 1);
  const bounds = entries.map((entry) => entry.bounds).reduce(union);
  const [first] = entries;
  const keys = members.map(({ key }) => key);
  const element = /** @type {Entry} */ (first).element;
  return { type: "group", id: group, keys, element, bounds, entries };
}

/**
 * All pages; only those that are open have been gone through.
 * @param {object} board
 * @param {Iterable<[string, Element]>} board.everything on all pages
 * @param {Iterable<[string, Element]>} board.shown on the page in sight, as it is shown
 * @param {readonly [string, Element][]} board.pages in their order
 * @param {(element: Element) => string} board.pageOf
 * @param {string} board.current
 * @param {ReadonlySet<string>} board.open
 * @returns {OutlinedPage[]}
 */
export function outlineOfBoard({ everything, shown, pages, pageOf, current, open }) {
  /** @type {Map<string, [string, Element][]>} */
  const byPage = new Map(pages.map(([key]) => [key, []]));
  for (const [key, element] of everything)
    if (element.kind !== "page") byPage.get(pageOf(element))?.push([key, element]);
  return pages.map(([id, element]) => {
    const elements = byPage.get(id) ?? [];
    const inSight = id === current;
    const wanted = inSight ? shown : open.has(id) ? elements : null;
    return { id, element, size: elements.length, entries: wanted && outlineOf(wanted) };
  });
}

/** A board without pages of its own has the first one. @type {readonly [string, Element][]} */
export const ONE_PAGE = [[FIRST_PAGE, Object.freeze({ kind: "page", z: "Zz" })]];

/** One line of an outline that is too long to be shown as a tree. @typedef {{entry: Entry, level: number, index: number, size: number}} Row */

/** A tree line by line, each with its place among its neighbours. @param {readonly Entry[]} entries @param {number} level @param {Row[]} rows @returns {Row[]} */
export function rowsOf(entries, level = 1, rows = []) {
  const size = entries.length;
  for (const [i, entry] of entries.entries()) {
    rows.push({ entry, level, index: i + 1, size });
    rowsOf(entry.entries, level + 1, rows);
  }
  return rows;
}

/** The nearest in a direction: what lies straight ahead before what lies aside. @template {{bounds: Bounds}} T @param {Bounds} from @param {readonly T[]} others @param {"left" | "right" | "up" | "down"} direction @returns {T | null} */
export function neighbour(from, others, direction) {
  const [fx, fy] = middleOf(from);
  const across = direction === "left" || direction === "right";
  const sign = direction === "right" || direction === "down" ? 1 : -1;
  /** @type {T | null} */
  let best = null;
  let least = Infinity;
  for (const other of others) {
    const [x, y] = middleOf(other.bounds);
    const ahead = sign * (across ? x - fx : y - fy);
    const aside = Math.abs(across ? y - fy : x - fx);
    // Within a right angle ahead.
    if (ahead <= 0 || aside > ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

/** @param {Bounds} bounds @returns {[number, number]} */
function middleOf({ minX, minY, maxX, maxY }) {
  return [(minX + maxX) / 2, (minY + maxY) / 2];
}
