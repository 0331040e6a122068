// Where the field for writing lies over the board, and how it looks.

import { outOfFrame } from "../elements/box.js";
import { fontCss, fontOf } from "../elements/fonts.js";
import { kindOf } from "../elements/index.js";
import { inkColor } from "../elements/ink.js";
import { isSet, textOf } from "../elements/kind.js";
import { noteSize } from "../elements/note.js";
import { inkOnPaper, paperColor } from "../elements/paper.js";
import { indentOf, LINE_HEIGHT, TAB } from "../elements/text-layout.js";
import { colorOn, sizeOf, writtenText } from "../elements/writing.js";
import { shownTheme } from "./theme.js";

/**
 * @typedef {import("../core/camera.js").Camera} Camera
 * @typedef {import("../core/fold.js").Element} Element
 */

/** Browsers make lines whole pixels high, which these sizes are anyway; the rest of the size is a scale. */
const FONT_PIXELS_STEP = 10;
/** Phones zoom a page in on fields with a font smaller than 16; and browsers have a largest one. */
const FONT_PIXELS = { min: 20, max: 500 };
/** What bars cover, in pixels. */
const MARGIN = { top: 72, bottom: 24, side: 16 };
const VERTICAL = /** @type {Record<string, string>} */ ({
  top: "flex-start",
  middle: "center",
  bottom: "flex-end",
});

/** @param {Element} element */
function writtenSize(element) {
  return element.kind === "note" ? noteSize(element) : sizeOf(element);
}

/** @param {Element} element @returns {import("./text-field.js").Look} */
export function fieldLook(element) {
  const isText = element.kind === "text";
  const list = textOf(element, "list");
  const items = writtenText(element).split("\n").length;
  // Korean breaks between words; with Chinese or Japanese in it, browsers know no line but a broken one.
  const breaks = /[\u3040-\u30ff\u4e00-\u9fff]/.test(writtenText(element)) ? "normal" : "keep-all";
  return {
    css: {
      font: fontCss(fontOf(element), 1).replace(/[\d.]+px/, "1em"),
      "line-height": String(LINE_HEIGHT),
      color: colorOf(element),
      "text-align": textOf(element, "align", isText ? "start" : "center"),
      "word-break": breaks,
      "--indent": `${indentOf(list, items)}em`,
      "--tab": `calc(${TAB} * 1em)`,
    },
    wraps: !isText || isSet(element, "wrap"),
    list,
  };
}

/** @param {Element} element */
function colorOf(element) {
  const theme = shownTheme();
  if (element.kind === "note") return inkOnPaper(paperColor(element.fill, theme));
  return element.kind === "text" ? inkColor(element.color, theme) : colorOn(element, theme);
}

/** @param {HTMLElement} root @param {Element} element @param {Camera} camera */
export function placeField(root, element, camera) {
  const frame = kindOf(element).textFrame?.(element);
  if (!frame) return;
  const wanted = writtenSize(element) * camera.zoom;
  const near = Math.round(wanted / FONT_PIXELS_STEP) * FONT_PIXELS_STEP;
  const pixels = Math.min(FONT_PIXELS.max, Math.max(FONT_PIXELS.min, near));
  const scale = wanted / pixels;
  const { x, y } = camera.toScreen(outOfFrame(frame, 0, 0));
  const isText = element.kind === "text";
  const isWide = !isText || isSet(element, "wrap");
  const across = (frame.w * camera.zoom) / scale;
  const { style } = root;
  style.setProperty(
    "transform",
    `translate(${x}px, ${y}px) rotate(${frame.angle}rad) scale(${scale})`,
  );
  style.setProperty("font-size", `${pixels}px`);
  style.setProperty("width", isWide ? `${across}px` : "max-content");
  style.setProperty("height", isText ? "auto" : `${(frame.h * camera.zoom) / scale}px`);
  style.setProperty("align-items", VERTICAL[textOf(element, "valign", "middle")] ?? "center");
  style.setProperty("opacity", String(element.opacity ?? 1));
}

/** Moves the board so far that the field isn't under a bar, nor under the keyboard of a phone. @param {HTMLElement} root @param {Camera} camera */
export function showBelowBars(root, camera) {
  const { left, top, right, bottom } = root.getBoundingClientRect();
  const view = visualViewport;
  const height = view ? view.offsetTop + view.height : camera.height;
  const down = shift(top, bottom, MARGIN.top, height - MARGIN.bottom);
  const across = shift(left, right, MARGIN.side, camera.width - MARGIN.side);
  if (down !== 0 || across !== 0) camera.panBy(across, down);
}

/** The end may be out of sight, the beginning not. @param {number} from @param {number} to @param {number} min @param {number} max */
function shift(from, to, min, max) {
  if (to > max) return Math.max(max - to, min - from);
  return from < min ? min - from : 0;
}
