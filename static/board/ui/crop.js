// Cropping: the whole picture lies dimmed over the board, and what is left of it can be dragged by its sides, or moved by
// the keys. Enter takes it, Escape leaves it as it was.

import { t } from "../core/translate.js";
import { cropOf, UNCROPPED } from "../elements/image.js";
import { textOf } from "../elements/kind.js";
import { onPictures } from "../elements/later.js";
import { pictures } from "../elements/pictures.js";
import { croppedTo, edgeMoved, partMoved, seenPart, wholeFrame } from "../tools/crop-rectangle.js";
import { cropParts, EDGES } from "./crop-parts.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../elements/image.js").Crop} Crop
 * @typedef {import("../elements/kind.js").Element} Element
 * @typedef {import("../tools/crop-rectangle.js").Edge} Edge
 */

/** Pixels of the screen that an arrow key moves an edge; with Shift a larger step. */
const STEP = 2;
const STEP_FAR = 20;
/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ALL = /** @type {Edge} */ ({ across: 0, down: 0 });

/** @type {Cropping | null} */
let open = null;

/** @param {Editor} editor @param {string} key @param {HTMLElement} canvas */
export async function cropPicture(editor, key, canvas) {
  await styles("image-styles");
  open?.end();
  const element = editor.document.get(key);
  if (element?.kind === "image" && editor.mayChange(key))
    open = new Cropping(editor, key, element, canvas);
}

class Cropping {
  #parts = cropParts();
  #until = new AbortController();
  /** @type {Crop} */
  #seen;
  /** What the pointer has taken hold of, and where it began. @type {{edge: Edge, from: Crop, x: number, y: number} | null} */
  #held = null;
  /** @type {(() => void)[]} */
  #stops;

  /** @param {Editor} editor @param {string} key @param {Element} element @param {HTMLElement} canvas */
  constructor(editor, key, element, canvas) {
    this.editor = editor;
    this.key = key;
    this.element = element;
    this.#seen = seenPart(element, cropOf(element));
    const { root, bar } = this.#parts;
    canvas.after(root, bar);
    editor.show({ hidden: new Set([key]) });
    // The handles of a selection would lie over those of the crop.
    editor.select([]);
    this.#stops = [
      editor.camera.subscribe(() => this.#place()),
      onPictures(() => this.#draw()),
      editor.subscribe(({ type }) => {
        if (type === "document") this.#follow();
        else if (type === "tool" || type === "rights") this.end();
        else if (type === "selection") this.end();
      }),
    ];
    this.#listen();
    this.#place();
    this.#draw();
    this.#parts.part.focus({ preventScroll: true });
  }

  /** As it is; the board has its own picture again. */
  end() {
    if (open === this) open = null;
    this.#until.abort();
    for (const stop of this.#stops) stop();
    const { root, bar } = this.#parts;
    root.remove();
    bar.remove();
    const { editor, key } = this;
    editor.show({ hidden: new Set() });
    if (editor.selection.size === 0 && editor.tool?.name === "select") editor.select([key]);
  }

  #take() {
    const { editor, key, element } = this;
    const patch = croppedTo(element, this.#seen);
    this.end();
    editor.setOf([key], "crop", () => patch);
  }

  /** Another may have moved it meanwhile, or removed it. */
  #follow() {
    const now = this.editor.document.get(this.key);
    if (now === this.element) return;
    if (!now || now.asset !== this.element.asset) {
      this.end();
      return;
    }
    this.element = now;
    this.#place();
  }

  // -- what is shown ---------------------------------------------------------------------------------

  #place() {
    const { camera } = this.editor;
    const { x, y, w, h, angle } = wholeFrame(this.element);
    const { root, bar, part, live } = this.#parts;
    const corner = camera.toScreen({ x, y });
    root.style.setProperty("translate", `${corner.x}px ${corner.y}px`);
    root.style.setProperty("width", `${w * camera.zoom}px`);
    root.style.setProperty("height", `${h * camera.zoom}px`);
    root.style.setProperty("rotate", `${angle}rad`);
    const seen = this.#seen;
    root.style.setProperty("--crop-left", String(seen.l));
    root.style.setProperty("--crop-top", String(seen.t));
    root.style.setProperty("--crop-width", String(seen.w));
    root.style.setProperty("--crop-height", String(seen.h));
    const { left, right, bottom } = part.getBoundingClientRect();
    bar.style.setProperty("--x", `${(left + right) / 2}px`);
    bar.style.setProperty("--y", `${Math.min(bottom + 24, innerHeight - 72)}px`);
    const percent = (/** @type {number} */ value) => Math.round(value * 100);
    live.textContent = t("{w} % of the width and {h} % of the height are left", {
      w: percent(this.#seen.w),
      h: percent(this.#seen.h),
    });
  }

  /** The picture as the element mirrors it. */
  #draw() {
    const { picture } = this.#parts;
    const { w, h } = wholeFrame(this.element);
    const side = Math.ceil(Math.max(w, h) * this.editor.camera.zoom * devicePixelRatio);
    const found = pictures.at(textOf(this.element, "asset"), side);
    if (typeof found === "string") return;
    picture.width = found.width;
    picture.height = found.height;
    picture.getContext("2d")?.drawImage(found, 0, 0);
    const flip = textOf(this.element, "flip");
    picture.style.setProperty(
      "scale",
      `${flip.includes("x") ? -1 : 1} ${flip.includes("y") ? -1 : 1}`,
    );
  }

  // -- what a person does ----------------------------------------------------------------------------

  #listen() {
    const { root, bar, part, handles, done, cancel, reset } = this.#parts;
    const { signal } = this.#until;
    done.addEventListener("click", () => this.#take());
    cancel.addEventListener("click", () => this.end());
    reset.addEventListener("click", () => this.#show(UNCROPPED));
    handles.forEach((handle, i) => {
      const edge = /** @type {Edge} */ (EDGES[i]?.edge);
      handle.addEventListener("pointerdown", (event) => this.#hold(event, edge));
    });
    part.addEventListener("pointerdown", (event) => this.#hold(event, ALL));
    root.addEventListener("pointermove", (event) => this.#drag(event));
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"]))
      root.addEventListener(name, () => (this.#held = null));
    part.addEventListener("dblclick", () => this.#take());
    // A press beside it takes what there is, as everywhere.
    window.addEventListener(
      "pointerdown",
      ({ target }) => {
        if (target instanceof Node && !root.contains(target) && !bar.contains(target)) this.#take();
      },
      { capture: true, signal },
    );
    window.addEventListener("keydown", (event) => this.#press(event), { capture: true, signal });
  }

  /** @param {PointerEvent} event @param {Edge} edge */
  #hold(event, edge) {
    if (event.button !== 0) return;
    event.stopPropagation();
    const target = /** @type {HTMLElement} */ (event.currentTarget);
    target.setPointerCapture(event.pointerId);
    this.#held = { edge, from: this.#seen, x: event.clientX, y: event.clientY };
  }

  /** @param {PointerEvent} event */
  #drag({ clientX, clientY }) {
    const held = this.#held;
    if (!held) return;
    const [dx, dy] = this.#parted(clientX - held.x, clientY - held.y);
    this.#show(movedBy(held.from, held.edge, dx, dy));
  }

  /** A way on the screen as parts of the picture, along its own sides. @param {number} x @param {number} y @returns {[number, number]} */
  #parted(x, y) {
    const { w, h, angle } = wholeFrame(this.element);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const { zoom } = this.editor.camera;
    return [(x * cos + y * sin) / (w * zoom), (y * cos - x * sin) / (h * zoom)];
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { handles, bar } = this.#parts;
    const { activeElement } = document;
    const inBar = bar.contains(activeElement);
    const arrow = ARROWS[event.key];
    if (event.key === "Escape") this.end();
    else if (event.key === "Enter" && !inBar) this.#take();
    else if (arrow && !inBar && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const at = handles.indexOf(/** @type {HTMLButtonElement} */ (activeElement));
      const step = event.shiftKey ? STEP_FAR : STEP;
      // Along the picture's own sides, as the handles are named.
      const { w, h } = wholeFrame(this.element);
      const { zoom } = this.editor.camera;
      const [dx, dy] = [(arrow[0] * step) / (w * zoom), (arrow[1] * step) / (h * zoom)];
      this.#show(movedBy(this.#seen, EDGES[at]?.edge ?? ALL, dx, dy));
    } else {
      // Letters would take tools; Tab and the buttons' own keys go on.
      if (!["Tab", " ", "Enter"].includes(event.key)) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Crop} seen */
  #show(seen) {
    this.#seen = seen;
    this.#place();
  }
}

/** @param {Crop} crop @param {Edge} edge @param {number} dx @param {number} dy */
function movedBy(crop, edge, dx, dy) {
  return edge === ALL ? partMoved(crop, dx, dy) : edgeMoved(crop, edge, dx, dy);
}
