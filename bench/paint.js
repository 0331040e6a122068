// A board of synthetic strokes in a page of its own, for paint.py to pan, zoom and compare.

import { Camera } from "../static/board/core/camera.js";
import { Document } from "../static/board/core/document.js";
import { encodePoints } from "../static/board/core/points.js";
import { SpatialIndex } from "../static/board/core/spatial.js";
import { keepPlaced } from "../static/board/elements/placing.js";
import { LiveLayer } from "../static/board/view/live-layer.js";
import { Renderer } from "../static/board/view/renderer.js";

const COLORS = ["black", "red", "blue", "green", "orange", "violet", "teal", "pink"];
/** About a hundred strokes in a view of 1440 by 900 at 100 %. */
const AREA_PER_STROKE = (1440 * 900) / 100;
const WORKER = new URL("../static/board/worker.js", import.meta.url).href;

/** The same numbers on every machine (mulberry32). @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A wandering line with pressure. @param {() => number} random @param {number} count */
function points(random, count) {
  const line = [{ x: 0, y: 0, pressure: 0.5 }];
  let angle = random() * 6.3;
  let pressure = 0.5;
  for (let i = 1; i < count; i++) {
    const last = line[i - 1];
    angle += (random() - 0.5) * 0.9;
    pressure = Math.min(1, Math.max(0.1, pressure + (random() - 0.5) * 0.15));
    const step = 2 + random() * 5;
    line.push({ x: last.x + Math.cos(angle) * step, y: last.y + Math.sin(angle) * step, pressure });
  }
  return line;
}

/** @param {number} count @param {number} seed @returns {[string, Record<string, string | number>][]} */
export function strokes(count, seed = 1) {
  const random = randomFrom(seed);
  const side = Math.sqrt(count * AREA_PER_STROKE);
  return Array.from({ length: count }, (_, i) => [
    `stroke-${String(seed)}-${String(i).padStart(6, "0")}`,
    {
      kind: "stroke",
      x: Math.round((random() - 0.5) * side),
      y: Math.round((random() - 0.5) * side),
      z: `a${String(i).padStart(7, "0")}`,
      color: COLORS[Math.floor(random() * COLORS.length)],
      width: [2, 4, 8][Math.floor(random() * 3)],
      points: encodePoints(points(random, 60), 2, true),
    },
  ]);
}

/** @type {{slot: number, name: string, color: string, x: number, y: number}[]} */
const cursors = [];
/** Nobody but their cursors. @type {any} */
const people = {
  subscribe() {},
  strokes: () => [],
  cursors: () => cursors,
  selections: () => new Map(),
};
const board = new Document();
const camera = new Camera();
const spatial = new SpatialIndex();
keepPlaced(board, spatial);
/** @type {Renderer} */
let renderer;
/** @type {LiveLayer} */
let layer;

/**
 * @param {{theme?: import("../static/board/elements/kind.js").PaintView["theme"], worker?: boolean,
 *   shown?: Partial<import("../static/board/view/surroundings.js").Surroundings> | null}} options
 */
function start({ theme = "light", worker = true, shown = null } = {}) {
  const [canvas, overlayCanvas] = document.querySelectorAll("canvas");
  renderer = new Renderer({
    canvas,
    overlayCanvas,
    document: board,
    camera,
    spatial,
    theme,
    workerUrl: worker ? WORKER : "",
    surroundings: shown ?? {},
  });
  layer = new LiveLayer({ renderer, people });
}

/** @param {ReturnType<typeof strokes>} elements */
function load(elements) {
  board.load({ epoch: "bench", clock: 0, elements: Object.fromEntries(elements) });
}

function shownCanvas() {
  const canvas = document.querySelector("canvas");
  if (!canvas) throw new Error("the page has no canvas");
  return canvas;
}

/** @returns {Promise<number>} */
function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

async function settled() {
  do await nextFrame();
  while (!renderer.settled || shownCanvas().dataset.settled !== "true");
}

/** Frame intervals while something is done in every frame. @param {number} frames @param {(i: number) => void} act */
async function intervals(frames, act) {
  /** @type {number[]} */
  const times = [];
  let last = await nextFrame();
  for (let i = 0; i < frames; i++) {
    act(i);
    const now = await nextFrame();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))]);
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

/** A number that two pictures share only if every pixel is the same (FNV-1a over 32-bit pixels). */
function fingerprint() {
  const canvas = shownCanvas();
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const ctx = copy.getContext("2d");
  if (!ctx) throw new Error("no canvas to be had");
  ctx.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(ctx.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  let hash = 0x811c9dc5;
  for (const pixel of pixels) hash = Math.imul(hash ^ pixel, 0x01000193);
  return hash >>> 0;
}

Object.assign(globalThis, {
  bench: {
    board,
    camera,
    cursors,
    start,
    load,
    strokes,
    settled,
    intervals,
    fingerprint,
    nextFrame,
    renderer: () => renderer,
    layer: () => layer,
    put: (/** @type {ReturnType<typeof strokes>} */ entries) =>
      board.propose(entries.map(([key, element]) => ({ op: "put", key, element }))),
    propose: (/** @type {import("../static/board/core/fold.js").Change[]} */ changes) =>
      board.propose(changes),
  },
});
document.documentElement.dataset.ready = "true";
