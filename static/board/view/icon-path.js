// Icons on a canvas: the same shapes that buttons have, as a path.

/** @typedef {import("../../npm/lucide.js").IconNode} IconNode */

/** Their own measure: 24 by 24. */
const ICON_SIZE = 24;

/** @param {IconNode} shapes */
export function iconPath(shapes) {
  const path = new Path2D();
  for (const [tag, attributes] of shapes) {
    const of = (/** @type {string} */ name) => Number(attributes[name] ?? 0);
    if (tag === "path") path.addPath(new Path2D(String(attributes.d)));
    else if (tag === "circle") path.addPath(circle(of("cx"), of("cy"), of("r"), of("r")));
    else if (tag === "ellipse") path.addPath(circle(of("cx"), of("cy"), of("rx"), of("ry")));
    else if (tag === "rect") path.roundRect(of("x"), of("y"), of("width"), of("height"), of("rx"));
    else if (tag === "line") {
      path.moveTo(of("x1"), of("y1"));
      path.lineTo(of("x2"), of("y2"));
    } else if (tag === "polyline" || tag === "polygon") {
      path.addPath(new Path2D(`M${attributes.points}${tag === "polygon" ? "Z" : ""}`));
    }
  }
  return path;
}

/** @param {number} x @param {number} y @param {number} rx @param {number} ry */
function circle(x, y, rx, ry) {
  const path = new Path2D();
  path.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
  return path;
}

/** Around where the context stands. @param {CanvasRenderingContext2D} ctx @param {Path2D} path @param {number} size @param {string} color */
export function strokeIcon(ctx, path, size, color) {
  const scale = size / ICON_SIZE;
  ctx.scale(scale, scale);
  ctx.translate(-ICON_SIZE / 2, -ICON_SIZE / 2);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.stroke(path);
}
