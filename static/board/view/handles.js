// What shows that something is selected: frames, this person's with handles and others' in their colours.

import { boundsMoved, IDENTITY } from "../core/matrix.js";
import { drawnFrame, handlesOf, selectionFrame } from "../editor/selecting-frame.js";
import { boundsOfFrame, cornersOf, frameMoved } from "../elements/box.js";
import { kindOf, transformed } from "../elements/index.js";
import { accentColor, inkColor, textColorOn } from "../elements/ink.js";
import { FONT, labelOf } from "./cursors.js";
import { outlineBoxes, traceLine } from "./outlines.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("../editor/selecting-frame.js").Handle} Handle
 * @typedef {import("../elements/kind.js").Frame} Frame
 * @typedef {import("../sync/people.js").LivePeople} LivePeople
 * @typedef {import("./live-layer.js").Shown} Shown
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 */

/** Each element of a large selection its own outline would be a thicket. */
const OUTLINES_MAX = 200;
const MEMBER_STRENGTH = 0.45;
/** In pixels of the screen. */
const LINE = 1.5;
const RADIUS = 5;
const BETWEEN_RADIUS = 3.5;
/** Handles of sides are bars along them, unlike the round ones of corners. */
const BAR = { length: 14, thickness: 5 };
const HANDLE_FILL = "#ffffff";
/** Of the name at somebody's selection: smaller than that at their pointer. */
const NAME = { height: 16, padding: 5, radius: 4 };
const NAME_FONT = FONT.replace("12px", "11px");

/** @param {OverlayFrame} frame @param {Document} document @param {Shown} shown */
export function paintSelection(frame, document, { selection, preview, readOnly, writing }) {
  if (selection.size === 0 || isBent(selection, preview)) return;
  const matrix = preview.moved?.matrix ?? IDENTITY;
  const zoom = frame.view.scale / frame.ratio;
  const handles = handlesOf(document, selection, zoom);
  const isLine = handles.length > 0 && !handles.some(({ name }) => name === "size");
  const around = frameThere(document, selection, matrix);
  if (around && !isLine) {
    if (selection.size > 1) paintMembers(frame, document, selection, matrix);
    const hasPoints = handles.some(({ name }) => name === "point");
    paintFrame(frame, drawnFrame(around, zoom, hasPoints));
  }
  const busy = preview.moved || preview.box || preview.lasso;
  if (!around || readOnly || busy || (writing && selection.has(writing.key))) return;
  for (const handle of handles) paintHandle(frame, handle, around.angle);
}

/** A line whose points are being moved is shown without a frame around where it was. @param {ReadonlySet<string>} selection @param {Shown["preview"]} preview */
function isBent(selection, { hidden, drafts }) {
  return drafts.length > 0 && [...hidden].some((key) => selection.has(key));
}

/** Where the selection is being moved to; one alone may take another frame there than its own one moved. @param {Document} document @param {ReadonlySet<string>} keys @param {Matrix} matrix @returns {Frame | null} */
function frameThere(document, keys, matrix) {
  const [first] = keys;
  const element = keys.size === 1 ? document.get(first ?? "") : undefined;
  if (element && matrix !== IDENTITY) {
    const there = transformed(element, matrix);
    return kindOf(there).frame(there);
  }
  const frame = selectionFrame(document, keys);
  return frame && frameMoved(frame, matrix).frame;
}

/** Each its own, thinner. @param {OverlayFrame} frame @param {Document} document @param {ReadonlySet<string>} keys @param {Matrix} matrix */
function paintMembers({ ctx, view, ratio }, document, keys, matrix) {
  if (keys.size > OUTLINES_MAX) return;
  ctx.globalAlpha = MEMBER_STRENGTH;
  ctx.lineWidth = ratio;
  ctx.strokeStyle = accentColor(view.theme);
  for (const key of keys) {
    const element = document.get(key);
    if (element) outlineFrame(ctx, frameMoved(kindOf(element).frame(element), matrix).frame, view);
  }
  ctx.globalAlpha = 1;
}

/** Crisp where it can be. @param {OverlayFrame} frame @param {Frame} around */
function paintFrame({ ctx, view, ratio }, around) {
  const line = { color: accentColor(view.theme), width: LINE * ratio, gap: 0 };
  if (around.angle === 0) {
    outlineBoxes(ctx, [boundsOfFrame(around)], view, line);
    return;
  }
  ctx.strokeStyle = line.color;
  ctx.lineWidth = line.width;
  outlineFrame(ctx, around, view);
}

/** @param {CanvasRenderingContext2D} ctx @param {Frame} frame @param {OverlayFrame["view"]} view */
function outlineFrame(ctx, frame, view) {
  traceLine(ctx, cornersOf(frame), view);
  ctx.closePath();
  ctx.stroke();
}

/** @param {OverlayFrame} frame @param {Handle} handle @param {number} angle of the frame */
function paintHandle({ ctx, view, ratio }, handle, angle) {
  const color = accentColor(view.theme);
  const { scale, left, top } = view;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  ctx.setTransform(cos, sin, -sin, cos, handle.x * scale - left, handle.y * scale - top);
  ctx.beginPath();
  if (handle.name === "size" && handle.across * handle.down === 0) {
    const [w, h] = handle.across === 0 ? [BAR.length, BAR.thickness] : [BAR.thickness, BAR.length];
    ctx.roundRect((-w * ratio) / 2, (-h * ratio) / 2, w * ratio, h * ratio, 3 * ratio);
  } else {
    ctx.arc(0, 0, (handle.name === "between" ? BETWEEN_RADIUS : RADIUS) * ratio, 0, 2 * Math.PI);
  }
  ctx.fillStyle = handle.name === "between" ? color : HANDLE_FILL;
  ctx.globalAlpha = handle.name === "between" ? MEMBER_STRENGTH : 1;
  ctx.fill();
  ctx.globalAlpha = 1;
  if (handle.name === "between") return;
  ctx.strokeStyle = color;
  ctx.lineWidth = LINE * ratio;
  ctx.stroke();
}

/** Thin, in the colour of their pointer, and where they are moving it. @param {OverlayFrame} frame @param {Document} document @param {LivePeople} people */
export function paintOthersSelections(frame, document, people) {
  const selections = people.selections();
  if (selections.size === 0) return;
  const { ctx, view, ratio } = frame;
  const moves = new Map(people.moved().map((move) => [move.slot, move]));
  for (const [slot, keys] of selections) {
    const someone = people.someone(slot);
    if (!someone || keys.length > OUTLINES_MAX) continue;
    const move = moves.get(slot);
    const boxes = keys.flatMap((key) => {
      const element = document.get(key);
      if (!element) return [];
      const bounds = kindOf(element).bounds(element);
      return [move?.elements.has(key) ? boundsMoved(move.matrix, bounds) : bounds];
    });
    const line = { color: inkColor(someone.color, view.theme), width: ratio, gap: ratio };
    outlineBoxes(ctx, boxes, view, line);
    if (boxes.length > 0) nameSelection({ ctx, view, ratio }, boxes, someone);
  }
}

/** On the upper left corner of all of it. @param {Pick<OverlayFrame, "ctx" | "view" | "ratio">} frame @param {Bounds[]} boxes @param {{name: string, color: string}} someone */
function nameSelection({ ctx, view, ratio }, boxes, { name, color }) {
  const label = labelOf(name);
  if (!label) return;
  const x = Math.min(...boxes.map(({ minX }) => minX)) * view.scale - view.left;
  const y = Math.min(...boxes.map(({ minY }) => minY)) * view.scale - view.top;
  ctx.setTransform(ratio, 0, 0, ratio, Math.round(x), Math.round(y));
  ctx.font = NAME_FONT;
  const width = Math.ceil(ctx.measureText(label).width) + 2 * NAME.padding;
  const ink = inkColor(color, view.theme);
  ctx.fillStyle = ink;
  ctx.beginPath();
  ctx.roundRect(-1, -NAME.height - 1, width, NAME.height, NAME.radius);
  ctx.fill();
  ctx.fillStyle = textColorOn(ink);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(label, NAME.padding - 1, -NAME.height / 2 - 0.5);
}
