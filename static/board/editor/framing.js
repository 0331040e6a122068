// What frames do to whatever changes: what comes to lie in one belongs to it, what leaves it doesn't, what is in it goes
// where it goes. All of it is in the transactions of the change itself, so that it is undone with it.

import { contains, containsPoint } from "../core/geometry.js";
import { translation } from "../core/matrix.js";
import { compareElements } from "../core/order.js";
import { middleOf } from "../elements/box.js";
import { unclipped } from "../elements/clipped.js";
import { boxOf } from "../elements/frame.js";
import { framesAround } from "../elements/framed.js";
import { kindOf, withProps } from "../elements/index.js";
import { numberOf, textOf } from "../elements/kind.js";
import { placeOf } from "./selecting-frame.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../protocol").Patch} Patch
 */

/** Properties by which an element is elsewhere. */
const PLACING = ["x", "y", "w", "h", "points"];
/** Steps that leave in its frame what is in it: a text that grows doesn't leave it, nor does what a frame is fitted to. */
const STAYING = ["write", "fit"];

/** @param {Element | undefined} element */
export function isFrame(element) {
  return element?.kind === "frame";
}

export class Framing {
  /** By frame, also while there is none: keys of what is in it. @type {Map<string, Set<string>>} */
  #content = new Map();
  /** By element. @type {Map<string, string>} */
  #frameOf = new Map();
  /** @type {Set<string>} */
  #frames = new Set();
  /** Opens a frame's name for writing, once there is something to write it in. @type {((key: string) => void) | null} */
  rename = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.#takeAll();
    editor.document.subscribe(({ keys }) => {
      if (keys === null) this.#takeAll();
      else for (const key of keys) this.#take(key, editor.document.get(key));
    });
  }

  #takeAll() {
    for (const all of [this.#content, this.#frameOf, this.#frames]) all.clear();
    for (const [key, element] of this.editor.document.entries()) this.#take(key, element);
  }

  /** @param {string} key @param {Element | undefined} element */
  #take(key, element) {
    const before = this.#frameOf.get(key);
    if (before !== undefined) this.#content.get(before)?.delete(key);
    this.#frameOf.delete(key);
    this.#frames.delete(key);
    if (isFrame(element)) this.#frames.add(key);
    const frame = element && textOf(element, "frame");
    if (!frame) return;
    this.#frameOf.set(key, frame);
    this.#content.set(frame, (this.#content.get(frame) ?? new Set()).add(key));
  }

  /** What is in a frame, and in no frame in it. @param {string} frame @returns {string[]} */
  contentOf(frame) {
    const all = [...(this.#content.get(frame) ?? [])];
    return all.filter((key) => this.framesAround(key)[0] === frame);
  }

  /** The frames that something is in, the innermost first. @param {string} key @returns {string[]} */
  framesAround(key) {
    const element = this.#written(key);
    return element ? framesAround(element, (one) => this.#written(one)) : [];
  }

  /** @param {string} key */
  #written(key) {
    const { document } = this.editor;
    return document.written ? document.written(key) : document.get(key);
  }

  /** Those, and all that is in the frames among them. @param {ReadonlySet<string>} keys @returns {ReadonlySet<string>} */
  withContent(keys) {
    const all = new Set(keys);
    for (const key of all)
      if (this.#frames.has(key)) for (const one of this.contentOf(key)) all.add(one);
    return all;
  }

  /** The changes, with what frames make of them. @param {readonly Change[]} changes @param {string} label @returns {Change[]} */
  settled(changes, label) {
    const bringsFrame = changes.some((change) => change.op === "put" && isFrame(change.element));
    if (this.#frames.size === 0 && !bringsFrame) return [...changes];
    return new Settling(this, changes, label).all();
  }

  /** @returns {[string, Element][]} */
  frames() {
    return [...this.#frames].flatMap((key) => {
      const element = this.editor.document.get(key);
      return element ? [/** @type {[string, Element]} */ ([key, element])] : [];
    });
  }
}

/** One step of the history on its way. */
class Settling {
  /** As elements will be. @type {Map<string, Element>} */
  #after = new Map();
  /** Frames that are moved as they are, with what they hold. @type {Map<string, import("../core/matrix.js").Matrix>} */
  #moved = new Map();
  /** @type {Set<string>} */
  #removed = new Set();
  /** @type {Change[]} */
  #added = [];

  /** @param {Framing} framing @param {readonly Change[]} changes @param {string} label */
  constructor(framing, changes, label) {
    this.framing = framing;
    this.document = framing.editor.document;
    this.changes = changes;
    this.label = label;
    for (const change of changes) this.#note(change);
    /** The topmost first. */
    this.frames = this.#framesAfter();
  }

  all() {
    const settled = this.changes.map((change) => this.#settle(change));
    for (const [frame, matrix] of this.#moved) this.#bringAlong(frame, matrix);
    for (const change of this.changes) {
      if (change.op === "remove") this.#letGo(change.key);
      if (change.op === "put" && isFrame(change.element) && this.label === "draw")
        this.#takeIn(change.key, change.element);
    }
    return [...settled, ...this.#added];
  }

  /** @param {Change} change */
  #note(change) {
    if (change.op === "put") this.#after.set(change.key, change.element);
    else if (change.op === "remove") this.#removed.add(change.key);
    else if (change.op === "set") {
      const before = this.document.get(change.key);
      if (!before) return;
      const after = withProps(before, change.props);
      this.#after.set(change.key, after);
      const way = this.label === "fit" ? null : wayOf(before, after);
      if (isFrame(before) && way) this.#moved.set(change.key, way);
    }
  }

  #framesAfter() {
    const all = new Map(this.framing.frames());
    for (const [key, element] of this.#after) if (isFrame(element)) all.set(key, element);
    for (const key of this.#removed) all.delete(key);
    return [...all].sort(compareElements).reverse();
  }

  /** @param {Change} change @returns {Change} */
  #settle(change) {
    if (change.op !== "put" && change.op !== "set") return change;
    const after = this.#after.get(change.key);
    if (!after || after.kind === "page" || !this.#isPlaced(change)) return change;
    const now = textOf(after, "frame") || null;
    const next = isFrame(after)
      ? this.#frameAround(change.key, after, now)
      : this.#frameFor(after, now);
    if (next === now) return change;
    if (change.op === "set") return { ...change, props: { ...change.props, frame: next } };
    if (change.op !== "put") return change;
    const { frame: _, ...element } = change.element;
    return { ...change, element: next === null ? element : { ...element, frame: next } };
  }

  /** @param {Change} change */
  #isPlaced(change) {
    if (change.op === "put") return true;
    if (change.op !== "set" || STAYING.includes(this.label) || "frame" in change.props)
      return false;
    return PLACING.some((name) => name in change.props);
  }

  /** @param {Element} element @param {string | null} now @returns {string | null} */
  #frameFor(element, now) {
    if (now !== null && this.#goesAlong(now)) return now;
    const middle = middleOf(kindOf(element).frame(element));
    return this.#innermost(([, frame]) => containsPoint(boxOf(frame), middle));
  }

  /** A frame belongs to one that it is wholly in, and stays in its own while its middle is. @param {string} key @param {Element} frame @param {string | null} now @returns {string | null} */
  #frameAround(key, frame, now) {
    if (now !== null && this.#goesAlong(now)) return now;
    const box = boxOf(frame);
    const middle = middleOf(kindOf(frame).frame(frame));
    return this.#innermost(([one, around]) => {
      if (one === key || this.#framesAround(one).includes(key)) return false;
      const outer = boxOf(around);
      return one === now ? containsPoint(outer, middle) : contains(outer, box);
    });
  }

  /** The topmost of those in which there is no other. @param {(frame: [string, Element]) => boolean} fits @returns {string | null} */
  #innermost(fits) {
    const found = this.frames.filter(fits).map(([key]) => key);
    const around = new Set(found.flatMap((key) => this.#framesAround(key)));
    return found.find((key) => !around.has(key)) ?? null;
  }

  /** As elements will be. @param {string} key @returns {string[]} */
  #framesAround(key) {
    const get = (/** @type {string} */ one) => this.#after.get(one) ?? this.document.get(one);
    const element = get(key);
    return element ? framesAround(element, get) : [];
  }

  /** Whatever goes with its frame, or comes with it, stays in it. @param {string} frame */
  #goesAlong(frame) {
    const isPut = this.#after.has(frame) && !this.document.has(frame);
    return (
      isPut || [frame, ...this.framing.framesAround(frame)].some((key) => this.#moved.has(key))
    );
  }

  /** @param {string} frame @param {import("../core/matrix.js").Matrix} matrix */
  #bringAlong(frame, matrix) {
    for (const key of this.framing.contentOf(frame)) {
      const element = this.#otherwiseUnchanged(key);
      if (!element) continue;
      this.#set(key, kindOf(element).transform(element, matrix));
      if (isFrame(element)) this.#bringAlong(key, matrix);
    }
  }

  /** What is in a frame that goes stays where it is, in the frame around that. @param {string} frame */
  #letGo(frame) {
    if (!isFrame(this.document.get(frame))) return;
    const around = this.framing.framesAround(frame).find((key) => !this.#removed.has(key)) ?? null;
    for (const key of this.framing.contentOf(frame))
      if (this.#otherwiseUnchanged(key)) this.#set(key, { frame: around });
  }

  /** A frame drawn around things holds those that are wholly in it, and in no other. @param {string} frame @param {Element} element */
  #takeIn(frame, element) {
    const box = boxOf(element);
    const outer = this.#frameAround(frame, element, null);
    for (const key of this.framing.editor.spatial.search(box)) {
      const one = this.#otherwiseUnchanged(key);
      if (!one || key === outer || !contains(box, placeOf(one))) continue;
      if ((this.framing.framesAround(key)[0] ?? null) === outer) this.#set(key, { frame });
    }
  }

  /** @param {string} key @returns {Element | null} */
  #otherwiseUnchanged(key) {
    if (this.#after.has(key) || this.#removed.has(key)) return null;
    const element = this.document.get(key);
    return element && this.framing.editor.mayChange(key) ? unclipped(element) : null;
  }

  /** @param {string} key @param {Patch} props */
  #set(key, props) {
    this.#added.push({ op: "set", key, props });
  }
}

/** How a frame is moved that keeps its size; null: it isn't, or is made larger. @param {Element} before @param {Element} after */
function wayOf(before, after) {
  if (before.w !== after.w || before.h !== after.h) return null;
  const dx = numberOf(after, "x", 0) - numberOf(before, "x", 0);
  const dy = numberOf(after, "y", 0) - numberOf(before, "y", 0);
  return dx === 0 && dy === 0 ? null : translation(dx, dy);
}
