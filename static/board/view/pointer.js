// The pointer: tells drawing from panning and zooming, palms from fingers, and passes the rest to the tool.

import { turnWheel } from "./wheel.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {{px: number, py: number}} Place
 */

/**
 * What the pointer is doing. Touches are told apart by their ids; a mouse and a pen are one pointer each.
 * @typedef {{name: "resting"}
 *   | {name: "tool", id: number, touch: boolean, from: PointerInfo, last: PointerInfo}
 *   | {name: "panning", id: number, last: Place, touch: boolean}
 *   | {name: "asking", id: number, from: PointerInfo}
 *   | {name: "pinching", first: number, second: number}
 *   | {name: "spent"}} State
 */

/** A hand rests on the glass a moment longer than the pen that it holds. */
const PALM_MS = 700;
/** A second finger this soon, or before the first has come this far, meant to pan all along. */
const JUST_BEGUN_MS = 300;
const JUST_BEGUN_PIXELS = 14;
/** A touch so long, and so still, asks for the menu of what lies below. */
const LONG_PRESS_MS = 500;
const STILL_PIXELS = 8;
/** The right button pans once it is dragged so far; before, it asks for the menu. */
const DRAG_PIXELS = 4;
/** A stroke that the device breaks off is kept if it was more than a touch: so long, and so far. */
const KEPT_MS = 150;
const KEPT_PIXELS = 16;
const PRIMARY = 0;
const MIDDLE = 1;
const SECONDARY = 2;
/** In `buttons`. */
const SECONDARY_HELD = 2;
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
  #penSeen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #longPress;

  /**
   * @param {{editor: Editor, canvas: HTMLElement, onHand?: (hand: "open" | "closed" | null) => void,
   *   onContextMenu?: (at: PointerInfo) => void, onPenMode?: () => void}} parts `onPenMode`: the first pen has come
   */
  constructor({ editor, canvas, onHand, onContextMenu, onPenMode }) {
    this.editor = editor;
    this.canvas = canvas;
    this.onHand = onHand ?? (() => {});
    this.onContextMenu = onContextMenu ?? (() => {});
    this.onPenMode = onPenMode ?? (() => {});
  }

  /** Whether fingers only move the view. */
  get penMode() {
    const { penMode } = this.editor.settings;
    return penMode === "on" || (penMode === "auto" && this.#penSeen);
  }

  /** Fingers draw again, until a pen comes once more. */
  forgetPen() {
    this.#penSeen = false;
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
    // The button on a pen's barrel: whoever holds it has something else in mind than ink.
    else if (isBarrel(event)) this.#startTool(event, "select");
    else if (event.button === PRIMARY) this.#startTool(event);
    else if (event.button === PEN_RUBBER) this.#startTool(event, "eraser");
    else if (event.button === SECONDARY) this.#ask(event);
  }

  /** @param {PointerEvent} event */
  #ask(event) {
    this.#capture(event);
    this.#set({ name: "asking", id: event.pointerId, from: this.#info(event) });
  }

  /** @param {PointerEvent} event */
  #fingerDown(event) {
    if (this.#penDown || event.timeStamp < this.#penUntil) return;
    this.#fingers.set(event.pointerId, placeOf(event));
    const state = this.#state;
    if (state.name === "resting" && this.#fingers.size === 1) {
      if (this.penMode) this.#startPan(event);
      else this.#startTool(event);
      this.#waitForLongPress(event);
    } else if ((state.name === "tool" || state.name === "panning") && state.touch) {
      if (state.name === "tool") this.#endForPinch(state, event);
      this.#set({ name: "pinching", first: state.id, second: event.pointerId });
    }
  }

  /** With Select, where there is nothing else that a still finger could mean. @param {PointerEvent} event */
  #waitForLongPress(event) {
    if (this.editor.tool?.name !== "select") return;
    const at = this.#info(event);
    this.#longPress = setTimeout(() => {
      const place = this.#fingers.get(event.pointerId);
      const isOne = this.#state.name === "tool" || this.#state.name === "panning";
      if (!isOne || !place || distance(place, at) > STILL_PIXELS) return;
      if (this.#state.name === "tool") this.editor.pointerCancel();
      this.#set(SPENT);
      this.onContextMenu(at);
    }, LONG_PRESS_MS);
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
    if (!this.#penSeen) {
      this.#penSeen = true;
      this.onPenMode();
    }
    if (this.#fingers.size === 0) return;
    clearTimeout(this.#longPress);
    this.#fingers.clear();
    this.editor.pointerCancel();
    this.#set(RESTING);
  }

  /** @param {PointerEvent} event @param {string} [tool] */
  #startTool(event, tool) {
    const from = this.#info(event);
    this.#capture(event);
    const touch = event.pointerType === "touch";
    this.#set({ name: "tool", id: event.pointerId, touch, from, last: from });
    this.editor.pointerDown(from, tool);
  }

  /** @param {PointerEvent} event */
  #startPan(event) {
    event.preventDefault();
    this.#capture(event);
    const touch = event.pointerType === "touch";
    this.#set({ name: "panning", id: event.pointerId, last: placeOf(event), touch });
  }

  /** @param {PointerEvent} event */
  move(event) {
    const state = this.#state;
    if (event.pointerType !== "touch" || this.#fingers.has(event.pointerId))
      this.#showCursor(event);
    if (state.name === "tool" && state.id === event.pointerId) {
      if (state.touch) this.#fingers.set(event.pointerId, placeOf(event));
      state.last = this.#info(event);
      this.editor.pointerMove(state.last);
    } else if (state.name === "panning" && state.id === event.pointerId) {
      this.#pan(state, event);
    } else if (state.name === "pinching") {
      this.#pinch(state, event);
    } else if (state.name === "asking" && state.id === event.pointerId) {
      if (distance(placeOf(event), state.from) < DRAG_PIXELS) return;
      this.#startPan(event);
    } else if (state.name === "resting" && this.editor.tool?.unfinished?.()) {
      this.editor.pointerHover(this.#info(event));
    }
  }

  /** @param {State & {name: "panning"}} state @param {PointerEvent} event */
  #pan(state, event) {
    const place = placeOf(event);
    if (state.touch) this.#fingers.set(event.pointerId, place);
    this.editor.camera.panBy(place.px - state.last.px, place.py - state.last.py);
    state.last = place;
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
    } else if (state.name === "asking" && state.id === event.pointerId) {
      this.#set(RESTING);
      this.onContextMenu(this.#info(event));
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
      // What the event itself says of the place is often zero.
      if (this.#isWorthKeeping(state, event))
        this.editor.pointerUp({ ...state.last, coalesced: [] });
      else this.editor.pointerCancel();
    } else {
      this.#letGo(event);
    }
  }

  /**
   * A call comes in, the system takes the pointer: that mustn't eat what was drawn. Systems break off what they take
   * for a palm in the same way, which only happens with a pen about.
   * @param {State & {name: "tool"}} state @param {PointerEvent} event
   */
  #isWorthKeeping({ from, last, touch }, event) {
    if (!this.editor.tool?.keepsInk || (touch && this.#penSeen)) return false;
    return event.timeStamp - from.time >= KEPT_MS && distance(from, last) >= KEPT_PIXELS;
  }

  /** @param {PointerEvent} event */
  #lifted(event) {
    clearTimeout(this.#longPress);
    this.#fingers.delete(event.pointerId);
    if (event.pointerType === "touch") this.editor.live.away();
    if (event.pointerType !== "pen") return;
    this.#penDown = false;
    this.#penUntil = event.timeStamp + PALM_MS;
  }

  /** @param {PointerEvent} event */
  #letGo(event) {
    const state = this.#state;
    if ((state.name === "panning" || state.name === "asking") && state.id === event.pointerId)
      this.#set(RESTING);
    if (state.name === "pinching") this.#set(SPENT);
    if (this.#state.name === "spent" && this.#fingers.size === 0) this.#set(RESTING);
  }

  /** @param {PointerEvent} event */
  leave(event) {
    if (event.pointerType !== "touch") this.editor.live.away();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    turnWheel(this.editor.camera, event);
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

/** Browsers differ in which button a pen with its barrel button held comes down with. @param {PointerEvent} event */
function isBarrel({ pointerType, button, buttons }) {
  return pointerType === "pen" && (button === SECONDARY || (buttons & SECONDARY_HELD) !== 0);
}

/** The canvas fills the window, so a place in the window is a place on the canvas. @param {{clientX: number, clientY: number}} event */
function placeOf(event) {
  return { px: event.clientX, py: event.clientY };
}

/** @param {Place} a @param {Place} b */
function distance(a, b) {
  return Math.hypot(a.px - b.px, a.py - b.py);
}
