// The hand without a pointer: a place on the board that keys move, and at which any tool can be pressed and let go.

import { intersects } from "../core/geometry.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 */

/** Tools that act on a press alone; with the others the first press begins and the second ends. */
const CLICKED = new Set(["text", "note", "comment", "eyedropper", "line", "arrow"]);
/** Tools that don't act where the hand is. */
const WITHOUT_PLACE = new Set(["select", "hand"]);
/** So close to the edge of the view the board comes along, in pixels. */
const EDGE_PIXELS = 96;
/** On the way from one place to the next, for what draws along it. */
const SAMPLE_PIXELS = 8;
/** A step takes so long for whoever measures how quick a hand is: it is a calm one, and never scribbles. */
const SAMPLE_MS = 60;
const FAR = 1_000_000;

/** @typedef {"pressed" | "clicked" | "done" | "moved" | "gone"} Deed */

export class KeyboardHand {
  /** Where it is; null: nobody uses it. @type {Place | null} */
  place = null;
  isDown = false;
  #time = 0;
  /** @type {Set<(deed: Deed) => void>} */
  #listeners = new Set();

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    editor.subscribe(({ type }) => {
      // Escape, or rights that have gone, may have ended what was begun.
      if (type === "busy" && this.isDown && !editor.busy) this.isDown = false;
      if (type === "tool" && !this.hasTool) this.leave();
    });
  }

  /** @param {(deed: Deed) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether the tool in the hand acts at a place. */
  get hasTool() {
    const { tool, readOnly } = this.editor;
    return tool !== null && !WITHOUT_PLACE.has(tool.name) && !(tool.changes && readOnly);
  }

  /** Comes to the middle of the view, unless it is somewhere in sight. */
  come() {
    const { camera } = this.editor;
    const { x = 0, y = 0 } = this.place ?? {};
    const spot = { minX: x, minY: y, maxX: x, maxY: y };
    if (!this.place || (!this.isDown && !intersects(spot, camera.viewBounds())))
      this.place = camera.middle;
    this.#tell("moved");
  }

  /** A pointer has taken over. */
  leave() {
    if (!this.place) return;
    if (this.isDown) this.editor.pointerCancel();
    this.isDown = false;
    this.place = null;
    this.#tell("gone");
  }

  /** @param {number} dx @param {number} dy in pixels of the screen */
  move(dx, dy) {
    this.come();
    const { zoom } = this.editor.camera;
    const from = /** @type {Place} */ (this.place);
    const to = { x: inside(from.x + dx / zoom), y: inside(from.y + dy / zoom) };
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / SAMPLE_PIXELS));
    for (let i = 1; i <= steps; i++) {
      this.place = between(from, to, i / steps);
      if (this.isDown) this.editor.pointerMove(this.#at());
      else this.editor.pointerHover(this.#at());
    }
    this.#keepInView();
    this.#tell("moved");
  }

  /** Presses the tool, or lets it go. */
  press() {
    if (!this.hasTool) return;
    this.come();
    const { editor } = this;
    const { tool } = editor;
    if (this.isDown) {
      this.isDown = false;
      editor.pointerUp(this.#at());
      this.#tell("done");
    } else if (CLICKED.has(tool?.name ?? "")) {
      // The press may end a line, and with it the use of the hand.
      const at = this.#at();
      editor.pointerDown(at);
      editor.pointerUp(at);
      this.#tell("clicked");
    } else {
      editor.pointerDown(this.#at());
      this.isDown = true;
      this.#tell("pressed");
    }
  }

  /** @returns {PointerInfo} */
  #at() {
    const place = /** @type {Place} */ (this.place);
    const { x: px, y: py } = this.editor.camera.toScreen(place);
    this.#time += SAMPLE_MS;
    const keys = { shift: false, alt: false, ctrl: false };
    const rest = { pressure: 0.5, time: this.#time, button: 0, coalesced: [], steps: true };
    return { ...place, px, py, pointerType: "mouse", ...rest, ...keys };
  }

  #keepInView() {
    const { camera } = this.editor;
    const { x, y } = camera.toScreen(/** @type {Place} */ (this.place));
    camera.panBy(beyond(x, camera.width), beyond(y, camera.height));
  }

  /** @param {Deed} deed */
  #tell(deed) {
    for (const listener of this.#listeners) listener(deed);
  }
}

/** How far the board has to come along. @param {number} at @param {number} size of the view */
function beyond(at, size) {
  const edge = Math.min(EDGE_PIXELS, size / 4);
  if (at < edge) return edge - at;
  return at > size - edge ? size - edge - at : 0;
}

/** @param {Place} from @param {Place} to @param {number} part */
function between(from, to, part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** @param {number} value */
function inside(value) {
  return Math.min(FAR, Math.max(-FAR, value));
}
