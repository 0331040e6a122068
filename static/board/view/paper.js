// The paper of a board: lines or dots beneath everything, at the same places of the board whatever the zoom. They
// are never denser than a few pixels: from afar only each fifth is left, and then each fifth of those.

/**
 * @typedef {import("../elements/kind.js").Context} Context
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("../elements/ink.js").Theme} Theme
 * @typedef {{step: number, strength: number}} Rows lines so many board units apart, 0 to 1
 */

export const PAPER_NAMES = /** @type {const} */ ([
  "blank",
  "grid",
  "ruled",
  "graph",
  "dotted",
  "isometric",
]);

/** Board units between the finest lines. */
const STEP = { grid: 20, ruled: 32, graph: 10, dotted: 20, isometric: 40 };
/** Each so many-th line is a stronger one, and the only one from further away. */
const EACH = 5;
/** Lines are never nearer to each other than this, in pixels, and have their full strength from the other on. */
const DENSEST = 8;
const CLEAR = 28;
const LINE = { light: "#1c1b1a", dark: "#f2f1ee" };
const RULE = { light: "#1971c2", dark: "#74c0fc" };
/** Weak enough that ink stands out, and text can be read. */
const FINE = 0.07;
const STRONG = 0.12;
const DOT = 0.3;
const RULED = 0.22;
const SLOPE = 1 / Math.sqrt(3);

/** @param {Context} ctx @param {PaintView} view @param {number} width @param {number} height */
export function paintPaper(ctx, view, width, height) {
  const { paper = "blank" } = view;
  if (!Object.hasOwn(STEP, paper)) return;
  const name = /** @type {keyof typeof STEP} */ (paper);
  const [fine, strong] = rowsAt(STEP[name], view.scale);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = ctx.strokeStyle = (name === "ruled" ? RULE : LINE)[view.theme];
  const size = { width, height };
  if (name === "ruled") paintRules(ctx, view, size, fine, RULED * fine.strength);
  else if (name === "dotted") paintDots(ctx, view, size, fine, strong);
  else if (name === "isometric") {
    paintSlanted(ctx, view, size, fine, FINE * fine.strength);
    paintSlanted(ctx, view, size, strong, STRONG - FINE);
  } else {
    paintSquares(ctx, view, size, fine, FINE * fine.strength);
    paintSquares(ctx, view, size, strong, STRONG - FINE);
  }
  ctx.globalAlpha = 1;
}

/**
 * The finest lines that can be told apart at a scale, and the stronger ones among them.
 * @param {number} step in board units, of the finest there are @param {number} scale @returns {[Rows, Rows]}
 */
export function rowsAt(step, scale) {
  const coarser = Math.max(0, Math.ceil(Math.log(DENSEST / (step * scale)) / Math.log(EACH)));
  const fine = step * EACH ** coarser;
  const strength = Math.min(1, Math.max(0.15, (fine * scale - DENSEST) / (CLEAR - DENSEST)));
  return [
    { step: fine, strength },
    { step: fine * EACH, strength: 1 },
  ];
}

/** Where lines lie on a side of a canvas, in whole pixels: neighbouring tiles have them at the same place. @param {number} step @param {number} scale @param {number} from @param {number} length */
export function linesAt(step, scale, from, length) {
  const gap = step * scale;
  /** @type {number[]} */
  const lines = [];
  for (let i = Math.floor(from / gap) - 1; i * gap < from + length + 1; i++) {
    const at = Math.round(i * gap) - from;
    if (at >= 0 && at < length) lines.push(at);
  }
  return lines;
}

/** @typedef {{width: number, height: number}} Size */

/** @param {Context} ctx @param {PaintView} view @param {Size} size @param {Rows} rows @param {number} alpha */
function paintRules(ctx, { scale, top }, { width, height }, { step }, alpha) {
  ctx.globalAlpha = alpha;
  for (const y of linesAt(step, scale, top, height)) ctx.fillRect(0, y, width, 1);
}

/** @param {Context} ctx @param {PaintView} view @param {Size} size @param {Rows} rows @param {number} alpha */
function paintSquares(ctx, view, size, rows, alpha) {
  paintRules(ctx, view, size, rows, alpha);
  for (const x of linesAt(rows.step, view.scale, view.left, size.width))
    ctx.fillRect(x, 0, 1, size.height);
}

/** @param {Context} ctx @param {PaintView} view @param {Size} size @param {Rows} fine @param {Rows} strong */
function paintDots(ctx, { scale, left, top }, { width, height }, fine, strong) {
  // Dots that are twice as far apart as lines may be look as dense.
  const { step, strength } = fine.step * scale < 2 * DENSEST ? strong : fine;
  ctx.globalAlpha = DOT * Math.max(0.5, strength);
  const xs = linesAt(step, scale, left - 1, width + 2);
  for (const y of linesAt(step, scale, top - 1, height + 2))
    for (const x of xs) ctx.fillRect(x - 2, y - 2, 2, 2);
}

/** Upright lines, and two families that make equal triangles with them. @param {Context} ctx @param {PaintView} view @param {Size} size @param {Rows} rows @param {number} alpha */
function paintSlanted(ctx, { scale, left, top }, { width, height }, { step }, alpha) {
  ctx.globalAlpha = alpha;
  for (const x of linesAt((step * Math.sqrt(3)) / 2, scale, left, width))
    ctx.fillRect(x, 0, 1, height);
  const gap = step * scale;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const slope of [SLOPE, -SLOPE]) {
    const near = slope * left;
    const far = slope * (left + width);
    const first = Math.floor((top - Math.max(near, far)) / gap);
    const last = Math.ceil((top + height - Math.min(near, far)) / gap);
    for (let i = first; i <= last; i++) {
      ctx.moveTo(0, near + i * gap - top);
      ctx.lineTo(width, far + i * gap - top);
    }
  }
  ctx.stroke();
}
