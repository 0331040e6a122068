// What is seen through is first painted as it is, and then laid over the picture at once: where its outline lies
// on its fill it would be twice as strong otherwise.

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").PaintView} PaintView
 */

/** What has no pixels has layers of its own. @typedef {Context & {paintLayer: (alpha: number, paint: () => void) => void}} Layered */

/** Antialiasing reaches this far. */
const EDGE_PIXELS = 2;
/** A larger one isn't kept for the next. */
const KEPT_PIXELS = 512 * 512;
const SIZE_MIN = 32;

/** By size. @type {Map<string, OffscreenCanvas>} */
const kept = new Map();

/**
 * @param {Context} ctx @param {number} opacity @param {Bounds} bounds where it has ink, on the board
 * @param {PaintView} view @param {(ctx: Context, view: PaintView) => void} paint
 */
export function paintThrough(ctx, opacity, bounds, view, paint) {
  if ("paintLayer" in ctx) {
    /** @type {Layered} */ (ctx).paintLayer(opacity, () => paint(ctx, view));
    return;
  }
  const alpha = ctx.globalAlpha;
  const layer = opacity < 1 ? layerFor(ctx, bounds, view) : null;
  ctx.globalAlpha = alpha * opacity;
  if (!layer) paint(ctx, view);
  else if (layer.width > 0 && layer.height > 0) {
    const { x, y, width, height } = layer;
    const { canvas, context } = layerOf(width, height);
    paint(context, { ...view, left: view.left + x, top: view.top + y });
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(canvas, 0, 0, width, height, x, y, width, height);
  }
  ctx.globalAlpha = alpha;
}

/** The pixels of the canvas that it can reach; null where there are no canvases to be had. @param {Context} ctx @param {Bounds} bounds @param {PaintView} view */
function layerFor({ canvas }, { minX, minY, maxX, maxY }, { scale, left, top }) {
  if (!canvas || typeof OffscreenCanvas === "undefined") return null;
  const x = Math.max(0, Math.floor(minX * scale - left) - EDGE_PIXELS);
  const y = Math.max(0, Math.floor(minY * scale - top) - EDGE_PIXELS);
  const right = Math.min(canvas.width, Math.ceil(maxX * scale - left) + EDGE_PIXELS);
  const bottom = Math.min(canvas.height, Math.ceil(maxY * scale - top) + EDGE_PIXELS);
  return { x, y, width: right - x, height: bottom - y };
}

/** An empty one of at least this size: reading from one costs as much as it is large. @param {number} width @param {number} height */
function layerOf(width, height) {
  const across = sizeAbove(width);
  const down = sizeAbove(height);
  const name = `${across},${down}`;
  const canvas = kept.get(name) ?? new OffscreenCanvas(across, down);
  if (across * down <= KEPT_PIXELS) kept.set(name, canvas);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, across, down);
  return { canvas, context };
}

/** Few sizes, so that most elements find one. @param {number} side */
function sizeAbove(side) {
  return 2 ** Math.ceil(Math.log2(Math.max(SIZE_MIN, side)));
}
