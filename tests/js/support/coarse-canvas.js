// A canvas for tests without a browser: every filled or stroked path covers its box, on cells of 16 pixels.
// What is painted later covers what was before, so that order and omissions show as in the real thing.

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {CoarseContext & OffscreenCanvasRenderingContext2D} FakeContext
 * @typedef {HTMLCanvasElement & {ctx: FakeContext}} FakeCanvas
 * @typedef {ImageBitmap & {cells: Map<string, string>, closed: boolean}} FakeBitmap
 */

const CELL = 16;

export class CoarseContext {
  /** Colour by cell. @type {Map<string, string>} */
  cells = new Map();
  globalAlpha = 1;
  fillStyle = "";
  strokeStyle = "";
  lineWidth = 1;
  /** How often anything was painted. */
  painted = 0;
  /** How often everything was taken away. */
  cleared = 0;
  /** Texts written. @type {string[]} */
  texts = [];
  #matrix = [1, 0, 0, 1, 0, 0];
  /** @type {[number, number][]} */
  #path = [];
  /** @type {Box[]} */
  #clips = [];
  /** @type {{clips: number, matrix: number[]}[]} */
  #saved = [];

  /** @param {number[]} matrix */
  setTransform(...matrix) {
    this.#matrix = matrix;
  }

  save() {
    this.#saved.push({ clips: this.#clips.length, matrix: this.#matrix });
  }

  restore() {
    const { clips, matrix } = this.#saved.pop() ?? { clips: 0, matrix: [1, 0, 0, 1, 0, 0] };
    this.#clips.length = clips;
    this.#matrix = matrix;
  }

  beginPath() {
    this.#path = [];
  }

  /** @param {number} x @param {number} y */
  #to(x, y) {
    const [a, , , d, e, f] = this.#matrix;
    this.#path.push([x * a + e, y * d + f]);
  }

  /** @param {number} x @param {number} y */
  moveTo = (x, y) => this.#to(x, y);
  /** @param {number} x @param {number} y */
  lineTo = (x, y) => this.#to(x, y);
  /** @param {number} _cx @param {number} _cy @param {number} x @param {number} y */
  quadraticCurveTo = (_cx, _cy, x, y) => this.#to(x, y);
  closePath() {}
  setLineDash() {}

  /** @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    this.#to(x - radius, y - radius);
    this.#to(x + radius, y + radius);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#to(x, y);
    this.#to(x + width, y + height);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  roundRect = (x, y, width, height) => this.rect(x, y, width, height);

  clip() {
    const { left, top, right, bottom } = this.#box();
    this.#clips.push({ left, top, right, bottom });
  }

  #box() {
    const xs = this.#path.map(([x]) => x);
    const ys = this.#path.map(([, y]) => y);
    return {
      left: Math.min(...xs),
      top: Math.min(...ys),
      right: Math.max(...xs),
      bottom: Math.max(...ys),
    };
  }

  fill = () => this.#cover(this.#box(), String(this.fillStyle));
  stroke = () => this.#cover(this.#box(), String(this.strokeStyle));

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    const { right, bottom, ...from } = this.#box();
    // Up to, not onto, its far edges: neighbours share them.
    this.#cover({ ...from, right: right - 1, bottom: bottom - 1 }, String(this.fillStyle));
  }

  clearRect() {
    this.cleared++;
    this.cells.clear();
  }

  /** @param {string} text */
  fillText(text) {
    this.texts.push(text);
  }

  /** @param {string} text */
  measureText = (text) => ({ width: text.length * 7 });

  /** @param {FakeBitmap} bitmap @param {number} x @param {number} y */
  drawImage(bitmap, x, y, width = bitmap.width) {
    const scale = width / bitmap.width;
    for (const [name, color] of bitmap.cells) {
      const [cx, cy] = name.split(",").map(Number);
      this.#set(
        Math.floor((cx * CELL * scale + x) / CELL),
        Math.floor((cy * CELL * scale + y) / CELL),
        color,
      );
    }
  }

  /** @param {Box} box @param {string} color */
  #cover({ left, top, right, bottom }, color) {
    this.painted++;
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
      for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
        this.#set(x, y, color);
    }
  }

  /** @param {number} x @param {number} y @param {string} color */
  #set(x, y, color) {
    const inside = (/** @type {Box} */ clip) =>
      x * CELL >= clip.left - CELL + 1 &&
      x * CELL < clip.right &&
      y * CELL >= clip.top - CELL + 1 &&
      y * CELL < clip.bottom;
    if (!this.#clips.every(inside)) return;
    if (x < 0 || y < 0 || x * CELL >= this.width || y * CELL >= this.height) return;
    this.cells.set(`${x},${y}`, color);
  }

  width = Infinity;
  height = Infinity;
}

export function coarseContext() {
  return /** @type {FakeContext} */ (/** @type {unknown} */ (new CoarseContext()));
}

/** @param {number} width @param {number} height */
export function coarseSurface(width, height) {
  const ctx = Object.assign(coarseContext(), { width, height });
  return {
    ctx,
    take() {
      const bitmap = { cells: ctx.cells, width, height, closed: false, close: () => {} };
      bitmap.close = () => {
        if (bitmap.closed) throw new Error("a bitmap was closed twice");
        bitmap.closed = true;
      };
      ctx.cells = new Map();
      return /** @type {FakeBitmap} */ (/** @type {unknown} */ (bitmap));
    },
  };
}

/** @param {number} width @param {number} height */
export function coarseLayer(width, height) {
  const ctx = Object.assign(coarseContext(), { width, height });
  return { ctx, canvas: /** @type {FakeBitmap} */ (/** @type {unknown} */ (ctx)) };
}

/** @param {number} width @param {number} height */
export function coarseCanvas(width, height) {
  const ctx = coarseContext();
  const canvas = {
    clientWidth: width,
    clientHeight: height,
    width: 0,
    height: 0,
    dataset: {},
    getContext() {
      Object.defineProperties(ctx, {
        width: { get: () => this.width, configurable: true },
        height: { get: () => this.height, configurable: true },
      });
      return ctx;
    },
    ctx,
  };
  return /** @type {FakeCanvas} */ (/** @type {unknown} */ (canvas));
}
