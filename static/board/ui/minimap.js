// The minimap: the whole board coarsely, and the view in it as a rectangle that can be dragged.

import { union } from "../core/geometry.js";
import { t } from "../core/translate.js";
import { inkColor } from "../elements/ink.js";
import { make } from "./dom.js";
import { styles } from "./stylesheet.js";
import { shownTheme } from "./theme.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {{scale: number, left: number, top: number}} Fitted
 */

const MARGIN = 8;
/** The content is drawn anew this seldom, however fast it changes. */
const PAUSE_MS = 400;
/** What isn't filled and is larger than this would hide what is in it. */
const HOLLOW_PIXELS = 24;

/** @param {{editor: Editor, place: HTMLElement}} parts */
export async function openMinimap({ editor, place }) {
  await styles("panel-styles");
  const map = new Minimap(editor);
  place.append(map.element);
  map.show();
  return map;
}

class Minimap {
  #context;
  /** @type {{picture: OffscreenCanvas, fitted: Fitted} | null} */
  #content = null;
  #timer = 0;
  #frame = 0;
  /** @type {Fitted} */
  #fitted = { scale: 1, left: 0, top: 0 };
  /** @type {(() => void)[]} */
  #ends = [];

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = make("canvas", {
      class: "minimap chrome",
      role: "img",
      "aria-label": t("Minimap"),
    });
    this.#context = /** @type {CanvasRenderingContext2D} */ (this.element.getContext("2d"));
  }

  show() {
    const { editor, element } = this;
    this.#ends = [
      editor.camera.subscribe(() => this.#soon()),
      editor.document.subscribe(() => this.#changed()),
    ];
    const drag = (/** @type {PointerEvent} */ event) => this.#drag(event);
    element.addEventListener("pointerdown", drag);
    element.addEventListener("pointermove", drag);
    this.#soon();
  }

  close() {
    for (const end of this.#ends) end();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.element.remove();
  }

  themeChanged() {
    this.#content = null;
    this.#soon();
  }

  #changed() {
    if (this.#timer === 0)
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        this.#content = null;
        this.#soon();
      }, PAUSE_MS);
  }

  #soon() {
    if (this.#frame === 0)
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
      });
  }

  #paint() {
    const ratio = devicePixelRatio;
    const width = Math.round(this.element.clientWidth * ratio);
    const height = Math.round(this.element.clientHeight * ratio);
    if (this.element.width !== width) {
      Object.assign(this.element, { width, height });
      this.#content = null;
    }
    const view = this.editor.camera.viewBounds();
    const all = this.editor.spatial.all();
    this.#fitted = fit(all ? union(all, view) : view, width, height, MARGIN * ratio);
    const ctx = this.#context;
    ctx.clearRect(0, 0, width, height);
    this.#paintContent(ctx, width, height);
    frame(ctx, this.#fitted, view, ratio, getComputedStyle(this.element).color);
  }

  /** While the view leaves the content, what has been drawn of it shrinks; it is drawn anew a moment later. @param {CanvasRenderingContext2D} ctx @param {number} width @param {number} height */
  #paintContent(ctx, width, height) {
    const fitted = this.#fitted;
    this.#content ??= { picture: drawContent(this.editor, fitted, width, height), fitted };
    const { picture, fitted: drawn } = this.#content;
    const factor = fitted.scale / drawn.scale;
    const left = fitted.left - drawn.left * factor;
    const top = fitted.top - drawn.top * factor;
    ctx.drawImage(picture, left, top, width * factor, height * factor);
    if (factor !== 1 || left !== 0 || top !== 0) this.#changed();
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.type === "pointerdown") this.element.setPointerCapture(event.pointerId);
    else if (!this.element.hasPointerCapture(event.pointerId)) return;
    const ratio = devicePixelRatio;
    const { scale, left, top } = this.#fitted;
    const x = (event.offsetX * ratio - left) / scale;
    const y = (event.offsetY * ratio - top) / scale;
    this.editor.camera.lookAt({ x, y }, this.editor.camera.zoom);
  }
}

/** @param {Bounds} bounds @param {number} width @param {number} height @param {number} margin @returns {Fitted} */
function fit(bounds, width, height, margin) {
  const across = Math.max(1, bounds.maxX - bounds.minX);
  const down = Math.max(1, bounds.maxY - bounds.minY);
  const scale = Math.min((width - 2 * margin) / across, (height - 2 * margin) / down);
  const left = (width - across * scale) / 2 - bounds.minX * scale;
  const top = (height - down * scale) / 2 - bounds.minY * scale;
  return { scale, left, top };
}

/** Bounds as marks: at this size nobody tells a letter from its box. @param {Editor} editor @param {Fitted} fitted @param {number} width @param {number} height */
function drawContent({ document, spatial }, { scale, left, top }, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const ctx = canvas.getContext("2d");
  if (!ctx) return canvas;
  const theme = shownTheme();
  ctx.globalAlpha = 0.55;
  for (const [key, element] of document.entries()) {
    const bounds = spatial.boundsOf(key);
    if (!bounds) continue;
    const across = Math.max(1, (bounds.maxX - bounds.minX) * scale);
    const down = Math.max(1, (bounds.maxY - bounds.minY) * scale);
    const hollow = !Object.hasOwn(element, "fill") && Math.min(across, down) > HOLLOW_PIXELS;
    const [x, y] = [bounds.minX * scale + left, bounds.minY * scale + top];
    ctx.fillStyle = ctx.strokeStyle = inkColor(element.fill ?? element.color ?? "grey", theme);
    if (hollow) ctx.strokeRect(x, y, across, down);
    else ctx.fillRect(x, y, across, down);
  }
  return canvas;
}

/** @param {CanvasRenderingContext2D} ctx @param {Fitted} fitted @param {Bounds} view @param {number} ratio @param {string} color */
function frame(ctx, { scale, left, top }, view, ratio, color) {
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5 * ratio;
  ctx.strokeRect(
    view.minX * scale + left,
    view.minY * scale + top,
    Math.max(2, (view.maxX - view.minX) * scale),
    Math.max(2, (view.maxY - view.minY) * scale),
  );
}
