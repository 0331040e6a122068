// The highlighter: a press begins a broad line, which others see as a draft; letting go commits it.

import "../elements/others.js";
import { elementKey } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { encodePoints } from "../core/points.js";
import { simplify, toleranceWithin } from "../core/simplify.js";
import { propsOf } from "../editor/style.js";
import { growingHighlight } from "../elements/highlight.js";
import { kindOf } from "../elements/index.js";
import { ERROR_PIXELS, inside, onGrid, pieces, stepExponent } from "./ink.js";

/**
 * @typedef {import("../core/points.js").InkPoint} InkPoint
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").PointerSample} PointerSample
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("../protocol").Properties} Properties
 */

/**
 * @typedef {object} Drawing
 * @property {string} key
 * @property {Properties} props all but the points
 * @property {InkPoint[]} points from the origin
 * @property {number[]} xs the same again, to be painted
 * @property {number[]} ys
 * @property {number} zoom as it was at the start: somebody may turn the wheel while drawing
 * @property {InkPoint[]} settled the beginning with no more points than it needs
 * @property {number} from where in the points what isn't settled begins
 */

/** So many points are simplified together, once. */
const CHUNK = 128;
/** Of the 4,096 bytes that a draft may have; of a longer one others see the end. */
const DRAFT_CHARACTERS = 3600;
const DRAFT_POINTS = 900;

/** @implements {Tool} */
export class Highlighter {
  name = "highlighter";
  cursor = "crosshair";
  changes = true;
  keepsInk = true;
  style = /** @type {const} */ ("highlighter");
  schema = 2;
  /** @type {Drawing | null} */
  #drawing = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {PointerInfo} at */
  onPointerDown(at) {
    const { camera, document, styles } = this.editor;
    const step = stepExponent(camera.zoom);
    const props = {
      kind: "highlight",
      x: inside(onGrid(at.x, step)),
      y: inside(onGrid(at.y, step)),
      z: topKey(document),
      ...propsOf(styles.highlighter, kindOf({ kind: "highlight" }).styles),
    };
    const drawing = { key: elementKey(), props, points: [], xs: [], ys: [] };
    this.#drawing = {
      ...drawing,
      zoom: camera.zoom,
      settled: [],
      from: 0,
    };
    this.#add([at]);
  }

  /** @param {PointerInfo} at */
  onPointerMove(at) {
    this.#add(at.coalesced.length > 0 ? at.coalesced : [at]);
  }

  /** @param {PointerInfo} at */
  onPointerUp(at) {
    this.#add([at]);
    const drawing = this.#drawing;
    this.#drawing = null;
    if (!drawing) return;
    const { key, props, points, zoom } = drawing;
    const step = stepExponent(zoom);
    const encoded = pieces(simplified(points, zoom), step, false);
    this.editor.commit(
      encoded.map((piece, i) => ({
        op: "put",
        key: i === 0 ? key : elementKey(),
        element: { ...props, points: piece },
      })),
      "draw",
    );
    // Only now, in the same turn: the next frame shows the finished one instead of the draft.
    this.editor.show({ drafts: [] });
  }

  onCancel() {
    if (!this.#drawing) return;
    this.editor.live.draft(this.#drawing.key, null);
    this.#drawing = null;
    this.editor.show({ drafts: [] });
  }

  /** @param {readonly PointerSample[]} samples */
  #add(samples) {
    const drawing = this.#drawing;
    if (!drawing) return;
    const { key, props, points, xs, ys } = drawing;
    const before = points.length;
    for (const sample of samples) {
      const x = inside(sample.x) - Number(props.x);
      const y = inside(sample.y) - Number(props.y);
      if (before > 0 && xs.at(-1) === x && ys.at(-1) === y) continue;
      points.push({ x, y, pressure: 1 });
      xs.push(x);
      ys.push(y);
    }
    if (points.length === before) return;
    const element = growingHighlight({ ...props, points: "" }, { xs, ys });
    this.editor.show({ drafts: [[key, element]] });
    this.editor.live.draft(key, { ...props, points: drafted(drawing) });
  }
}

/** As much of its end as a draft has room for. @param {Drawing} drawing */
function drafted(drawing) {
  const { settled, points, zoom } = drawing;
  for (; points.length - drawing.from > CHUNK; drawing.from += CHUNK)
    settled.push(...simplified(points.slice(drawing.from, drawing.from + CHUNK), zoom));
  const all = [...settled.slice(-DRAFT_POINTS), ...simplified(points.slice(drawing.from), zoom)];
  for (let count = DRAFT_POINTS; ; count >>= 1) {
    const text = encodePoints(all.slice(-count), stepExponent(zoom), false);
    if (text.length <= DRAFT_CHARACTERS) return text;
  }
}

/** @param {readonly InkPoint[]} points @param {number} zoom */
function simplified(points, zoom) {
  return simplify(points, toleranceWithin(ERROR_PIXELS / zoom, stepExponent(zoom)));
}
