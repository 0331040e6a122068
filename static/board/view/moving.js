// Elements on their way, this person's and others': shown where they would come to lie, over the picture.

import { intersects } from "../core/geometry.js";
import { boundsMoved, isTranslation } from "../core/matrix.js";
import { kindOf, transformed } from "../elements/index.js";
import { accentColor } from "../elements/ink.js";
import { outlineBoxes } from "./outlines.js";
import { boundsSeen } from "./raster.js";

/**
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {import("./scene.js").Entry} Entry
 */

/** More than this is not redrawn in every frame of a movement: the rest is shown as boxes. */
const MOVED_INK_MAX = 400;

/** @param {OverlayFrame} frame @param {readonly Entry[]} entries in their order @param {Matrix} matrix */
export function paintMoved(frame, entries, matrix) {
  const { ctx, view, width, height } = frame;
  const seen = boundsSeen(view, width, height);
  const there = entries.filter(([, element]) =>
    intersects(boundsMoved(matrix, kindOf(element).bounds(element)), seen),
  );
  const ink = there.slice(0, MOVED_INK_MAX);
  if (isTranslation(matrix)) {
    const [, , , , dx, dy] = matrix;
    const shifted = {
      ...view,
      left: view.left - Math.round(dx * view.scale),
      top: view.top - Math.round(dy * view.scale),
    };
    for (const [, element] of ink) kindOf(element).draw(ctx, element, shifted);
  } else {
    for (const [, element] of ink) {
      const moved = transformed(element, matrix);
      kindOf(moved).draw(ctx, moved, view);
    }
  }
  const rest = there
    .slice(MOVED_INK_MAX)
    .map(([, element]) => boundsMoved(matrix, kindOf(element).bounds(element)));
  if (rest.length === 0) return;
  outlineBoxes(ctx, rest, view, { color: accentColor(view.theme), width: frame.ratio, gap: 0 });
}
