// At which edge the panel of styles stands: never on what is selected, as long as the other one is free. Pure.

/** @typedef {import("../core/geometry.js").Bounds} Bounds */
/** @typedef {"left" | "right"} Side */

/** From the window's edge, and to what is selected with its handles. */
const MARGIN = 12;
const GAP = 8;

/**
 * @param {Bounds} selected on the screen
 * @param {{width: number}} panel
 * @param {{width: number, height: number}} view
 * @param {Side} now it stays there while it can, and where neither is better
 * @returns {Side}
 */
export function sideFor(selected, panel, view, now) {
  if (selected.maxY < GAP || selected.minY > view.height - GAP) return now;
  const reach = MARGIN + panel.width + GAP;
  const free = {
    left: selected.minX > reach || selected.maxX < 0,
    right: selected.maxX < view.width - reach || selected.minX > view.width,
  };
  // Whoever has left it for the other edge finds it at home again when that is free.
  if (free.right) return now === "left" && free.left ? now : "right";
  return free.left ? "left" : now;
}
