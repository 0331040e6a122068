// The edge of a page that is a sheet of some size: what is beside it lies in the shade.

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 */

const SHADE = { light: "rgb(28 27 26 / 7%)", dark: "rgb(0 0 0 / 38%)" };
const EDGE = { light: "rgb(28 27 26 / 28%)", dark: "rgb(255 255 255 / 26%)" };

/** @param {OverlayFrame} frame @param {Bounds} sheet */
export function paintPageEdge({ ctx, view, ratio, width, height }, sheet) {
  const { scale, left, top } = view;
  const x = Math.round(sheet.minX * scale - left);
  const y = Math.round(sheet.minY * scale - top);
  const w = Math.round(sheet.maxX * scale - left) - x;
  const h = Math.round(sheet.maxY * scale - top) - y;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = SHADE[view.theme];
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.rect(x, y, w, h);
  ctx.fill("evenodd");
  ctx.strokeStyle = EDGE[view.theme];
  ctx.lineWidth = ratio;
  ctx.strokeRect(x - ratio / 2, y - ratio / 2, w + ratio, h + ratio);
}
