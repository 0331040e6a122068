// Fits ellipses, rectangles and triangles to a loop, and says how far the loop is beside them. Pure.

import { distance, distanceTo } from "./recognise-points.js";

/**
 * @typedef {import("./geometry.js").Place} Place
 * @typedef {import("./recognise.js").Meant} Meant
 */

/** `beside`: in the mean, as a part of the size; `outline`: how long it is. @typedef {{meant: Meant, beside: number, outline: number}} Fit */

/** What is more slender was meant as a line that goes there and back. */
const SLENDER = 0.14;
/** Of the shorter side: no part of the loop is farther from the outline, and no corner from the loop. */
const FAR = 0.24;
const ANGLES = 60;
/** Sides are where the middle of the points beside them is, again and again. */
const ROUNDS = 3;

/** By its moments of area. @param {Place[]} loop @returns {Fit} */
export function fitEllipse(loop) {
  const { middle, xx, xy, yy } = momentsOf(loop);
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const a = 2 * Math.sqrt(Math.max(0, (xx + yy) / 2 + spread));
  const b = 2 * Math.sqrt(Math.max(0, (xx + yy) / 2 - spread));
  const off = loop.map((place) => {
    const { u, v } = turned(place, middle, angle);
    const part = Math.hypot(u / a, v / b);
    // Along the ray from the middle, which is near enough to the nearest place of the outline.
    return part > 0 ? Math.hypot(u, v) * Math.abs(1 - 1 / part) : Math.min(a, b);
  });
  const meant = /** @type {const} */ ({ kind: "ellipse", middle, w: 2 * a, h: 2 * b, angle });
  const outline = Math.PI * (3 * (a + b) - Math.sqrt((3 * a + b) * (a + 3 * b)));
  return { meant, beside: besideness(off, 2 * a, 2 * b), outline };
}

/** @param {Place[]} loop */
function momentsOf(loop) {
  let area = 0;
  let x = 0;
  let y = 0;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  const origin = /** @type {Place} */ (loop[0]);
  loop.forEach((place, i) => {
    const next = /** @type {Place} */ (loop[(i + 1) % loop.length]);
    const [px, py] = [place.x - origin.x, place.y - origin.y];
    const [qx, qy] = [next.x - origin.x, next.y - origin.y];
    const cross = px * qy - qx * py;
    area += cross / 2;
    x += (cross * (px + qx)) / 6;
    y += (cross * (py + qy)) / 6;
    xx += (cross * (px * px + px * qx + qx * qx)) / 12;
    yy += (cross * (py * py + py * qy + qy * qy)) / 12;
    xy += (cross * (px * qy + 2 * px * py + 2 * qx * qy + qx * py)) / 24;
  });
  const [mx, my] = [x / area, y / area];
  const middle = { x: origin.x + mx, y: origin.y + my };
  return { middle, xx: xx / area - mx * mx, xy: xy / area - mx * my, yy: yy / area - my * my };
}

/** The best of many angles. @param {Place[]} loop @returns {Fit} */
export function fitRectangle(loop) {
  let best = rectangleAt(loop, 0);
  for (let i = 1; i < ANGLES; i++) {
    const fit = rectangleAt(loop, (Math.PI / 2) * (i / ANGLES));
    if (fit.beside < best.beside) best = fit;
  }
  return best;
}

/** @param {Place[]} loop @param {number} angle @returns {Fit} */
function rectangleAt(loop, angle) {
  const origin = /** @type {Place} */ (loop[0]);
  const places = loop.map((place) => turned(place, origin, angle));
  let sides = {
    left: Math.min(...places.map(({ u }) => u)),
    right: Math.max(...places.map(({ u }) => u)),
    top: Math.min(...places.map(({ v }) => v)),
    bottom: Math.max(...places.map(({ v }) => v)),
  };
  for (let i = 0; i < ROUNDS; i++) sides = settled(sides, places);
  const [w, h] = [sides.right - sides.left, sides.bottom - sides.top];
  const [long, short] = [Math.max(w, h), Math.min(w, h)];
  const off = places.map((place) => nearestSide(sides, place).beside);
  const beside = hasCorners(sides, places, FAR * short) ? besideness(off, long, short) : Infinity;
  const middle = back(
    (sides.left + sides.right) / 2,
    (sides.top + sides.bottom) / 2,
    origin,
    angle,
  );
  const meant = /** @type {const} */ ({ kind: "rectangle", middle, w, h, angle });
  return { meant, beside, outline: 2 * (w + h) };
}

/** @param {Sides} sides @param {Turned[]} places @param {number} reach */
function hasCorners({ left, right, top, bottom }, places, reach) {
  return [left, right].every((x) =>
    [top, bottom].every((y) => places.some(({ u, v }) => Math.hypot(u - x, v - y) <= reach)),
  );
}

/** @typedef {{left: number, right: number, top: number, bottom: number}} Sides */
/** @typedef {{u: number, v: number}} Turned */

/** @param {Sides} sides @param {Turned} place @returns {{name: keyof Sides, beside: number}} */
function nearestSide({ left, right, top, bottom }, { u, v }) {
  const over = Math.max(0, left - u, u - right, top - v, v - bottom);
  const all = /** @type {const} */ ([
    ["left", Math.abs(u - left)],
    ["right", Math.abs(u - right)],
    ["top", Math.abs(v - top)],
    ["bottom", Math.abs(v - bottom)],
  ]);
  const [name, beside] = all.reduce((a, b) => (b[1] < a[1] ? b : a));
  return { name, beside: Math.max(beside, over) };
}

/** Each side goes to the middle of the points that are nearest to it. @param {Sides} sides @param {Turned[]} places @returns {Sides} */
function settled(sides, places) {
  const sums = { left: [0, 0], right: [0, 0], top: [0, 0], bottom: [0, 0] };
  for (const place of places) {
    const { name } = nearestSide(sides, place);
    const sum = sums[name];
    sum[0] = Number(sum[0]) + (name === "left" || name === "right" ? place.u : place.v);
    sum[1] = Number(sum[1]) + 1;
  }
  const mean = (/** @type {keyof Sides} */ name) => {
    const [sum, count] = sums[name];
    return count ? Number(sum) / count : sides[name];
  };
  return { left: mean("left"), right: mean("right"), top: mean("top"), bottom: mean("bottom") };
}

/** By leaving out again and again the corner that matters least. @param {Place[]} loop @returns {Fit} */
export function fitTriangle(loop) {
  const corners = [...loop];
  while (corners.length > 3) {
    const areas = corners.map((corner, i) =>
      areaOf(
        /** @type {Place} */ (corners.at(i - 1)),
        corner,
        /** @type {Place} */ (corners[(i + 1) % corners.length]),
      ),
    );
    corners.splice(areas.indexOf(Math.min(...areas)), 1);
  }
  const [a, b, c] = /** @type {[Place, Place, Place]} */ (corners);
  const off = loop.map((place) =>
    Math.min(distanceTo(place, a, b), distanceTo(place, b, c), distanceTo(place, c, a)),
  );
  const sides = [distance(a, b), distance(b, c), distance(c, a)];
  const [long, outline] = [Math.max(...sides), sides.reduce((sum, each) => sum + each, 0)];
  const beside = besideness(off, long, (2 * areaOf(a, b, c)) / long);
  return { meant: { kind: "triangle", corners: [a, b, c] }, beside, outline };
}

/** @param {Place} a @param {Place} b @param {Place} c */
function areaOf(a, b, c) {
  return Math.abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
}

/** Infinite where one point alone shows that something else was meant. @param {number[]} off how far each point is beside the outline @param {number} long @param {number} short of its sides */
function besideness(off, long, short) {
  if (!(short >= SLENDER * long) || Math.max(...off) > FAR * short) return Infinity;
  const mean = off.reduce((sum, each) => sum + each, 0) / off.length;
  return mean / Math.sqrt(long * short);
}

/** @param {Place} place @param {Place} middle @param {number} angle */
function turned({ x, y }, middle, angle) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    u: (x - middle.x) * cos + (y - middle.y) * sin,
    v: (y - middle.y) * cos - (x - middle.x) * sin,
  };
}

/** @param {number} u @param {number} v @param {Place} origin @param {number} angle @returns {Place} */
function back(u, v, origin, angle) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: origin.x + u * cos - v * sin, y: origin.y + u * sin + v * cos };
}
