// A canvas for tests without a browser that keeps what was drawn as lines on the board, and every state of itself.

/** @typedef {import("../../../static/board/elements/kind.js").Context} Context */
/** @typedef {{x: number, y: number}} Place */
/** @typedef {{how: "fill" | "stroke", lines: Place[][], width: number, color: string, alpha: number, dash: number[], dashOffset: number}} Mark */

const CURVE_STEPS = 8;

export class RecordingContext {
  globalAlpha = 1;
  globalCompositeOperation = "source-over";
  filter = "none";
  shadowBlur = 0;
  fillStyle = "";
  strokeStyle = "";
  lineWidth = 1;
  lineCap = "butt";
  lineJoin = "miter";
  lineDashOffset = 0;
  font = "";
  /** @type {Mark[]} */
  marks = [];
  #matrix = [1, 0, 0, 1, 0, 0];
  /** @type {number[]} */
  #dash = [];
  /** @type {Place[][]} */
  #lines = [];
  /** In the units of the moment. */
  #x = 0;
  #y = 0;

  /** @param {number[]} matrix */
  setTransform(...matrix) {
    this.#matrix = matrix;
  }

  /** @param {[number, number, number, number, number, number]} more */
  transform(...[na, nb, nc, nd, ne, nf]) {
    const [a, b, c, d, e, f] = /** @type {[number, number, number, number, number, number]} */ (
      this.#matrix
    );
    this.#matrix = [
      a * na + c * nb,
      b * na + d * nb,
      a * nc + c * nd,
      b * nc + d * nd,
      a * ne + c * nf + e,
      b * ne + d * nf + f,
    ];
  }

  beginPath() {
    this.#lines = [];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#lines.push([]);
    this.lineTo(x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    const [a, b, c, d, e, f] = this.#matrix;
    this.#lines.at(-1)?.push({ x: a * x + c * y + e, y: b * x + d * y + f });
    this.#x = x;
    this.#y = y;
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} x @param {number} y */
  bezierCurveTo(x1, y1, x2, y2, x, y) {
    const [fromX, fromY] = [this.#x, this.#y];
    for (let i = 1; i <= CURVE_STEPS; i++) {
      const t = i / CURVE_STEPS;
      this.lineTo(cubic(fromX, x1, x2, x, t), cubic(fromY, y1, y2, y, t));
    }
  }

  closePath() {
    const line = this.#lines.at(-1);
    if (line?.[0]) line.push(line[0]);
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = dash;
  }

  getLineDash() {
    return this.#dash;
  }

  fill() {
    this.#mark("fill", this.fillStyle, 0);
  }

  stroke() {
    this.#mark("stroke", this.strokeStyle, this.lineWidth);
  }

  /** @param {"fill" | "stroke"} how @param {string} color @param {number} width */
  #mark(how, color, width) {
    this.marks.push({
      how,
      lines: this.#lines,
      width,
      color,
      alpha: this.globalAlpha,
      dash: this.#dash,
      dashOffset: this.lineDashOffset,
    });
  }

  get places() {
    return this.marks.flatMap(({ lines }) => lines.flat());
  }

  /** What a kind must leave as it was. */
  get state() {
    const { globalAlpha, globalCompositeOperation, filter, shadowBlur, lineDashOffset } = this;
    return {
      globalAlpha,
      globalCompositeOperation,
      filter,
      shadowBlur,
      lineDashOffset,
      dash: [...this.#dash],
    };
  }
}

/** @param {number} a @param {number} b @param {number} c @param {number} d @param {number} t */
function cubic(a, b, c, d, t) {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

export function recordingContext() {
  return /** @type {RecordingContext & OffscreenCanvasRenderingContext2D} */ (
    /** @type {unknown} */ (new RecordingContext())
  );
}
