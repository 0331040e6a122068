// What is seen through is first painted as it is, and then laid over the picture at once: where its outline lies
// on its fill it would be twice as strong otherwise.

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./kind.js").Context} Context
 * @typedef {import("./kind.js").PaintView} PaintView
 */

/** Antialiasing reaches this far. */
const EDGE_PIXELS = 2;
/** A larger one isn't kept for the next. */
const KEPT_PIXELS = 1024 * 1024;

/** @type {OffscreenCanvas | null} */
let kept = null;

/**
 * @param {Context} ctx @param {number} opacity @param {Bounds} bounds where it has ink, on the board
 * @param {PaintView} view @param {(ctx: Context, view: PaintView) => void} paint
 */
export function paintThrough(ctx, opacity, bounds, view, paint) {
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

/** An empty one of at least this size. @param {number} width @param {number} height */
function layerOf(width, height) {
  let canvas = kept;
  if (!canvas || canvas.width < width || canvas.height < height) {
    canvas = new OffscreenCanvas(
      Math.max(width, canvas?.width ?? 0),
      Math.max(height, canvas?.height ?? 0),
    );
    if (canvas.width * canvas.height <= KEPT_PIXELS) kept = canvas;
  }
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, width, height);
  return { canvas, context };
}
