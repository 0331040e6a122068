// The pointer: tells drawing from panning and zooming, palms from fingers, and passes the rest to the tool.

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {{px: number, py: number}} Place
 */

/**
 * What the pointer is doing. Touches are told apart by their ids; a mouse and a pen are one pointer each.
 * @typedef {{name: "resting"}
 *   | {name: "tool", id: number, touch: boolean, from: PointerInfo}
 *   | {name: "panning", id: number, last: Place}
 *   | {name: "pinching", first: number, second: number}
 *   | {name: "spent"}} State
 */

/** A hand rests on the glass a moment longer than the pen that it holds. */
const PALM_MS = 700;
/** A second finger this soon, or before the first has come this far, meant to pan all along. */
const JUST_BEGUN_MS = 300;
const JUST_BEGUN_PIXELS = 14;
/** Wheel turns in lines or pages, as pixels. */
const LINE_PIXELS = 18;
const PAGE_PIXELS = 400;
const ZOOM_PER_WHEEL_PIXEL = 0.01;
/** One notch of a mouse wheel is 100 pixels or more; unbounded it would zoom by e in one go. */
const WHEEL_ZOOM_MAX = 30;
const PRIMARY = 0;
const MIDDLE = 1;
const PEN_RUBBER = 5;
/** @type {State} */
const RESTING = { name: "resting" };
/** After a pinch, until the last finger is lifted. @type {State} */
const SPENT = { name: "spent" };

export class Pointer {
  /** @type {State} */
  #state = RESTING;
  /** Fingers that count, palms left out. @type {Map<number, Place>} */
  #fingers = new Map();
  #penDown = false;
  #penUntil = Number.NEGATIVE_INFINITY;
  #handHeld = false;

  /**
   * @param {{editor: Editor, canvas: HTMLElement, onHand?: (hand: "open" | "closed" | null) => void}} parts
   */
  constructor({ editor, canvas, onHand }) {
    this.editor = editor;
    this.canvas = canvas;
    this.onHand = onHand ?? (() => {});
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.cancel(event));
    canvas.addEventListener("pointerleave", (event) => this.leave(event));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    // Older Safari zooms the page by gestures of its own, whatever touch-action says.
    canvas.addEventListener("gesturestart", (event) => event.preventDefault());
    canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  }

  /** While the space bar is held, the pointer is a hand. @param {boolean} held */
  holdHand(held) {
    if (this.#handHeld === held) return;
    this.#handHeld = held;
    this.#tellHand();
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.pointerType === "touch") this.#fingerDown(event);
    else this.#deviceDown(event);
  }

  /** A mouse or a pen. @param {PointerEvent} event */
  #deviceDown(event) {
    if (event.pointerType === "pen") this.#penComes();
    if (this.#state.name !== "resting") return;
    if (event.button === MIDDLE || (event.button === PRIMARY && this.#handHeld))
      this.#startPan(event);
    else if (event.button === PRIMARY) this.#startTool(event);
    else if (event.button === PEN_RUBBER) this.#startTool(event, "eraser");
  }

  /** @param {PointerEvent} event */
  #fingerDown(event) {
    if (this.#penDown || event.timeStamp < this.#penUntil) return;
    this.#fingers.set(event.pointerId, placeOf(event));
    const state = this.#state;
    if (state.name === "resting" && this.#fingers.size === 1) {
      this.#startTool(event);
    } else if (state.name === "tool" && state.touch) {
      this.#endForPinch(state, event);
      this.#set({ name: "pinching", first: state.id, second: event.pointerId });
    }
  }

  /** @param {State & {name: "tool"}} state @param {PointerEvent} event */
  #endForPinch({ id, from }, event) {
    const at = this.#fingers.get(id) ?? from;
    const soon = event.timeStamp - from.time < JUST_BEGUN_MS;
    const near = Math.hypot(at.px - from.px, at.py - from.py) < JUST_BEGUN_PIXELS;
    if (soon || near) this.editor.pointerCancel();
    else
      this.editor.pointerUp({
        ...from,
        ...at,
        ...this.editor.camera.toBoard({ x: at.px, y: at.py }),
        coalesced: [],
      });
  }

  /** Whatever the palm has begun before the pen touched is taken back. */
  #penComes() {
    this.#penDown = true;
    if (this.#fingers.size === 0) return;
    this.#fingers.clear();
    this.editor.pointerCancel();
    this.#set(RESTING);
  }

  /** @param {PointerEvent} event @param {string} [tool] */
  #startTool(event, tool) {
    const from = this.#info(event);
    this.#capture(event);
    this.#set({ name: "tool", id: event.pointerId, touch: event.pointerType === "touch", from });
    this.editor.pointerDown(from, tool);
  }

  /** @param {PointerEvent} event */
  #startPan(event) {
    event.preventDefault();
    this.#capture(event);
    this.#set({ name: "panning", id: event.pointerId, last: placeOf(event) });
  }

  /** @param {PointerEvent} event */
  move(event) {
    const state = this.#state;
    if (event.pointerType !== "touch" || this.#fingers.has(event.pointerId))
      this.#showCursor(event);
    if (state.name === "tool" && state.id === event.pointerId) {
      if (state.touch) this.#fingers.set(event.pointerId, placeOf(event));
      this.editor.pointerMove(this.#info(event));
    } else if (state.name === "panning" && state.id === event.pointerId) {
      const place = placeOf(event);
      this.editor.camera.panBy(place.px - state.last.px, place.py - state.last.py);
      state.last = place;
    } else if (state.name === "pinching") {
      this.#pinch(state, event);
    }
  }

  /** @param {State & {name: "pinching"}} state @param {PointerEvent} event */
  #pinch({ first, second }, event) {
    const [a, b] = [this.#fingers.get(first), this.#fingers.get(second)];
    if (!a || !b || (event.pointerId !== first && event.pointerId !== second)) return;
    const moved = placeOf(event);
    const still = event.pointerId === first ? b : a;
    const before = event.pointerId === first ? a : b;
    this.#fingers.set(event.pointerId, moved);
    const { camera } = this.editor;
    // Half of a finger's way is the way of the middle between two fingers.
    camera.panBy((moved.px - before.px) / 2, (moved.py - before.py) / 2);
    const factor = distance(moved, still) / Math.max(1, distance(before, still));
    if (factor > 0) camera.zoomAt((moved.px + still.px) / 2, (moved.py + still.py) / 2, factor);
  }

  /** @param {PointerEvent} event */
  up(event) {
    this.#lifted(event);
    const state = this.#state;
    if (state.name === "tool" && state.id === event.pointerId) {
      this.#set(RESTING);
      this.editor.pointerUp(this.#info(event));
    } else {
      this.#letGo(event);
    }
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.#lifted(event);
    const state = this.#state;
    if (state.name === "tool" && state.id === event.pointerId) {
      this.#set(RESTING);
      this.editor.pointerCancel();
    } else {
      this.#letGo(event);
    }
  }

  /** @param {PointerEvent} event */
  #lifted(event) {
    this.#fingers.delete(event.pointerId);
    if (event.pointerType === "touch") this.editor.live.away();
    if (event.pointerType !== "pen") return;
    this.#penDown = false;
    this.#penUntil = event.timeStamp + PALM_MS;
  }

  /** @param {PointerEvent} event */
  #letGo(event) {
    const state = this.#state;
    if (state.name === "panning" && state.id === event.pointerId) this.#set(RESTING);
    if (state.name === "pinching") this.#set(SPENT);
    if (this.#state.name === "spent" && this.#fingers.size === 0) this.#set(RESTING);
  }

  /** @param {PointerEvent} event */
  leave(event) {
    if (event.pointerType !== "touch") this.editor.live.away();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? PAGE_PIXELS : 1;
    const { camera } = this.editor;
    const { px, py } = placeOf(event);
    // Browsers report a pinch on a touchpad as a wheel with Ctrl.
    if (event.ctrlKey || event.metaKey) {
      const turn = Math.max(-WHEEL_ZOOM_MAX, Math.min(WHEEL_ZOOM_MAX, event.deltaY * unit));
      camera.zoomAt(px, py, Math.exp(-turn * ZOOM_PER_WHEEL_PIXEL));
      return;
    }
    const sideways = event.shiftKey && event.deltaX === 0;
    camera.panBy(
      -(sideways ? event.deltaY : event.deltaX) * unit,
      sideways ? 0 : -event.deltaY * unit,
    );
  }

  /** @param {PointerEvent} event */
  #showCursor(event) {
    const { camera, live } = this.editor;
    const { px, py } = placeOf(event);
    const { x, y } = camera.toBoard({ x: px, y: py });
    live.cursor(x, y, camera.zoom);
  }

  /** The canvas then hears of the pointer even over a button or outside the window. @param {PointerEvent} event */
  #capture(event) {
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is gone already; its pointerup comes all the same.
    }
  }

  /** @param {State} state */
  #set(state) {
    this.#state = state;
    this.#tellHand();
  }

  #tellHand() {
    const panning = this.#state.name === "panning";
    this.onHand(panning ? "closed" : this.#handHeld ? "open" : null);
  }

  /** @param {PointerEvent} event @returns {PointerInfo} */
  #info(event) {
    const type = event.pointerType;
    return {
      ...this.#sample(event),
      pointerType: type === "pen" || type === "touch" ? type : "mouse",
      button: event.button,
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
      coalesced: (event.getCoalescedEvents?.() ?? []).map((part) => this.#sample(part)),
    };
  }

  /** @param {PointerEvent} event @returns {PointerSample} */
  #sample(event) {
    const { px, py } = placeOf(event);
    const { x, y } = this.editor.camera.toBoard({ x: px, y: py });
    return { x, y, px, py, pressure: event.pressure, time: event.timeStamp };
  }
}

/** The canvas fills the window, so a place in the window is a place on the canvas. @param {{clientX: number, clientY: number}} event */
function placeOf(event) {
  return { px: event.clientX, py: event.clientY };
}

/** @param {Place} a @param {Place} b */
function distance(a, b) {
  return Math.hypot(a.px - b.px, a.py - b.py);
}
