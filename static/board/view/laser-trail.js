// A laser's trail: as wide as it is young, gone after a second, with a bright head.

import { LASER_MS } from "../sync/company.js";

/** @typedef {import("../sync/company.js").LaserPoint} LaserPoint */

/** In pixels of the screen. */
const WIDTH = 5;
const HEAD = 4;
const GLOW = 9;
const GLOW_STRENGTH = 0.25;
const CORE = "#ffffff";

/** @param {import("./renderer.js").OverlayFrame} frame @param {readonly LaserPoint[]} trail @param {string} ink @param {number} now */
export function paintLaser({ ctx, view, ratio }, trail, ink, now) {
  const { scale, left, top } = view;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.lineCap = "round";
  ctx.strokeStyle = ink;
  ctx.fillStyle = ink;
  /** @type {LaserPoint | null} */
  let before = null;
  for (const point of trail) {
    const young = youth(point, now);
    if (before && !point.starts && young > 0) {
      ctx.lineWidth = WIDTH * ratio * young;
      ctx.beginPath();
      ctx.moveTo(before.x * scale - left, before.y * scale - top);
      ctx.lineTo(point.x * scale - left, point.y * scale - top);
      ctx.stroke();
    }
    before = point;
  }
  if (before)
    paintHead(ctx, before.x * scale - left, before.y * scale - top, ratio * youth(before, now));
}

/** @param {LaserPoint} point @param {number} now 1 when it comes, 0 when it is gone */
function youth({ at }, now) {
  return Math.max(0, Math.min(1, 1 - (now - at) / LASER_MS));
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} size */
function paintHead(ctx, x, y, size) {
  const disc = (/** @type {number} */ radius) => {
    ctx.beginPath();
    ctx.arc(x, y, radius * size, 0, 2 * Math.PI);
    ctx.fill();
  };
  ctx.globalAlpha = GLOW_STRENGTH;
  disc(GLOW);
  ctx.globalAlpha = 1;
  disc(HEAD);
  ctx.fillStyle = CORE;
  disc(HEAD / 2);
}
