// The pen: a press begins a stroke, which others see growing; letting go commits it.

import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { SimulatedPressure, stepExponent, strokeElements } from "./ink.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").OwnStroke} OwnStroke
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {import("../editor.js").Tool} Tool
 */

/** Drawing beyond what the protocol takes stops at the edge of the world. */
const EDGE = 1_000_000;

/** @implements {Tool} */
export class Pen {
  name = "pen";
  cursor = "crosshair";
  changes = true;
  style = /** @type {const} */ ("pen");
  /** @type {OwnStroke | null} */
  #stroke = null;
  #simulated = new SimulatedPressure();
  /** As it was at the start: somebody may turn the wheel while drawing. */
  #zoom = 1;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    const { camera, live } = this.editor;
    const { color, width } = this.editor.styles.pen;
    this.#zoom = camera.zoom;
    const step = stepExponent(this.#zoom);
    const x = inside(onGrid(at.x, step));
    const y = inside(onGrid(at.y, step));
    const stroke = { key: elementKey(), x, y, color: String(color), width: Number(width) };
    this.#simulated = new SimulatedPressure();
    this.#stroke = { ...stroke, points: [] };
    live.strokeStart({ ...stroke, step, pressure: true });
    this.#add([at], at.pointerType);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    this.#add(at.coalesced.length > 0 ? at.coalesced : [at], at.pointerType);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    // The pressure of letting go is 0 and would end every stroke in a needle.
    if (at.pointerType !== "pen") this.#add([at], at.pointerType);
    const stroke = this.#stroke;
    this.#stroke = null;
    if (!stroke) return;
    const { document } = this.editor;
    const elements = strokeElements(stroke, { zoom: this.#zoom, z: topKey(document) });
    this.editor.commit(
      elements.map((element, i) => ({
        op: "put",
        key: i === 0 ? stroke.key : elementKey(),
        element,
      })),
      "draw",
    );
    // Only now, in the same turn: the next frame shows the finished stroke instead of the live one.
    this.editor.show({ stroke: null });
  }

  onCancel() {
    if (!this.#stroke) return;
    this.#stroke = null;
    this.editor.live.strokeEnd();
    this.editor.show({ stroke: null });
  }

  /** @param {readonly PointerSample[]} samples @param {PointerInfo["pointerType"]} pointerType */
  #add(samples, pointerType) {
    const stroke = this.#stroke;
    if (!stroke) return;
    const fresh = [];
    let last = stroke.points.at(-1);
    for (const sample of samples) {
      const pressure = pointerType === "pen" ? sample.pressure : this.#simulated.at(sample);
      const point = { x: inside(sample.x) - stroke.x, y: inside(sample.y) - stroke.y, pressure };
      if (last && last.x === point.x && last.y === point.y) continue;
      fresh.push(point);
      last = point;
    }
    if (fresh.length === 0) return;
    stroke.points.push(...fresh);
    this.editor.live.strokePoints(fresh);
    this.editor.show({ stroke });
  }
}

/** @param {number} value */
function inside(value) {
  return Math.min(EDGE, Math.max(-EDGE, value));
}

/** Whole steps, so that the origin is the same number live and stored. @param {number} value @param {number} step */
function onGrid(value, step) {
  return Math.round(value * 2 ** step) / 2 ** step || 0;
}
