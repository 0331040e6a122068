// What is over the picture and not in it: ink that is growing, what is being moved or erased, the selection,
// people's pointers.

import { intersects } from "../core/geometry.js";
import { IDENTITY } from "../core/matrix.js";
import { NO_PREVIEW } from "../editor/shapes.js";
import { kindOf } from "../elements/index.js";
import { canvasColor } from "../elements/ink.js";
import { paintGrowing } from "./growing.js";
import { boundsSeen } from "./raster.js";
import { inOrder } from "./scene.js";

/**
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("./cursors.js").PersonsCursor} PersonsCursor
 * @typedef {import("./growing.js").Growing} Growing
 * @typedef {import("../sync/people.js").LivePeople} LivePeople
 * @typedef {import("./renderer.js").OverlayFrame} OverlayFrame
 * @typedef {import("./renderer.js").Renderer} Renderer
 * @typedef {import("./scene.js").Entry} Entry
 */

/**
 * What the editor shows beside the document.
 * @typedef {object} Shown
 * @property {ReadonlySet<string>} selection
 * @property {import("../editor/shapes.js").Preview} preview
 * @property {boolean} [readOnly] whether there are no handles to take hold of
 * @property {import("../editor/shapes.js").Writing | null} [writing] what is being written in has none either
 */

/** What is touched by the eraser keeps a third of its strength. */
const ERASED_FADE = 0.7;
const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());
const NONE = /** @type {ReadonlyMap<string, Element>} */ (new Map());
/** @type {Shown} */
const NOTHING_SHOWN = { selection: NOTHING, preview: NO_PREVIEW };

/** @typedef {typeof import("./marks.js")} Marks */

export class LiveLayer {
  /** What needs them isn't shown until they have come. @type {(Marks & {cursors: import("./cursors.js").Cursors, movements: import("./moving.js").Movements}) | null} */
  marks = null;
  /** Nobody is seen until what knows of them has come. @type {LivePeople | null} */
  people = null;
  #fetching = false;
  #shown = NOTHING_SHOWN;
  /** What the picture leaves out, because it is shown here in another form. */
  #hidden = NOTHING;
  /** Many elements take some frames to be painted where they were moved; they stay here until then. */
  #landing = NOTHING;
  /** Connectors of what is being moved, as they come to lie. @type {ReadonlyMap<string, Element>} */
  #followers = NONE;
  /** What the eraser has touched; of what is gone, the tiles still show the ink for a frame or two. @type {Map<string, Element>} */
  #erased = new Map();

  /**
   * @param {{renderer: Renderer, still?: () => boolean}} parts
   *   `still`: whether the person prefers reduced motion
   */
  constructor({ renderer, still = prefersStill() }) {
    this.renderer = renderer;
    this.still = still;
    renderer.paintOverlay.push((frame) => this.#paint(frame));
  }

  /** @param {LivePeople} people */
  meet(people) {
    this.people = people;
    people.subscribe(() => {
      this.#hide();
      this.renderer.requestFrame();
    });
  }

  /** Fetches what the first view does without. */
  async load() {
    if (this.marks || this.#fetching) return;
    this.#fetching = true;
    try {
      this.use(await import("./marks.js"));
    } catch {
      // Without a connection; the next frame asks again.
    } finally {
      this.#fetching = false;
    }
  }

  /** @param {Marks} marks */
  use(marks) {
    const cursors = new marks.Cursors({ still: this.still });
    this.marks = { ...marks, cursors, movements: new marks.Movements(this.renderer.around) };
    this.#hide();
    this.renderer.requestFrame();
  }

  /** @param {Shown} shown the editor, or what looks like it */
  show({ selection, preview, readOnly = false, writing = null }) {
    this.#shown = { selection, preview, readOnly, writing };
    for (const [key, element] of this.#elementsOf(preview.erased)) this.#erased.set(key, element);
    this.#hide();
    this.renderer.requestFrame();
  }

  /** What is on its way, or shown as a draft, isn't in the picture as well. */
  #hide() {
    const { preview, writing } = this.#shown;
    const { moved, hidden, grown } = preview;
    const moves = this.#moves(moved);
    const changed = writing && grown ? [/** @type {const} */ ([writing.key, grown])] : [];
    this.#followers = this.marks?.followersOf(this.renderer.document, moves, changed) ?? NONE;
    const keys = new Set([...hidden, ...this.#followers.keys()]);
    // What is moved stays where it was until it can be shown where it is.
    if (this.marks) for (const key of this.#movedKeys(moved)) keys.add(key);
    for (const { key } of this.#othersDrafts) if (this.renderer.document.has(key)) keys.add(key);
    if (keys.size === this.#hidden.size && [...keys].every((key) => this.#hidden.has(key))) return;
    this.#landing = new Set([...this.#hidden].filter((key) => !keys.has(key)));
    if (!moved) this.marks?.movements.rename("own", "landing");
    this.#hidden = keys;
    this.renderer.hide(keys);
  }

  /** Those that leave nothing where they come from. @param {Shown["preview"]["moved"]} moved */
  #moves(moved) {
    const others = this.#othersMoves.filter(({ copy }) => !copy);
    const moves = others.map(({ elements, matrix }) => ({ keys: elements.keys(), matrix }));
    if (!moved || moved.copy) return moves;
    return [...moves, { keys: moved.keys.values(), matrix: moved.matrix }];
  }

  /** @param {Shown["preview"]["moved"]} moved */
  *#movedKeys(moved) {
    if (moved && !moved.copy) yield* moved.keys;
    for (const { copy, elements } of this.#othersMoves) if (!copy) yield* elements.keys();
  }

  /** @param {Shown["preview"]["stroke"]} stroke */
  setOwnStroke(stroke) {
    this.show({ ...this.#shown, preview: { ...this.#shown.preview, stroke } });
  }

  /** @param {OverlayFrame} frame */
  #paint(frame) {
    const { preview } = this.#shown;
    const { document } = this.renderer;
    const leaving = this.#paintErased(frame, preview.erased);
    const marks = this.marks;
    const moving = marks !== null && this.#paintMoving(frame, marks.movements);
    this.#paintDrafts(frame);
    this.#paintGrowing(frame);
    if (!marks) {
      if (this.#needsMarks) this.load();
      return leaving;
    }
    if (this.people) marks.paintOthersSelections(frame, document, this.people);
    marks.paintSelection(frame, document, this.#shown);
    marks.paintAids(frame, preview);
    return marks.cursors.paint(frame, this.people?.cursors() ?? []) || moving || leaving;
  }

  get #needsMarks() {
    const { selection, preview } = this.#shown;
    const { box, lasso, trail, moved, guides, aim } = preview;
    const own = selection.size > 0 || box || lasso || trail || moved || guides.length > 0 || aim;
    return own || (this.people?.cursors() ?? []).length > 0 || this.#othersMoves.length > 0;
  }

  get #othersMoves() {
    return this.people?.moved() ?? [];
  }

  get #othersDrafts() {
    return this.people?.drafts() ?? [];
  }

  /** Others' lie below one's own. @param {OverlayFrame} frame */
  #paintDrafts(frame) {
    const { document } = this.renderer;
    const { drafts, hidden } = this.#shown.preview;
    for (const { element } of this.#othersDrafts)
      kindOf(element).draw(frame.ctx, element, frame.view);
    for (const [key, element] of drafts)
      if (hidden.has(key) || !document.has(key))
        kindOf(element).draw(frame.ctx, element, frame.view);
  }

  /** A stroke that has become an element is in the picture: in this same frame it is not here any more. @param {OverlayFrame} frame */
  #paintGrowing(frame) {
    const { document } = this.renderer;
    for (const stroke of this.people?.strokes() ?? []) {
      if (document.has(stroke.key)) continue;
      for (const points of stroke.runs)
        paintGrowing(frame.ctx, { ...stroke, x: 0, y: 0, points }, frame.view);
    }
    const { stroke } = this.#shown.preview;
    if (stroke && !document.has(stroke.key)) paintGrowing(frame.ctx, stroke, frame.view);
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
    for (const [, element] of inView(frame, [...this.#erased])) {
      kindOf(element).draw(frame.ctx, element, view);
    }
    frame.ctx.globalAlpha = 1;
    return !settled;
  }

  /** @param {OverlayFrame} frame @param {import("./moving.js").Movements} painted */
  #paintMoving(frame, painted) {
    const { document, settled } = this.renderer;
    const { moved } = this.#shown.preview;
    const get = (/** @type {string} */ key) => document.get(key);
    if (settled) this.#landing = NOTHING;
    /** @type {import("./moving.js").Movement[]} */
    const movements = this.#othersMoves.map(({ slot, matrix, elements }) => {
      const keys = this.#withoutFollowers(elements.keys());
      // As they are shown: in their frames.
      const shown = (/** @type {string} */ key) => (elements.has(key) ? get(key) : undefined);
      return { name: `of ${slot}`, keys, get: shown, matrix };
    });
    if (moved) {
      const keys = moved.copy ? moved.keys : this.#withoutFollowers(moved.keys);
      movements.push({ name: "own", keys, get, matrix: moved.matrix });
    }
    if (this.#landing.size > 0)
      movements.push({
        name: "landing",
        keys: this.#landing,
        get,
        matrix: IDENTITY,
        landing: true,
      });
    painted.keep(new Set(movements.map(({ name }) => name)));
    const more = movements.map((movement) => painted.paint(frame, movement));
    for (const [, element] of inView(frame, [...this.#followers]))
      kindOf(element).draw(frame.ctx, element, frame.view);
    return this.#landing.size > 0 || more.includes(true);
  }

  /** @param {Iterable<string>} keys */
  #withoutFollowers(keys) {
    return new Set([...keys].filter((key) => !this.#followers.has(key)));
  }

  /** @param {Iterable<string>} keys */
  #elementsOf(keys) {
    return inOrder(keys, (key) => this.renderer.document.get(key));
  }
}

/** Those that are in view. @param {OverlayFrame} frame @param {readonly Entry[]} entries */
function inView({ view, width, height }, entries) {
  const seen = boundsSeen(view, width, height);
  return entries.filter(([, element]) => intersects(kindOf(element).bounds(element), seen));
}

function prefersStill() {
  const query = matchMedia("(prefers-reduced-motion: reduce)");
  return () => query.matches;
}
