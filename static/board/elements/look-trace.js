// What a hand has drawn, as it is kept and put on the canvas.

/** @typedef {import("./kind.js").Context} Context */

/** Curves, each of eight numbers: from x, y by two handles to x, y. @typedef {Float32Array} Sketch */

/** A hand draws a line of this width as it is, others larger or smaller with it. */
export const NORMAL_WIDTH = 2;
/** The farthest that a hand goes off, in normal widths: what is added to offset and bow at their most. */
const REACH = 4.4;

/** How far the ink of a sketch may be from its contour. @param {number} width */
export function sketchReach(width) {
  return (REACH * width) / NORMAL_WIDTH;
}

/** Adds it to the path. @param {Pick<Context, "moveTo" | "bezierCurveTo">} ctx @param {Sketch} sketch */
export function traceSketch(ctx, sketch) {
  let x = Number.NaN;
  let y = Number.NaN;
  for (let i = 0; i < sketch.length; i += 8) {
    const [fromX, fromY] = [Number(sketch[i]), Number(sketch[i + 1])];
    if (fromX !== x || fromY !== y) ctx.moveTo(fromX, fromY);
    x = Number(sketch[i + 6]);
    y = Number(sketch[i + 7]);
    ctx.bezierCurveTo(
      Number(sketch[i + 2]),
      Number(sketch[i + 3]),
      Number(sketch[i + 4]),
      Number(sketch[i + 5]),
      x,
      y,
    );
  }
}
