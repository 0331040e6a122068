// Lines: a drag draws a straight one, clicks draw one of many corners, a click on the first closes it. Ends that come
// to elements stick to them.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { connectedElement, SCHEMA, shownConnected } from "../editor/connecting.js";
import { propsOf } from "../editor/style.js";
import { elbowThrough } from "../elements/connected.js";
import { kindOf } from "../elements/index.js";
import { pathThrough } from "../elements/path-points.js";
import { stepExponent } from "./ink.js";
import { LineEnds } from "./line-ends.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../protocol").Properties} Properties
 */

/**
 * A line in the making; its last place is where the pointer is.
 * @typedef {object} Drawing
 * @property {string} key
 * @property {string} z
 * @property {number} seed
 * @property {number} step as in the protocol
 * @property {Place[]} places
 * @property {{px: number, py: number}} press
 * @property {boolean} clicking
 * @property {LineEnds} ends
 */

/** A hand trembles: a press becomes a drag only after so many pixels. */
const DRAG_PIXELS = { mouse: 4, pen: 6, touch: 10 };
/** So near, in pixels, a click is on a point that is there. */
const ON_POINT_PIXELS = { mouse: 8, pen: 10, touch: 18 };
const TURN = Math.PI / 12;
const GRID = 20;
/** What the protocol allows of a place, and more corners than anybody clicks. */
const EDGE = 1_000_000;
const PLACES_MAX = 1000;
const SEEDS = 2 ** 31;
const FILLINGS = new Set(["fill", "pattern"]);
const HEADS = new Set(["head", "tail"]);
/** Of its label, which it doesn't have yet. */
const OF_TEXT = new Set(["font", "size", "bold", "italic", "code"]);

/** @implements {Tool} */
export class Line {
  name = "line";
  /** @type {"line" | "arrow"} */
  kind = "line";
  cursor = "crosshair";
  changes = true;
  style = /** @type {const} */ ("shape");
  schema = 2;
  /** @type {Drawing | null} */
  #drawing = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  unfinished() {
    return this.#drawing?.clicking ?? false;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    const drawing = this.#drawing;
    if (!drawing) {
      this.#begin(at);
      return;
    }
    drawing.press = at;
    const { places } = drawing;
    const fixed = places.slice(0, -1);
    if (fixed.length > 2 && this.#isOn(at, fixed[0])) this.#finish(fixed, true);
    else if (this.#isOn(at, fixed.at(-1)) || places.length >= PLACES_MAX)
      this.#finish(fixed, false, true);
    else {
      this.#lead(drawing, at);
      drawing.ends.fix();
      // Its corners are found, not clicked.
      if (this.#isElbow) this.#finish(places);
    }
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    const drawing = this.#drawing;
    if (!drawing) return;
    if (!drawing.clicking && isNear(at, drawing.press, DRAG_PIXELS[at.pointerType])) return;
    this.#lead(drawing, at);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const drawing = this.#drawing;
    if (!drawing) return;
    const isClick = isNear(at, drawing.press, DRAG_PIXELS[at.pointerType]);
    if (!isClick) this.#lead(drawing, at);
    if (!isClick && !drawing.clicking) {
      this.#finish(drawing.places);
      return;
    }
    // From the first click on there are two places already: its own, and the one that follows the pointer.
    if (drawing.clicking) drawing.places.push({ .../** @type {Place} */ (drawing.places.at(-1)) });
    drawing.clicking = true;
  }

  /** What has been clicked stays; a drag that is broken off doesn't. */
  onCancel() {
    const drawing = this.#drawing;
    if (!drawing) return;
    const fixed = drawing.places.slice(0, -1);
    if (drawing.clicking && fixed.length > 1) this.#finish(fixed, false, true);
    else this.#showNothing();
  }

  /** @param {PointerInfo} at */
  #begin(at) {
    const { document, camera } = this.editor;
    const place = this.#placeOf(at, null);
    this.#drawing = {
      key: elementKey(),
      z: topKey(document),
      seed: Math.floor(Math.random() * SEEDS),
      step: stepExponent(camera.zoom),
      places: [place, place],
      press: at,
      clicking: false,
      ends: new LineEnds(this.editor, at),
    };
  }

  /** The end goes where the pointer is. @param {Drawing} drawing @param {PointerInfo} at */
  #lead(drawing, at) {
    const { places, key } = drawing;
    places[places.length - 1] = this.#placeOf(at, places.at(-2) ?? null);
    drawing.ends.lead(at);
    const line = this.#element(drawing, places, false, drawing.ends.props());
    const element = shownConnected(this.editor, line);
    this.editor.show({ drafts: [[key, element]] });
    this.editor.live.draft(key, element);
  }

  get #isElbow() {
    return this.editor.styles.shape.route === "elbow" && this.editor.session.schema >= SCHEMA;
  }

  /** @param {readonly Place[]} places @param {boolean} [closed] @param {boolean} [atLastClick] whether it ends there */
  #finish(places, closed = false, atLastClick = false) {
    const drawing = /** @type {Drawing} */ (this.#drawing);
    const { editor } = this;
    if (places.length < 2) {
      this.#showNothing();
      return;
    }
    this.#drawing = null;
    const ends = closed ? {} : drawing.ends.props(atLastClick);
    const element = connectedElement(editor, this.#element(drawing, places, closed, ends));
    editor.commit([{ op: "put", key: drawing.key, element }], "draw");
    // Only now, in the same turn: the next frame shows the finished line instead of the draft.
    editor.show({ drafts: [], aim: null });
    if (editor.settings.keepTool) return;
    editor.setTool("select");
    editor.select([drawing.key]);
  }

  #showNothing() {
    if (!this.#drawing) return;
    this.editor.live.draft(this.#drawing.key, null);
    this.#drawing.ends.end();
    this.#drawing = null;
    this.editor.show({ drafts: [] });
  }

  /** @param {Drawing} drawing @param {readonly Place[]} places @param {boolean} closed @param {Record<string, string>} ends what it sticks to @returns {Properties} */
  #element({ z, seed, step }, places, closed, ends) {
    const { kind } = this;
    const isElbow = this.#isElbow && !closed;
    const names = kindOf({ kind }).styles.filter(
      (name) =>
        (closed || !FILLINGS.has(name)) &&
        (kind === "arrow" || !HEADS.has(name)) &&
        (isElbow || name !== "route") &&
        !OF_TEXT.has(name),
    );
    const props = propsOf(this.editor.styles.shape, names);
    const way = isElbow ? elbowThrough({ kind, ...props }, places) : places;
    return { kind, ...pathThrough(way, step, closed), z, seed, ...props, ...ends };
  }

  /** With Shift in steps of fifteen degrees from the place before. @param {PointerInfo} at @param {Place | null} from @returns {Place} */
  #placeOf({ x, y, shift }, from) {
    const { snapToGrid } = this.editor.settings;
    const place = shift && from ? turned(from, { x, y }) : { x, y };
    const onGrid = snapToGrid && !(shift && from);
    const within = (/** @type {number} */ value) =>
      Math.min(EDGE, Math.max(-EDGE, onGrid ? Math.round(value / GRID) * GRID : value));
    return { x: within(place.x), y: within(place.y) };
  }

  /** @param {PointerInfo} at @param {Place | undefined} place */
  #isOn(at, place) {
    if (!place) return false;
    const { x, y } = this.editor.camera.toScreen(place);
    return isNear(at, { px: x, py: y }, ON_POINT_PIXELS[at.pointerType]);
  }
}

/** @param {{px: number, py: number}} a @param {{px: number, py: number}} b @param {number} pixels */
function isNear(a, b, pixels) {
  return Math.hypot(a.px - b.px, a.py - b.py) <= pixels;
}

/** @param {Place} from @param {Place} to @returns {Place} */
function turned(from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const angle = TURN * Math.round(Math.atan2(to.y - from.y, to.x - from.x) / TURN);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}
