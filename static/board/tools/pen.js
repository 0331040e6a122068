// The pen: a press begins a stroke, which others see growing; letting go commits it. Held still at its end the
// stroke becomes a clean shape; scribbled over elements it erases them.

import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { propsOf } from "../editor/style.js";
import { inside, onGrid, SimulatedPressure, stepExponent, strokeElements } from "./ink.js";
import { Hold } from "./pen-hold.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/recognise.js").Meant} Meant
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").OwnStroke} OwnStroke
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../protocol").Properties} Properties
 */

/** @typedef {typeof import("./pen-shape.js")} Shapes */
/** What tells a scribble, fetched once the first view is there. @typedef {typeof import("./scribble.js") & typeof import("./scribble-covered.js")} Scribbling */
/** A stroke that has become a shape, from where the pen was held. @typedef {{key: string, meant: Meant, held: Place, element: Properties, z: string, shapes: Shapes}} Clean */

/** What is smaller is a dot, or a letter. */
const CLEAN_PIXELS = 24;
const INK_NAMES = ["color", "width", "opacity"];
const SCHEMA_OF_SHAPES = 2;
const CONSTANT_PRESSURE = 0.5;
const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());

/** @implements {Tool} */
export class Pen {
  name = "pen";
  cursor = "crosshair";
  changes = true;
  keepsInk = true;
  style = /** @type {const} */ ("pen");
  /** @type {OwnStroke | null} */
  #stroke = null;
  /** @type {Clean | null} */
  #clean = null;
  #simulated = new SimulatedPressure();
  /** @type {Scribbling | null} */
  #scribbling = null;
  /** @type {import("./scribble.js").Scribble | null} */
  #scribble = null;
  /** @type {import("./scribble-covered.js").Coverage | null} */
  #coverage = null;
  /** What the scribble covers so far. */
  #covered = NOTHING;
  /** As it was at the start: somebody may turn the wheel while drawing. */
  #zoom = 1;
  #hold = new Hold((at) => this.#held(at));
  /** What makes clean shapes of strokes is fetched with the first stroke: by the time it is needed it is there. @type {Promise<Shapes | null> | null} */
  #shapes = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  async load() {
    const [one, covered] = await Promise.all([
      import("./scribble.js"),
      import("./scribble-covered.js"),
    ]);
    this.#coverage = new covered.Coverage(this.editor);
    this.#scribbling = { ...one, ...covered };
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    const { camera, live, styles } = this.editor;
    const { color, width, opacity } = styles.pen;
    this.#shapes ??= this.#fetchShapes();
    // Where it could not be fetched before.
    if (!this.#scribbling) this.load().catch(() => {});
    this.#zoom = camera.zoom;
    const step = stepExponent(this.#zoom);
    const x = inside(onGrid(at.x, step));
    const y = inside(onGrid(at.y, step));
    const stroke = { key: elementKey(), x, y, color: String(color), width: Number(width) };
    this.#simulated = new SimulatedPressure();
    this.#scribble = this.#scribbling && new this.#scribbling.Scribble();
    this.#stroke = { ...stroke, opacity: Number(opacity ?? 1), points: [] };
    live.strokeStart({ ...stroke, step, pressure: true });
    this.#add([at], at.pointerType);
    if (!at.steps) this.#hold.moved(at);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    if (this.#clean) {
      this.#follow(this.#clean, at);
      return;
    }
    this.#add(at.coalesced.length > 0 ? at.coalesced : [at], at.pointerType);
    if (!at.steps) this.#hold.moved(at);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.#hold.stop();
    if (this.#clean) this.#commitClean(this.#clean);
    // The pressure of letting go is 0 and would end every stroke in a needle.
    else if (at.pointerType !== "pen") this.#add([at], at.pointerType);
    const stroke = this.#stroke;
    this.#stroke = null;
    if (!stroke) return;
    if (this.#covered.size > 0 && this.#scribble?.isOne) this.#erase();
    else this.#commitStroke(stroke);
    // Only now, in the same turn: the next frame shows the finished stroke instead of the live one.
    this.#showNothing();
  }

  onCancel() {
    this.#hold.stop();
    if (this.#stroke) this.editor.live.strokeEnd();
    if (this.#clean) this.editor.live.draft(this.#clean.key, null);
    if (this.#stroke || this.#clean) this.#showNothing();
    this.#stroke = this.#clean = null;
  }

  #showNothing() {
    if (this.#covered.size > 0) this.editor.show({ erased: NOTHING });
    this.#covered = NOTHING;
    this.editor.show({ stroke: null, drafts: [] });
  }

  /** @param {OwnStroke} stroke */
  #commitStroke(stroke) {
    const { document, session } = this.editor;
    const { opacity = 1 } = stroke;
    // Whole ink goes without saying, and older servers take nothing else.
    const isWhole = opacity === 1 || session.schema < SCHEMA_OF_SHAPES;
    const elements = strokeElements(
      { ...stroke, opacity: isWhole ? undefined : opacity },
      { zoom: this.#zoom, z: topKey(document) },
    );
    this.editor.commit(
      elements.map((element, i) => ({
        op: "put",
        key: i === 0 ? stroke.key : elementKey(),
        element,
      })),
      "draw",
    );
  }

  #erase() {
    this.editor.live.strokeEnd();
    this.editor.remove(this.#covered);
  }

  /** @param {readonly PointerSample[]} samples @param {PointerInfo["pointerType"]} pointerType */
  #add(samples, pointerType) {
    const stroke = this.#stroke;
    if (!stroke) return;
    const fresh = [];
    let last = stroke.points.at(-1);
    for (const sample of samples) {
      const pressure = this.#pressureOf(sample, pointerType);
      const point = { x: inside(sample.x) - stroke.x, y: inside(sample.y) - stroke.y, pressure };
      if (last && last.x === point.x && last.y === point.y) continue;
      fresh.push(point);
      last = point;
      if (this.#scribble?.add(sample)) this.#lookBelow(this.#scribble);
    }
    if (fresh.length === 0) return;
    stroke.points.push(...fresh);
    this.editor.live.strokePoints(fresh);
    this.editor.show({ stroke });
  }

  /** @param {PointerSample} sample @param {PointerInfo["pointerType"]} pointerType */
  #pressureOf(sample, pointerType) {
    if (this.editor.settings.constantWidth) return CONSTANT_PRESSURE;
    return pointerType === "pen" ? sample.pressure : this.#simulated.at(sample);
  }

  /** After each leg of a scribble, so that it is seen what would go. @param {import("./scribble.js").Scribble} scribble */
  #lookBelow(scribble) {
    const { settings, styles, camera } = this.editor;
    const scribbled = settings.scribbleErases && scribble.isOne;
    const reach = Number(styles.pen.width) / 4 + 1 / camera.zoom;
    const found = scribbled && this.#coverage?.by(scribble.legs, reach);
    const covered = found || NOTHING;
    if (covered.size === 0 && this.#covered.size === 0) return;
    this.#covered = covered;
    this.editor.show({ erased: covered });
  }

  // -- held still -----------------------------------------------------------------------------------

  /** @returns {Promise<Shapes | null>} */
  async #fetchShapes() {
    try {
      return await import("./pen-shape.js");
    } catch {
      // Offline: the stroke stays ink, and the next one asks again.
      this.#shapes = null;
      return null;
    }
  }

  /** @param {PointerSample} at */
  async #held(at) {
    const shapes = await this.#shapes;
    const stroke = this.#stroke;
    const { editor } = this;
    if (!shapes || !stroke || !this.#hold.restsAt(at)) return;
    if (this.#covered.size > 0 || editor.session.schema < SCHEMA_OF_SHAPES) return;
    const places = stroke.points.map(({ x, y }) => ({ x: x + stroke.x, y: y + stroke.y }));
    const meant = spread(places) * this.#zoom >= CLEAN_PIXELS ? shapes.recognise(places) : null;
    if (!meant) return;
    this.#stroke = null;
    editor.live.strokeEnd();
    const z = topKey(editor.document);
    const held = { x: at.x, y: at.y };
    this.#clean = { key: elementKey(), meant, held, element: {}, z, shapes };
    editor.show({ stroke: null });
    this.#follow(this.#clean, at);
  }

  /** @param {Clean} clean @param {Place} at */
  #follow(clean, at) {
    const { editor } = this;
    const { cleanElement, followed } = clean.shapes;
    const meant = followed(clean.meant, clean.held, at);
    const ink = { z: clean.z, ...propsOf(editor.styles.pen, INK_NAMES) };
    clean.element = cleanElement(meant, ink, stepExponent(this.#zoom));
    editor.show({ drafts: [[clean.key, clean.element]] });
    editor.live.draft(clean.key, clean.element);
  }

  /** @param {Clean} clean */
  #commitClean({ key, element }) {
    this.#clean = null;
    this.editor.commit([{ op: "put", key, element }], "draw");
    this.#showNothing();
  }
}

/** Across the box around them. @param {readonly Place[]} places */
function spread(places) {
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  return Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}
