// A board without a server, joined as main.js joins it, and what editor.py asks of it.

import "../static/board/elements/others.js";
import { Camera } from "../static/board/core/camera.js";
import { Document } from "../static/board/core/document.js";
import { History } from "../static/board/core/history.js";
import { decodePoints } from "../static/board/core/points.js";
import { SpatialIndex } from "../static/board/core/spatial.js";
import { Editor } from "../static/board/editor.js";
import { kindOf } from "../static/board/elements/index.js";
import { canvasColor, inkColor } from "../static/board/elements/ink.js";
import { originAt } from "../static/board/elements/kind.js";
import { outlineOf } from "../static/board/elements/outline.js";
import { keepPlaced } from "../static/board/elements/placing.js";
import { paintThin, traceOutline } from "../static/board/elements/trace.js";
import { LiveWriter } from "../static/board/sync/live.js";
import { LiveSender } from "../static/board/sync/live-sender.js";
import { registerTools } from "../static/board/tools/index.js";
import { LiveLayer } from "../static/board/view/live-layer.js";
import { Pointer } from "../static/board/view/pointer.js";
import { Renderer } from "../static/board/view/renderer.js";
import { BROWSER } from "../static/board/view/surroundings.js";
import { SCENES, strokes } from "./editor_scenes.js";

/** @typedef {import("../static/board/core/fold.js").Element} Element */
/** @typedef {OffscreenCanvasRenderingContext2D} Context */

const WORKER = new URL("../static/board/worker.js", import.meta.url).href;
/** The view is 1440 by 900. */
const MIDDLE = { x: 720, y: 450 };
const LIGHT = /** @type {const} */ ("light");
const [picture, overlayCanvas] = /** @type {[HTMLCanvasElement, HTMLCanvasElement]} */ ([
  ...document.querySelectorAll("canvas"),
]);

const board = new Document();
/** Takes everything and answers nothing. @type {any} */
const session = {
  document: board,
  schema: 2,
  subscribe() {},
  submit() {},
  state: "live",
  sendLive: () => true,
};
/** Nobody else is here. @type {any} */
const people = {
  subscribe() {},
  strokes: () => [],
  cursors: () => [],
  selections: () => new Map(),
  moved: () => [],
  drafts: () => [],
};
const spatial = new SpatialIndex();
keepPlaced(board, spatial);
const camera = new Camera();
camera.resize(picture.clientWidth, picture.clientHeight);
const editor = new Editor({
  document: board,
  history: new History(board),
  camera,
  spatial,
  session,
  live: new LiveSender(session, undefined, new LiveWriter()),
});
registerTools(editor);
/** The renderer's own work in frames, in ms. */
let frameWork = 0;
const renderer = new Renderer({
  canvas: picture,
  overlayCanvas,
  document: board,
  camera,
  spatial,
  theme: LIGHT,
  workerUrl: WORKER,
  surroundings: {
    nextFrame: (callback) =>
      BROWSER.nextFrame((now) => {
        const from = performance.now();
        callback(now);
        frameWork += performance.now() - from;
      }),
  },
});
const layer = new LiveLayer({ renderer });
layer.meet(people);
editor.subscribe(({ type }) => {
  if (type === "preview" || type === "selection") layer.show(editor);
});
new Pointer({ editor, canvas: picture }).listen();
camera.panBy(MIDDLE.x, MIDDLE.y);

/** @returns {Promise<number>} */
function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}

/** When the picture is complete, in ms of the page's clock. @returns {Promise<number>} */
async function settled() {
  for (;;) {
    await nextFrame();
    if (renderer.settled && picture.dataset.settled === "true") return performance.now();
  }
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
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
    Number(times[Math.min(times.length - 1, Math.floor(times.length * part))]);
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

// -- what is measured --------------------------------------------------------------------------------

const PAN_FRAMES = 180;
const PAN_TURN = 60;
const ZOOM_TURN = 40;
const STROKES_PER_SECOND = 50;
const MOVES = 120;

/**
 * Bare repaints of 10,000 strokes in a view at 10 %, in ms: what a page without tiles does in every frame. The yardstick
 * B is `lines`, a plain line through all points; `outlines` are those with pressure, `ours` what a tile is painted with.
 */
function yardsticks() {
  const yard = strokes(10_000).map(([, element]) => {
    const line = decodePoints(String(element.points));
    return { element, line, outline: outlineOf(line, Number(element.width)) };
  });
  const view = { theme: LIGHT, scale: 0.1, left: -MIDDLE.x, top: -MIDDLE.y };
  const each = (
    /** @type {(ctx: Context, one: (typeof yard)[number], color: string) => void} */ paint,
  ) =>
    repaint((ctx) => {
      for (const one of yard) {
        originAt(ctx, view, Number(one.element.x), Number(one.element.y));
        paint(ctx, one, inkColor(one.element.color, LIGHT));
      }
    });
  return {
    lines: each((ctx, { element, line }, color) =>
      paintThin(ctx, line, color, Number(element.width), view.scale),
    ),
    outlines: each((ctx, { outline }, color) => {
      ctx.fillStyle = color;
      ctx.beginPath();
      traceOutline(ctx, outline);
      ctx.fill();
    }),
    ours: each((ctx, { element }) => kindOf(element).draw(ctx, element, view)),
  };
}

/** The median of five, the first of which warms up. @param {(ctx: Context) => void} paint */
function repaint(paint) {
  return median(Array.from({ length: 5 }, () => repaintOnce(paint)));
}

/** @param {(ctx: Context) => void} paint */
function repaintOnce(paint) {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const ctx = canvas.getContext("2d", { alpha: false });
  if (!ctx) throw new Error("no canvas to be had");
  const from = performance.now();
  ctx.fillStyle = canvasColor("light");
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  paint(ctx);
  // Canvases paint when they are looked at.
  ctx.getImageData(0, 0, 1, 1);
  return performance.now() - from;
}

/** @param {number[]} numbers */
function median(numbers) {
  return Number(numbers.sort((a, b) => a - b)[numbers.length >> 1]);
}

/** As the server's answer lies in memory, and no copy of it elsewhere. @param {keyof typeof SCENES} scene */
function parsed(scene) {
  const text = JSON.stringify(Object.fromEntries(SCENES[scene]()));
  return JSON.parse(text);
}

/** @type {Record<string, Element> | null} */
let read = null;

/** @param {keyof typeof SCENES} scene */
function prepare(scene) {
  read = parsed(scene);
}

/** From data in memory to the complete view, in ms. */
async function load() {
  if (!read) throw new Error("nothing is prepared");
  await nextFrame();
  const elements = read;
  read = null;
  const from = performance.now();
  board.load({ epoch: "bench", clock: 0, elements });
  return (await settled()) - from;
}

/** The coarse picture and what is around the view get ready, as while somebody looks. */
async function rest() {
  // It comes late, and hears of all elements: before that, memory is half of what it will be.
  for (let i = 0; i < 400 && !renderer.worker.ready; i++) await wait(50);
  await wait(1500);
  await settled();
}

/** @param {number} zoom */
async function look(zoom) {
  const from = performance.now();
  camera.setZoom(zoom);
  return (await settled()) - from;
}

/** Out over more than half a view, and back to where it began. */
function pan() {
  return intervals(PAN_FRAMES, (i) => {
    const there = i % PAN_TURN < PAN_TURN / 2 ? 1 : -1;
    camera.panBy(-24 * there, -9 * there);
  });
}

/** From 100 % to 10 % and back, again and again. */
function zoom() {
  const factor = 0.1 ** (1 / ZOOM_TURN);
  return intervals(4 * ZOOM_TURN, (i) => {
    camera.zoomAt(
      MIDDLE.x - 100,
      MIDDLE.y + 50,
      i % (2 * ZOOM_TURN) < ZOOM_TURN ? factor : 1 / factor,
    );
  });
}

/** Others' strokes come as the session hands them on, spread evenly. */
async function remote() {
  const fresh = strokes(STROKES_PER_SECOND * 3, 7);
  let clock = board.clock;
  let next = 0;
  const timer = setInterval(() => {
    const one = fresh[next++];
    if (!one) return;
    const [key, element] = one;
    const x = camera.x + (((Number(element.x) % 1000) + 1000) / 2000 / camera.zoom) * 1200;
    const put = {
      op: /** @type {const} */ ("put"),
      key: `${key}-${clock}`,
      element: { ...element, x: Math.round(x), z: `b${clock}` },
    };
    board.confirm({ id: `bench-${clock}`, clock: ++clock, author: 2, at: 0, changes: [put] });
  }, 1000 / STROKES_PER_SECOND);
  const times = await intervals(PAN_FRAMES, () => {});
  clearInterval(timer);
  return times;
}

/** @param {string} type @param {number} x @param {number} y @param {number} buttons */
function point(type, x, y, buttons) {
  const event = new PointerEvent(type, {
    pointerId: 1,
    pointerType: "mouse",
    isPrimary: true,
    bubbles: true,
    cancelable: true,
    clientX: x,
    clientY: y,
    button: type === "pointermove" ? -1 : 0,
    buttons,
    pressure: buttons ? 0.5 : 0,
  });
  picture.dispatchEvent(event);
}

/** The time in handlers of pointermove and in the frames that they bring about, in ms for each; the rest between. */
async function drawing() {
  editor.setTool("pen");
  await settled();
  await nextFrame();
  point("pointerdown", 400, 300, 1);
  await nextFrame();
  frameWork = 0;
  let handlers = 0;
  const times = await intervals(MOVES, (i) => {
    const from = performance.now();
    point("pointermove", 400 + i * 5, 300 + Math.sin(i / 6) * 120, 1);
    handlers += performance.now() - from;
  });
  const work = (handlers + frameWork) / MOVES;
  point("pointerup", 1000, 300, 0);
  await settled();
  return { work, handlers: handlers / MOVES, ...times };
}

/** A thousand elements in the middle are dragged with the pointer. @param {number} count */
async function moving(count) {
  editor.setTool("select");
  const middle = camera.toBoard(MIDDLE);
  const near = [...board.entries()]
    .map(([key, element]) => ({
      key,
      away: Math.hypot(Number(element.x) - middle.x, Number(element.y) - middle.y),
    }))
    .sort((a, b) => a.away - b.away)
    .slice(0, count);
  editor.select(near.map(({ key }) => key));
  await settled();
  point("pointerdown", MIDDLE.x, MIDDLE.y, 1);
  const times = await intervals(MOVES, (i) => {
    const turn = i / 20;
    point("pointermove", MIDDLE.x + Math.sin(turn) * 200, MIDDLE.y + (1 - Math.cos(turn)) * 100, 1);
  });
  const drop = performance.now();
  point("pointerup", MIDDLE.x + 50, MIDDLE.y + 50, 0);
  const landed = (await settled()) - drop;
  editor.select([]);
  return { ...times, landed };
}

/** What the tiles' bitmaps hold, in bytes: they are in no heap. */
function pixels() {
  return renderer.tileBytes;
}

Object.assign(globalThis, {
  bench: {
    yardsticks,
    prepare,
    load,
    rest,
    look,
    pan,
    zoom,
    remote,
    drawing,
    moving,
    pixels,
    settled,
  },
  // For looking into it by hand.
  parts: { board, camera, editor, renderer, layer, spatial },
});
document.documentElement.dataset.ready = "true";
