// A canvas that remembers what is drawn on it instead of having pixels: as much of a canvas as kinds of elements use.
// So every kind goes into every vector format as it is on the screen, without code of its own.

import { growthOf, Path, times } from "./recording-path.js";

/** @typedef {import("../core/fold.js").Element} Element */
/** @typedef {import("./recording-path.js").Matrix} Matrix */

/** An outline within which alone there is ink, and within another one's. @typedef {{path: readonly number[], rule: string, within: Clip | null}} Clip */
/** @typedef {{alpha: number, blend: string, clip: Clip | null}} Laid */
/** @typedef {Laid & {type: "fill", path: readonly number[], color: string, rule: string}} Fill */
/** @typedef {Laid & {type: "stroke", path: readonly number[], color: string, width: number, cap: string, join: string, dash: readonly number[], offset: number}} Stroke */
/**
 * A run of text; the matrix leads from its own place, where the line it stands on begins at the left, to the page.
 * @typedef {Laid & {type: "text", text: string, matrix: Matrix, width: number, size: number, weight: number, italic: boolean, families: string, rtl: boolean, color: string}} Text
 */
/** The matrix leads from the unit square to the page; `part`: of the picture, from 0 to 1. @typedef {Laid & {type: "picture", picture: CanvasImageSource, part: {x: number, y: number, w: number, h: number}, matrix: Matrix}} Picture */
/** Laid on the page at once. @typedef {Laid & {type: "group", marks: Mark[]}} Group */
/** @typedef {Fill | Stroke | Text | Picture | Group} Mark */

/** What measures text: a canvas, or what stands for one. @typedef {{font: string, textBaseline: string, textRendering?: string, measureText: (text: string) => {width: number, actualBoundingBoxAscent?: number}}} Ruler */

const FONT = /^\s*(italic\s+)?(?:(bold|normal|\d+)\s+)?([\d.]+)px\s+(.*)$/s;
/** Another name for the same fonts after one has come (elements/fonts.js). */
const AFTER = /,\s*"after \d+"/;
const FIRST_STATE = {
  fillStyle: "#000000",
  strokeStyle: "#000000",
  globalAlpha: 1,
  globalCompositeOperation: "source-over",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  lineDashOffset: 0,
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  direction: "ltr",
};

export class Recording {
  fillStyle = FIRST_STATE.fillStyle;
  strokeStyle = FIRST_STATE.strokeStyle;
  globalAlpha = FIRST_STATE.globalAlpha;
  globalCompositeOperation = FIRST_STATE.globalCompositeOperation;
  lineWidth = FIRST_STATE.lineWidth;
  lineCap = FIRST_STATE.lineCap;
  lineJoin = FIRST_STATE.lineJoin;
  lineDashOffset = FIRST_STATE.lineDashOffset;
  font = FIRST_STATE.font;
  textAlign = FIRST_STATE.textAlign;
  textBaseline = FIRST_STATE.textBaseline;
  direction = FIRST_STATE.direction;
  /** @type {Mark[]} */
  marks = [];
  /** @type {Matrix} */
  #matrix;
  /** @type {Matrix} */
  #page;
  /** @type {readonly number[]} */
  #dash = [];
  /** @type {Clip | null} */
  #clip = null;
  #path = new Path();
  /** @type {object[]} */
  #states = [];

  /** @param {Ruler} ruler @param {number} scale pixels, as kinds count them, per unit of the page */
  constructor(ruler, scale) {
    this.ruler = ruler;
    this.#page = [1 / scale, 0, 0, 1 / scale, 0, 0];
    this.#matrix = this.#page;
  }

  /** The marks since it was last asked. */
  take() {
    const { marks } = this;
    this.marks = [];
    return marks;
  }

  /** What is painted meanwhile is laid on the page at once. @param {number} alpha @param {() => void} paint */
  paintLayer(alpha, paint) {
    const { marks } = this;
    const before = this.globalAlpha;
    this.marks = [];
    this.globalAlpha = 1;
    paint();
    const group = this.marks;
    this.marks = marks;
    this.globalAlpha = before;
    if (group.length === 0) return;
    this.marks.push({ type: "group", ...this.#laid(), alpha: before * alpha, marks: group });
  }

  // -- transforms --------------------------------------------------------------------------------------

  /** @param {number | DOMMatrix2DInit} a @param {number} [b] @param {number} [c] @param {number} [d] @param {number} [e] @param {number} [f] */
  setTransform(a, b = 0, c = 0, d = 1, e = 0, f = 0) {
    const one = typeof a === "number" ? { a, b, c, d, e, f } : a;
    this.#matrix = times(this.#page, [
      one.a ?? 1,
      one.b ?? 0,
      one.c ?? 0,
      one.d ?? 1,
      one.e ?? 0,
      one.f ?? 0,
    ]);
  }

  /** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} e @param {number} f */
  transform(a, b, c, d, e, f) {
    this.#matrix = times(this.#matrix, [a, b, c, d, e, f]);
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  /** @param {number} angle */
  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  resetTransform() {
    this.#matrix = this.#page;
  }

  getTransform() {
    const [unit] = this.#page;
    const [a, b, c, d, e, f] = this.#matrix.map((each) => each / unit);
    return { a, b, c, d, e, f };
  }

  save() {
    const state = Object.fromEntries(
      Object.keys(FIRST_STATE).map((name) => [name, Reflect.get(this, name)]),
    );
    this.#states.push({ state, matrix: this.#matrix, dash: this.#dash, clip: this.#clip });
  }

  restore() {
    const saved =
      /** @type {{state: object, matrix: Matrix, dash: number[], clip: Clip | null}} */ (
        this.#states.pop()
      );
    if (!saved) return;
    Object.assign(this, saved.state);
    this.#matrix = saved.matrix;
    this.#dash = saved.dash;
    this.#clip = saved.clip;
  }

  // -- paths -------------------------------------------------------------------------------------------

  beginPath() {
    this.#path = new Path();
  }

  closePath() {
    this.#path.closePath(this.#matrix);
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path.moveTo(this.#matrix, x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path.lineTo(this.#matrix, x, y);
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.#path.quadraticCurveTo(this.#matrix, cx, cy, x, y);
  }

  /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x @param {number} y */
  bezierCurveTo(ax, ay, bx, by, x, y) {
    this.#path.bezierCurveTo(this.#matrix, ax, ay, bx, by, x, y);
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} from @param {number} to @param {boolean} [back] */
  arc(x, y, radius, from, to, back = false) {
    this.ellipse(x, y, radius, radius, 0, from, to, back);
  }

  /** @param {number} x @param {number} y @param {number} across @param {number} down @param {number} turn @param {number} from @param {number} to @param {boolean} [back] */
  ellipse(x, y, across, down, turn, from, to, back = false) {
    this.#path.ellipse(this.#matrix, { x, y, across, down, turn }, from, to, back);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) {
    this.#path.rect(this.#matrix, x, y, w, h);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {number | number[]} radius */
  roundRect(x, y, w, h, radius) {
    const one = Number(typeof radius === "number" ? radius : (radius[0] ?? 0));
    this.#path.roundRect(this.#matrix, x, y, w, h, one);
  }

  /** @param {string} [rule] */
  clip(rule = "nonzero") {
    this.#clip = { path: this.#path.numbers, rule, within: this.#clip };
    this.#path = new Path();
  }

  // -- ink ---------------------------------------------------------------------------------------------

  /** @param {string} [rule] */
  fill(rule = "nonzero") {
    this.#fill(this.#path.numbers, rule);
  }

  stroke() {
    const grown = growthOf(this.#matrix);
    this.#add({
      type: "stroke",
      ...this.#laid(),
      // The path may go on, or be stroked again.
      path: [...this.#path.numbers],
      color: String(this.strokeStyle),
      width: this.lineWidth * grown,
      cap: this.lineCap,
      join: this.lineJoin,
      dash: this.#dash.map((each) => each * grown),
      offset: this.lineDashOffset * grown,
    });
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  fillRect(x, y, w, h) {
    const path = new Path();
    path.rect(this.#matrix, x, y, w, h);
    const last = this.marks.at(-1);
    // The lines and dots of a paper are one mark, not thousands.
    if (last?.type === "fill" && isAlike(last, this.#laid()) && last.color === this.fillStyle)
      /** @type {number[]} */ (last.path).push(...path.numbers);
    else this.#fill(path.numbers, "nonzero");
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  strokeRect(x, y, w, h) {
    this.beginPath();
    this.rect(x, y, w, h);
    this.stroke();
  }

  /** Nothing lies on a new page. */
  clearRect() {}

  /** @param {readonly number[]} dash */
  setLineDash(dash) {
    this.#dash = dash.length % 2 === 1 ? [...dash, ...dash] : [...dash];
  }

  getLineDash() {
    return [...this.#dash];
  }

  /** Nothing is ever below that it could be made of. */
  createPattern() {
    return null;
  }

  // -- text and pictures -------------------------------------------------------------------------------

  /** @param {string} text */
  measureText(text) {
    this.ruler.font = this.font;
    this.ruler.textRendering = "geometricPrecision";
    this.ruler.textBaseline = this.textBaseline;
    return this.ruler.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [most] how wide it may be */
  fillText(text, x, y, most = Number.POSITIVE_INFINITY) {
    const [, italic, weight, size = "10", families = "sans-serif"] = FONT.exec(this.font) ?? [];
    const { width, drop } = this.#measured(text);
    const across = Math.min(width, most);
    const rtl = this.direction === "rtl";
    const left = x - across * anchorOf(this.textAlign, rtl);
    if (text.trim() === "") return;
    this.#add({
      type: "text",
      ...this.#laid(),
      text,
      matrix: times(this.#matrix, [1, 0, 0, 1, left, y + drop]),
      width: across,
      size: Number(size),
      weight: weight === "bold" ? 700 : Number(weight ?? 400) || 400,
      italic: italic !== undefined,
      families: families.replace(AFTER, ""),
      rtl,
      color: String(this.fillStyle),
    });
  }

  /** And how far below its place the line lies that letters stand on. @param {string} text */
  #measured(text) {
    const { width, actualBoundingBoxAscent: above = 0 } = this.measureText(text);
    if (this.textBaseline === "alphabetic") return { width, drop: 0 };
    this.ruler.textBaseline = "alphabetic";
    return { width, drop: (this.ruler.measureText(text).actualBoundingBoxAscent ?? 0) - above };
  }

  /** @param {CanvasImageSource} picture @param {...number} places */
  drawImage(picture, ...places) {
    const { width, height } = sizeOf(picture);
    if (!(width > 0 && height > 0)) return;
    const all = places.length >= 8 ? places : [0, 0, width, height, ...places];
    const [sx = 0, sy = 0, sw = width, sh = height, x = 0, y = 0, w = sw, h = sh] = all;
    this.#add({
      type: "picture",
      ...this.#laid(),
      picture,
      part: { x: sx / width, y: sy / height, w: sw / width, h: sh / height },
      matrix: times(this.#matrix, [w, 0, 0, h, x, y]),
    });
  }

  /** @returns {Laid} */
  #laid() {
    return {
      alpha: this.globalAlpha,
      blend: this.globalCompositeOperation,
      clip: this.#clip,
    };
  }

  /** @param {readonly number[]} path @param {string} rule */
  #fill(path, rule) {
    const color = String(this.fillStyle);
    this.#add({ type: "fill", ...this.#laid(), path: [...path], color, rule });
  }

  /** @param {Mark} mark */
  #add(mark) {
    if (mark.alpha > 0 && isFinitely(mark)) this.marks.push(mark);
  }
}

/** @param {Laid} a @param {Laid} b */
function isAlike(a, b) {
  return a.alpha === b.alpha && a.blend === b.blend && a.clip === b.clip;
}

/** A canvas ignores the rest, and files must not have it. @param {Mark} mark */
function isFinitely(mark) {
  const numbers = "path" in mark ? mark.path : "matrix" in mark ? mark.matrix : [];
  if ("path" in mark && numbers.length === 0) return false;
  return numbers.every(Number.isFinite);
}

/** Which part of a text lies left of its place. @param {string} align @param {boolean} rtl */
function anchorOf(align, rtl) {
  if (align === "center") return 1 / 2;
  if (align === "right") return 1;
  if (align === "left") return 0;
  return (align === "end") === rtl ? 0 : 1;
}

/** @param {CanvasImageSource} picture */
export function sizeOf(picture) {
  const { naturalWidth, naturalHeight, displayWidth, displayHeight, width, height } =
    /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (picture));
  return {
    width: Number(naturalWidth ?? displayWidth ?? width),
    height: Number(naturalHeight ?? displayHeight ?? height),
  };
}

/** Where a clip leaves ink, at most: the box around each outline. @param {Clip} clip */
export function clipsOf(clip) {
  /** @type {Clip[]} */
  const clips = [];
  for (let one = /** @type {Clip | null} */ (clip); one; one = one.within) clips.push(one);
  return clips.reverse();
}
