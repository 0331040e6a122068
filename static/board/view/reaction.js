// A reaction: a disc in somebody's colour that floats up from where they were, and fades.

import { textColorOn } from "../elements/ink.js";
import { REACTION_MS } from "../sync/company.js";
import { edgeOn } from "./cursors.js";
import { strokeIcon } from "./icon-path.js";

/** In pixels of the screen. */
const RADIUS = 18;
const ICON = 22;
const RISE = 120;
const SWAY = 8;
/** Shares of its time. */
const GROWS = 0.08;
const FADES = 0.65;

/**
 * @param {import("./renderer.js").OverlayFrame} frame @param {import("../sync/company.js").Reaction} reaction
 * @param {{path: Path2D, ink: string, now: number, still: boolean}} looks `still`: it neither grows nor floats
 */
export function paintReaction({ ctx, view, ratio }, { x, y, at }, { path, ink, now, still }) {
  const age = Math.min(1, Math.max(0, (now - at) / REACTION_MS));
  const rise = still ? RISE / 4 : RISE * (1 - (1 - age) ** 2);
  const sway = still ? 0 : SWAY * Math.sin(age * 3 * Math.PI);
  const size = still ? 1 : Math.min(1, 0.4 + (0.6 * age) / GROWS);
  ctx.setTransform(ratio, 0, 0, ratio, x * view.scale - view.left, y * view.scale - view.top);
  ctx.translate(sway, -rise - RADIUS);
  ctx.scale(size, size);
  ctx.globalAlpha = age < FADES ? 1 : (1 - age) / (1 - FADES);
  ctx.beginPath();
  ctx.arc(0, 0, RADIUS, 0, 2 * Math.PI);
  ctx.strokeStyle = edgeOn(ink, view.theme);
  ctx.lineWidth = 3;
  ctx.stroke();
  ctx.fillStyle = ink;
  ctx.fill();
  strokeIcon(ctx, path, ICON, textColorOn(ink));
  ctx.globalAlpha = 1;
}
