// What the end of a line would stick to at a place: an element's outline, or a point of it that is near by.

import { distanceToPolyline, expand } from "../core/geometry.js";
import { outlineOf, pointOn, writtenAnchor } from "../elements/anchor.js";
import { kindOf } from "../elements/index.js";
import { isSet, textOf } from "../elements/kind.js";
import { isFilled } from "../elements/look.js";
import { SCHEMA } from "./connecting.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/routing.js").Outline} Outline
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 */

/** `place` is where the end would be fixed; null: at the outline, wherever the line comes to it. @typedef {{key: string, written: string, outline: Outline, place: Place | null}} Aim */

/** In pixels of the screen. */
const REACH = { mouse: 10, pen: 12, touch: 20 };
/** A box with a shorter side has no points that could be told apart. */
const SIDE_MIN = 56;
/** A hollow shape that is larger than this holds things, and isn't meant by what is drawn in it. */
const HOLLOW_MAX = 320;
/** What has no outline of its own that anybody would draw an arrow to. */
const INK = new Set(["pen", "highlighter"]);
const POINTS = [
  { u: 0.5, v: 0 },
  { u: 1, v: 0.5 },
  { u: 0.5, v: 1 },
  { u: 0, v: 0.5 },
  { u: 0, v: 0 },
  { u: 1, v: 0 },
  { u: 1, v: 1 },
  { u: 0, v: 1 },
];

/** Null: it stays free, as it does with Ctrl or Alt. @param {Editor} editor @param {PointerInfo} at @param {ReadonlySet<string>} [besides] keys that aren't meant @returns {Aim | null} */
export function aimAt(editor, at, besides = new Set()) {
  if (at.ctrl || at.alt || editor.session.schema < SCHEMA) return null;
  const reach = REACH[at.pointerType] / editor.camera.zoom;
  const [key, element] = smallestAt(editor, at, { reach, besides }) ?? [];
  if (!key || !element) return null;
  const point = pointNear(element, at, reach, editor.camera.zoom);
  return {
    key,
    written: writtenAnchor({ key, point }),
    outline: outlineOf(element),
    place: point && pointOn(element, point),
  };
}

/** Of several around a place the smallest is meant. @param {Editor} editor @param {PointerInfo} at @param {{reach: number, besides: ReadonlySet<string>}} how @returns {[string, Element] | null} */
function smallestAt({ document, spatial, camera }, at, { reach, besides }) {
  /** @type {[string, Element] | null} */
  let smallest = null;
  let least = Infinity;
  const around = expand({ minX: at.x, minY: at.y, maxX: at.x, maxY: at.y }, reach);
  for (const key of spatial.search(around)) {
    const element = besides.has(key) ? undefined : document.get(key);
    if (!element || !takesLines(element) || !isMeant(element, at, reach, camera.zoom)) continue;
    const { w, h } = kindOf(element).frame(element);
    if (w * h >= least) continue;
    smallest = [key, element];
    least = w * h;
  }
  return smallest;
}

/** @param {Element} element */
function takesLines(element) {
  const { kind } = element;
  if (kind === "line" || kind === "arrow" || isSet(element, "locked")) return false;
  return !INK.has(kindOf(element).style);
}

/** Near its outline, or within it where that isn't only a border. @param {Element} element @param {Place} at @param {number} reach @param {number} zoom */
function isMeant(element, { x, y }, reach, zoom) {
  const { xs, ys } = outlineOf(element);
  if (distanceToPolyline(x, y, xs, ys) <= reach) return true;
  const kind = kindOf(element);
  const { w, h } = kind.frame(element);
  if (element.kind === "frame") return false;
  const isHollow = kind.outline && !isFilled(element) && textOf(element, "text") === "";
  if (isHollow && Math.min(w, h) * zoom > HOLLOW_MAX) return false;
  return kind.inside?.(element, x, y) ?? kind.hit(element, x, y, 0);
}

/** A middle of a side or a corner, where the outline has one. @param {Element} element @param {Place} at @param {number} reach @param {number} zoom */
function pointNear(element, at, reach, zoom) {
  const { w, h } = kindOf(element).frame(element);
  if (Math.min(w, h) * zoom < SIDE_MIN) return null;
  const { xs, ys } = outlineOf(element);
  const onOutline = Math.min(w, h) / 100;
  return (
    POINTS.find((point) => {
      const { x, y } = pointOn(element, point);
      return (
        Math.hypot(x - at.x, y - at.y) <= reach && distanceToPolyline(x, y, xs, ys) <= onOutline
      );
    }) ?? null
  );
}
