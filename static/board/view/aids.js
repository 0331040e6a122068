// The lines that help the hand: the box and the lasso that select, the way of an eraser, and what shows why
// something has snapped.

import { accentColor, inkColor, mutedColor } from "../elements/ink.js";
import { outlineBoxes, traceLine } from "./outlines.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/snap.js").Guide} Guide
 * @typedef {import("../editor/shapes.js").Preview} Preview
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 */

const FILL = 0.08;
/** In pixels of the screen. */
const LASSO_DASH = 4;
const TRAIL_WIDTH = 6;
const TRAIL_STRENGTH = 0.3;
const AIM_WIDTH = 4;
const AIM_STRENGTH = 0.45;
const AIM_RADIUS = 5;
/** Half the length of the strokes at the ends of a gap. */
const GAP_END = 4;
/** Unlike the frame of the selection, which lies close by. */
const GUIDE_COLOR = "pink";

/** @param {OverlayFrame} frame @param {Preview} preview */
export function paintAids(frame, { box, lasso, trail, guides, aim }) {
  if (aim) paintAim(frame, aim);
  if (guides.length > 0) paintGuides(frame, guides);
  if (box) paintBox(frame, box);
  if (lasso) paintLasso(frame, lasso);
  if (trail) paintTrail(frame, trail);
}

/** @param {OverlayFrame} frame @param {import("../editor/connecting-aim.js").Aim} aim */
function paintAim({ ctx, view, ratio }, { outline: { xs, ys }, place }) {
  ctx.strokeStyle = ctx.fillStyle = accentColor(view.theme);
  ctx.lineWidth = AIM_WIDTH * ratio;
  ctx.lineJoin = "round";
  traceLine(
    ctx,
    Array.from(xs, (x, i) => ({ x, y: Number(ys[i]) })),
    view,
  );
  ctx.globalAlpha = AIM_STRENGTH;
  ctx.stroke();
  ctx.globalAlpha = 1;
  if (!place) return;
  const { scale, left, top } = view;
  ctx.beginPath();
  ctx.arc(place.x * scale - left, place.y * scale - top, AIM_RADIUS * ratio, 0, 2 * Math.PI);
  ctx.fill();
}

/** @param {OverlayFrame} frame @param {Bounds} box */
function paintBox({ ctx, view, ratio }, box) {
  const { scale, left, top } = view;
  const color = accentColor(view.theme);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = color;
  ctx.globalAlpha = FILL;
  ctx.fillRect(
    Math.round(box.minX * scale - left),
    Math.round(box.minY * scale - top),
    Math.round((box.maxX - box.minX) * scale),
    Math.round((box.maxY - box.minY) * scale),
  );
  ctx.globalAlpha = 1;
  outlineBoxes(ctx, [box], view, { color, width: ratio, gap: 0 });
}

/** @param {OverlayFrame} frame @param {readonly Place[]} lasso */
function paintLasso({ ctx, view, ratio }, lasso) {
  ctx.strokeStyle = ctx.fillStyle = accentColor(view.theme);
  ctx.lineWidth = ratio;
  traceLine(ctx, lasso, view);
  ctx.globalAlpha = FILL;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.setLineDash([LASSO_DASH * ratio, LASSO_DASH * ratio]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** @param {OverlayFrame} frame @param {readonly Place[]} trail */
function paintTrail({ ctx, view, ratio }, trail) {
  traceLine(ctx, trail, view);
  ctx.strokeStyle = mutedColor(view.theme);
  ctx.lineWidth = TRAIL_WIDTH * ratio;
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.globalAlpha = TRAIL_STRENGTH;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Each on whole pixels, so that it is crisp. @param {OverlayFrame} frame @param {readonly Guide[]} guides */
function paintGuides({ ctx, view, ratio }, guides) {
  const width = Math.max(1, Math.round(ratio));
  const crisp = (width % 2) / 2;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.strokeStyle = inkColor(GUIDE_COLOR, view.theme);
  ctx.lineWidth = width;
  ctx.beginPath();
  for (const { x1, y1, x2, y2, gap } of guides) {
    const a = { x: Math.round(x1 * view.scale - view.left) + crisp, y: 0 };
    const b = { x: Math.round(x2 * view.scale - view.left) + crisp, y: 0 };
    a.y = Math.round(y1 * view.scale - view.top) + crisp;
    b.y = Math.round(y2 * view.scale - view.top) + crisp;
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    if (gap) traceEnds(ctx, a, b, GAP_END * ratio);
  }
  ctx.stroke();
}

/** Strokes across both ends, as dimensions are drawn. @param {CanvasRenderingContext2D} ctx @param {Place} a @param {Place} b @param {number} half */
function traceEnds(ctx, a, b, half) {
  const [across, down] = a.y === b.y ? [0, half] : [half, 0];
  for (const { x, y } of [a, b]) {
    ctx.moveTo(x - across, y - down);
    ctx.lineTo(x + across, y + down);
  }
}
