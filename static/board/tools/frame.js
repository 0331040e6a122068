// Frame: a drag draws one from corner to corner around what is there, a click puts one of a usual size.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { indexOf, keyBetween } from "../core/order.js";
import { t } from "../core/translate.js";
import { hundredths, textOf } from "../elements/kind.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../protocol").Properties} Properties
 */

/** A hand trembles: a press becomes a drag only after so many pixels. */
const DRAG_PIXELS = { mouse: 3, pen: 5, touch: 8 };
/** What a click brings, in pixels of the screen. */
const USUAL = { w: 480, h: 300 };
const GRID = 20;
const SIDE_MIN = 8;
const EDGE = 1_000_000;

/** The name of the next one: "Frame 3" where there are two. @param {Editor} editor */
export function nextFrameName({ document }) {
  const names = new Set();
  let number = 1;
  for (const [, element] of document.entries())
    if (element.kind === "frame") names.add(textOf(element, "name"));
  const named = () => t("Frame {number}", { number });
  while (names.has(named())) number++;
  return named();
}

/** @implements {Tool} */
export class FrameTool {
  name = "frame";
  cursor = "crosshair";
  changes = true;
  schema = 4;
  /** @type {{key: string, z: string, name: string, from: Place, px: number, py: number, dragged: boolean} | null} */
  #drawing = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    this.#drawing = {
      key: elementKey(),
      z: lowest(this.editor),
      name: nextFrameName(this.editor),
      from: this.#placeOf(at),
      px: at.px,
      py: at.py,
      dragged: false,
    };
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    const drawing = this.#drawing;
    if (!drawing) return;
    const way = Math.hypot(at.px - drawing.px, at.py - drawing.py);
    drawing.dragged ||= way >= DRAG_PIXELS[at.pointerType];
    if (!drawing.dragged) return;
    const element = Object.freeze(this.#element(at));
    this.editor.show({ drafts: [[drawing.key, element]] });
    this.editor.live.draft(drawing.key, element);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    const drawing = this.#drawing;
    if (!drawing) return;
    const element = this.#element(at);
    this.#drawing = null;
    this.editor.commit([{ op: "put", key: drawing.key, element }], "draw");
    this.editor.show({ drafts: [] });
    if (this.editor.settings.keepTool) return;
    this.editor.setTool("select");
    this.editor.select([drawing.key]);
  }

  onCancel() {
    const drawing = this.#drawing;
    this.#drawing = null;
    if (!drawing?.dragged) return;
    this.editor.live.draft(drawing.key, null);
    this.editor.show({ drafts: [] });
  }

  /** @param {PointerInfo} at @returns {Place} */
  #placeOf({ x, y }) {
    const on = (/** @type {number} */ value) =>
      this.editor.settings.snapToGrid ? Math.round(value / GRID) * GRID : value;
    return { x: inside(on(x)), y: inside(on(y)) };
  }

  /** @param {PointerInfo} at @returns {Properties} */
  #element(at) {
    const { z = "", name = "", from = at, dragged = false } = this.#drawing ?? {};
    const { x, y, w, h } = dragged ? this.#drawn(from, at) : this.#usual(at);
    return {
      kind: "frame",
      x: hundredths(inside(x)),
      y: hundredths(inside(y)),
      w: hundredths(Math.min(EDGE, w)),
      h: hundredths(Math.min(EDGE, h)),
      z,
      name,
    };
  }

  /** Shift: as high as wide; Alt: around where the press was. @param {Place} from @param {PointerInfo} at */
  #drawn(from, at) {
    const to = this.#placeOf(at);
    let across = Math.max(SIDE_MIN, Math.abs(to.x - from.x));
    let down = Math.max(SIDE_MIN, Math.abs(to.y - from.y));
    if (at.shift) across = down = Math.max(across, down);
    return {
      x: to.x < from.x || at.alt ? from.x - across : from.x,
      y: to.y < from.y || at.alt ? from.y - down : from.y,
      w: across * (at.alt ? 2 : 1),
      h: down * (at.alt ? 2 : 1),
    };
  }

  /** As large on the screen at every zoom. @param {PointerInfo} at */
  #usual(at) {
    const { zoom } = this.editor.camera;
    const [w, h] = [USUAL.w / zoom, USUAL.h / zoom];
    const { x, y } = this.#placeOf({ ...at, x: at.x - w / 2, y: at.y - h / 2 });
    return { x, y, w, h };
  }
}

/** Below everything, so that a filled one hides nothing. @param {Editor} editor */
function lowest({ document }) {
  let least = null;
  for (const [, element] of document.entries()) {
    const z = indexOf(element);
    if (least === null || z < least) least = z;
  }
  return keyBetween(null, least);
}

/** @param {number} value */
function inside(value) {
  return Math.min(EDGE, Math.max(-EDGE, value));
}
