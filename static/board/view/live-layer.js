// What is over the picture and not in it: ink that is growing, what is being moved or erased, the selection,
// people's pointers.

import { expand, intersects, union } from "../core/geometry.js";
import { kindOf } from "../elements/index.js";
import { accentColor, canvasColor, inkColor } from "../elements/ink.js";
import { Cursors } from "./cursors.js";
import { paintGrowing } from "./growing.js";
import { boundsSeen } from "./raster.js";
import { inOrder } from "./scene.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./cursors.js").PersonsCursor} PersonsCursor
 * @typedef {import("./growing.js").Growing} Growing
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {import("./renderer.js").Renderer} Renderer
 * @typedef {import("./scene.js").Entry} Entry
 */

/**
 * What the editor shows beside the document.
 * @typedef {object} Shown
 * @property {ReadonlySet<string>} selection
 * @property {{
 *   stroke: (Growing & {key: string}) | null,
 *   box: Bounds | null,
 *   erased: ReadonlySet<string>,
 *   moved: {keys: ReadonlySet<string>, dx: number, dy: number} | null,
 * }} preview
 */

/** More than this is not redrawn in every frame of a movement: the rest is shown as boxes. */
const MOVED_INK_MAX = 400;
/** What is touched by the eraser keeps a third of its strength. */
const ERASED_FADE = 0.7;
/** Each element of a large selection its own outline would be a thicket. */
const OUTLINES_MAX = 200;
const SELECTION_GAP = 4;
const BOX_FILL = 0.08;
const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());

export class LiveLayer {
  /** @type {Shown} */
  #shown = {
    selection: NOTHING,
    preview: { stroke: null, box: null, erased: NOTHING, moved: null },
  };
  /** Many elements take some frames to be painted where they were moved; they stay here until then. */
  #landing = NOTHING;
  /** What the eraser has touched; of what is gone, the tiles still show the ink for a frame or two. @type {Map<string, Element>} */
  #erased = new Map();

  /**
   * @param {{renderer: Renderer, people: import("../sync/people.js").LivePeople, still?: () => boolean}} parts
   *   `still`: whether the person prefers reduced motion
   */
  constructor({ renderer, people, still = prefersStill() }) {
    this.renderer = renderer;
    this.people = people;
    this.cursors = new Cursors({ still });
    renderer.paintOverlay.push((frame) => this.#paint(frame));
    people.subscribe(() => renderer.requestFrame());
  }

  /** @param {Shown} shown the editor, or what looks like it */
  show({ selection, preview }) {
    const before = this.#shown.preview.moved?.keys ?? NOTHING;
    const moved = preview.moved?.keys ?? NOTHING;
    this.#shown = { selection, preview };
    for (const [key, element] of this.#elementsOf(preview.erased)) this.#erased.set(key, element);
    if (moved !== before) {
      this.renderer.hide(moved);
      this.#landing = moved.size === 0 ? before : NOTHING;
    }
    this.renderer.requestFrame();
  }

  /** @param {Growing & {key: string} | null} stroke */
  setOwnStroke(stroke) {
    this.show({ ...this.#shown, preview: { ...this.#shown.preview, stroke } });
  }

  /** @param {OverlayFrame} frame */
  #paint(frame) {
    const { preview, selection } = this.#shown;
    const leaving = this.#paintErased(frame, preview.erased);
    if (preview.moved) this.#paintMoved(frame, preview.moved);
    const landing = this.#paintLanding(frame);
    this.#paintGrowing(frame);
    this.#paintOthersSelections(frame);
    if (selection.size > 0) this.#paintSelection(frame, selection, preview.moved);
    if (preview.box) paintBox(frame, preview.box);
    return this.cursors.paint(frame, this.people.cursors()) || landing || leaving;
  }

  /** A stroke that has become an element is in the picture: in this same frame it is not here any more. @param {OverlayFrame} frame */
  #paintGrowing({ ctx, view }) {
    const { document } = this.renderer;
    for (const stroke of this.people.strokes()) {
      if (document.has(stroke.key)) continue;
      for (const points of stroke.runs) paintGrowing(ctx, { ...stroke, x: 0, y: 0, points }, view);
    }
    const { stroke } = this.#shown.preview;
    if (stroke && !document.has(stroke.key)) paintGrowing(ctx, stroke, view);
  }

  /** The board's colour over the ink lets it fade. @param {OverlayFrame} frame @param {ReadonlySet<string>} keys */
  #paintErased(frame, keys) {
    const { document, settled } = this.renderer;
    for (const key of this.#erased.keys()) {
      if (!keys.has(key) && (settled || document.has(key))) this.#erased.delete(key);
    }
    if (this.#erased.size === 0) return false;
    frame.ctx.globalAlpha = ERASED_FADE;
    const view = { ...frame.view, ink: canvasColor(frame.view.theme) };
    for (const [, element] of inView(frame, [...this.#erased], 0, 0)) {
      kindOf(element).draw(frame.ctx, element, view);
    }
    frame.ctx.globalAlpha = 1;
    return !settled;
  }

  /** @param {OverlayFrame} frame @param {{keys: ReadonlySet<string>, dx: number, dy: number}} moved */
  #paintMoved({ ctx, view, ...frame }, { keys, dx, dy }) {
    const shifted = { ...view, left: view.left - dx * view.scale, top: view.top - dy * view.scale };
    const entries = inView({ ctx, view, ...frame }, this.#elementsOf(keys), dx, dy);
    for (const [, element] of entries.slice(0, MOVED_INK_MAX))
      kindOf(element).draw(ctx, element, shifted);
    const rest = entries.slice(MOVED_INK_MAX).map(([, element]) => kindOf(element).bounds(element));
    const color = accentColor(view.theme);
    if (rest.length > 0) outline(ctx, rest, shifted, { color, width: frame.ratio, gap: 0 });
  }

  /** @param {OverlayFrame} frame */
  #paintLanding(frame) {
    if (this.#landing.size === 0) return false;
    if (this.renderer.settled) {
      this.#landing = NOTHING;
      return false;
    }
    this.#paintMoved(frame, { keys: this.#landing, dx: 0, dy: 0 });
    return true;
  }

  /** @param {OverlayFrame} frame @param {ReadonlySet<string>} keys @param {{dx: number, dy: number} | null} moved */
  #paintSelection({ ctx, view, ratio }, keys, moved) {
    const shifted = moved
      ? { ...view, left: view.left - moved.dx * view.scale, top: view.top - moved.dy * view.scale }
      : view;
    const boxes = this.#boxesOf(keys);
    const [first] = boxes;
    if (!first) return;
    const color = accentColor(view.theme);
    if (boxes.length > 1 && boxes.length <= OUTLINES_MAX) {
      ctx.globalAlpha = 0.5;
      outline(ctx, boxes, shifted, { color, width: ratio, gap: 0 });
      ctx.globalAlpha = 1;
    }
    const all = boxes.reduce(union, first);
    outline(ctx, [all], shifted, { color, width: 1.5 * ratio, gap: SELECTION_GAP * ratio });
  }

  /** Thin, in the colour of their pointer. @param {OverlayFrame} frame */
  #paintOthersSelections({ ctx, view, ratio }) {
    const selections = this.people.selections();
    if (selections.size === 0) return;
    for (const { slot, color } of this.people.cursors()) {
      const boxes = this.#boxesOf(selections.get(slot) ?? []);
      if (boxes.length === 0 || boxes.length > OUTLINES_MAX) continue;
      outline(ctx, boxes, view, { color: inkColor(color, view.theme), width: ratio, gap: ratio });
    }
  }

  /** @param {Iterable<string>} keys */
  #boxesOf(keys) {
    return this.#elementsOf(keys).map(([, element]) => kindOf(element).bounds(element));
  }

  /** @param {Iterable<string>} keys */
  #elementsOf(keys) {
    return inOrder(keys, (key) => this.renderer.document.get(key));
  }
}

/**
 * Those that are in view when moved by so much.
 * @param {OverlayFrame} frame @param {readonly Entry[]} entries @param {number} dx @param {number} dy
 */
function inView({ view, width, height }, entries, dx, dy) {
  const { minX, minY, maxX, maxY } = boundsSeen(view, width, height);
  const there = { minX: minX - dx, minY: minY - dy, maxX: maxX - dx, maxY: maxY - dy };
  return entries.filter(([, element]) => intersects(kindOf(element).bounds(element), there));
}

/**
 * Boxes on whole pixels, so that their lines are crisp.
 * @param {CanvasRenderingContext2D} ctx @param {readonly Bounds[]} boxes @param {PaintView} view
 * @param {{color: string, width: number, gap: number}} line in pixels
 */
function outline(ctx, boxes, { scale, left, top }, line) {
  const width = Math.max(1, Math.round(line.width));
  const crisp = (width % 2) / 2;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.strokeStyle = line.color;
  ctx.lineWidth = width;
  ctx.beginPath();
  for (const box of boxes) {
    const { minX, minY, maxX, maxY } = expand(box, line.gap / scale);
    const x = Math.round(minX * scale - left) + crisp;
    const y = Math.round(minY * scale - top) + crisp;
    ctx.rect(x, y, Math.round((maxX - minX) * scale), Math.round((maxY - minY) * scale));
  }
  ctx.stroke();
}

/** The box that is drawn to select what lies in it. @param {OverlayFrame} frame @param {Bounds} box */
function paintBox({ ctx, view, ratio }, box) {
  const { scale, left, top } = view;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = accentColor(view.theme);
  ctx.globalAlpha = BOX_FILL;
  ctx.fillRect(
    Math.round(box.minX * scale - left),
    Math.round(box.minY * scale - top),
    Math.round((box.maxX - box.minX) * scale),
    Math.round((box.maxY - box.minY) * scale),
  );
  ctx.globalAlpha = 1;
  outline(ctx, [box], view, { color: accentColor(view.theme), width: ratio, gap: 0 });
}

function prefersStill() {
  const query = matchMedia("(prefers-reduced-motion: reduce)");
  return () => query.matches;
}
