// A small picture of some elements: a template, what somebody has put aside.

import { Document } from "../core/document.js";
import { SpatialIndex } from "../core/spatial.js";
import { allArrived } from "../elements/later.js";
import { keepPlaced } from "../elements/placing.js";
import { Sheet } from "../elements/sheet.js";
import { Painting } from "./raster.js";
import { DocumentScene } from "./scene.js";

/** @typedef {import("../core/fold.js").Element} Element */

/** Around what is shown, as a part of the picture's sides. */
const MARGIN = 0.06;
/** Larger than it is, a single small thing would look like a mistake. */
const SCALE_MAX = 1.5;

/**
 * Fills the canvas with them, and again once their kinds and fonts are there.
 * @param {HTMLCanvasElement} canvas @param {readonly (readonly [string, Element])[]} entries
 * @param {import("../elements/kind.js").PaintView["theme"]} theme
 */
export async function paintSmall(canvas, entries, theme) {
  paint(canvas, entries, theme);
  await allArrived();
  paint(canvas, entries, theme);
}

/** @param {HTMLCanvasElement} canvas @param {readonly (readonly [string, Element])[]} entries @param {import("../elements/kind.js").PaintView["theme"]} theme */
function paint(canvas, entries, theme) {
  const document = new Document();
  document.load({ epoch: "", clock: 0, elements: Object.fromEntries(entries) });
  const sheet = new Sheet(document);
  const spatial = new SpatialIndex();
  keepPlaced(sheet, spatial)();
  sheet.close();
  const all = spatial.all();
  const ctx = canvas.getContext("2d");
  if (!all || !ctx) return;
  const { width, height } = canvas;
  const across = Math.max(all.maxX - all.minX, 1);
  const down = Math.max(all.maxY - all.minY, 1);
  const room = 1 - 2 * MARGIN;
  const scale = Math.min((width * room) / across, (height * room) / down, SCALE_MAX);
  const left = Math.round(((all.minX + all.maxX) / 2) * scale - width / 2);
  const top = Math.round(((all.minY + all.maxY) / 2) * scale - height / 2);
  const view = { theme, scale, left, top };
  const scene = new DocumentScene(sheet, spatial);
  // The last element of the painting before has left its own, and only a corner would be emptied.
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  new Painting({ ctx, scene, view, width, height, background: "transparent" }).step(() => false);
}
