// The picture of the board: each frame brings tiles up to date, puts them together, and has what is missing
// painted. Knows documents and pixels, nothing of pointers and people.

import { kindsAreComing } from "../elements/index.js";
import { onArrival, onPictures } from "../elements/later.js";
import { Composer, tileBounds } from "./compose.js";
import { Overlay } from "./overlay.js";
import { PagePainter } from "./page-painter.js";
import { PictureState } from "./picture-state.js";
import { coarseScale, coarseTiles, gestureScale, tilesSeen } from "./plan.js";
import { DocumentScene } from "./scene.js";
import { BROWSER, contextOf } from "./surroundings.js";
import { TILE_PIXELS, Tiles } from "./tiles.js";
import { WorkerPainter } from "./worker-painter.js";

/**
 * @typedef {import("../core/camera.js").Camera} Camera
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/spatial.js").SpatialIndex} SpatialIndex
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./surroundings.js").Surroundings} Surroundings
 * @typedef {import("./tiles.js").Tile} Tile
 */

/**
 * What is painted over the picture gets the same view, so that it lies on the same pixels.
 * @typedef {object} OverlayFrame
 * @property {CanvasRenderingContext2D} ctx cleared when a frame first asks for it, its transform as it may be
 * @property {PaintView} view
 * @property {number} ratio pixels of the canvas per CSS pixel
 * @property {number} width in pixels of the canvas
 * @property {number} height
 * @property {number} now in milliseconds
 */

/** Returns true to be called again in the next frame. @typedef {(frame: OverlayFrame) => boolean} OverlayPainter */

/** The picture gets sharp so long after the last change of zoom. */
const SHARP_AFTER_MS = 120;
/** No wheel and no fingers change the zoom so much in a frame: a jump to an overview is sharp as soon as it can be. */
const JUMP = 1.6;
/** Tiles of a 4K view and a ring around it take 100 MiB; phones have less to look at. */
const TILE_BYTES_MIN = 96 * 2 ** 20;
/** Or so many times what is seen. */
const TILE_BYTES_PER_PIXEL = 4 * 4;
/** More pixels than 4K has can't be told apart at the distance of a hand, but cost as much as they are. */
const CANVAS_PIXELS_MAX = 3840 * 2160;
/** The coarse picture of a busy board isn't painted anew more often. */
const COARSE_EVERY_MS = 2000;
/** What is new lies over the tiles until nothing has come for so long: then it becomes part of them. */
const REST_MS = 300;

export class Renderer {
  /** Painted over the picture in this order. @type {OverlayPainter[]} */
  paintOverlay = [];

  /** @type {CanvasRenderingContext2D} */
  #ctx;
  #overlay;
  paper = "blank";
  #tiles = new Tiles();
  #ratio = 1;
  #frame = 0;
  #frameRequested = false;
  #pictureDue = true;
  #sizeDue = true;
  #settled = false;
  /** A board has been opened, isn't seen yet as it will be, and nobody has moved. */
  #opening = false;
  /** @type {number | null} */
  #lastScale = null;
  #gestureUntil = Number.NEGATIVE_INFINITY;
  /** @type {"waiting" | "due" | "done"} */
  #coarse = "done";
  #restsAt = 0;
  #waitsForRest = false;

  /**
   * @param {{canvas: HTMLCanvasElement, overlayCanvas: HTMLCanvasElement, document: Document, camera: Camera,
   *   spatial: SpatialIndex, theme: PaintView["theme"], workerUrl: string, surroundings?: Partial<Surroundings>}} parts
   *   `spatial` is kept by elements/placing.js
   */
  constructor({
    canvas,
    overlayCanvas,
    document,
    camera,
    spatial,
    theme,
    workerUrl,
    surroundings,
  }) {
    this.canvas = canvas;
    this.overlayCanvas = overlayCanvas;
    this.document = document;
    this.camera = camera;
    this.spatial = spatial;
    this.theme = theme;
    const around = { ...BROWSER, ...surroundings };
    this.around = around;
    this.#ctx = contextOf(canvas, { alpha: false });
    this.#overlay = new Overlay(overlayCanvas);
    this.scene = new DocumentScene(document, spatial);
    const scene = this.scene;
    const tileSurface = () => around.newSurface(TILE_PIXELS, TILE_PIXELS);
    this.page = new PagePainter({ scene, surface: tileSurface(), now: around.now });
    this.worker = new WorkerPainter({
      start: () => around.startWorker(workerUrl),
      scene,
      now: around.now,
      onChange: () => this.#requestPicture(),
    });
    around.onceOpened(document, () => this.worker.begin());
    this.state = new PictureState({ scene, tiles: this.#tiles, worker: this.worker });
    this.composer = new Composer({ tiles: this.#tiles, scene, surface: tileSurface() });
    this.state.note(null);
    document.subscribe(({ keys }) => this.#noteChanges(keys));
    camera.subscribe(() => {
      this.#opening = false;
      this.#requestPicture();
    });
    onArrival(() => {
      this.state.changeLooks();
      this.#requestPicture();
    });
    onPictures((assets) => {
      this.state.changePictures(assets);
      this.#requestPicture();
    });
    this.#followSize();
    this.resize();
  }

  get tileBytes() {
    return this.#tiles.bytes;
  }

  /** Whether everything in view is as sharp and as new as it gets. */
  get settled() {
    return this.#settled;
  }

  /** @param {PaintView["theme"]} theme */
  setTheme(theme) {
    if (theme === this.theme) return;
    this.theme = theme;
    this.worker.giveUp();
    this.page.giveUp();
    // Light tiles on a dark board would be worse than none for a moment.
    this.#tiles.clear();
    this.#requestPicture();
  }

  /** @param {string} paper one of PAPER_NAMES */
  setPaper(paper) {
    if (paper === this.paper) return;
    this.paper = paper;
    this.state.changeLooks();
    this.#requestPicture();
  }

  /** Leaves elements out of the picture, as while they are moved. @param {Iterable<string>} keys all that are hidden from now on */
  hide(keys) {
    const before = this.scene.hidden;
    this.scene.hidden = new Set(keys);
    this.#noteChanges([...before, ...this.scene.hidden]);
  }

  /** The canvases take the size that the page gives them. */
  resize() {
    this.#sizeDue = true;
    this.#requestPicture();
  }

  /** What is painted over the picture has changed. */
  requestFrame() {
    if (this.#frameRequested) return;
    this.#frameRequested = true;
    this.around.nextFrame((now) => this.#paintFrame(now));
  }

  #requestPicture() {
    this.#pictureDue = true;
    this.requestFrame();
  }

  /** @param {Iterable<string> | null} keys */
  #noteChanges(keys) {
    this.state.note(keys);
    this.#restsAt = this.around.now() + REST_MS;
    this.#requestPicture();
  }

  #followSize() {
    if (typeof ResizeObserver === "undefined") return;
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  // -- a frame ---------------------------------------------------------------------------------------

  /** @param {number} now */
  #paintFrame(now) {
    this.#frameRequested = false;
    if (this.#sizeDue) this.#takeSize();
    if (this.canvas.width === 0 || this.canvas.height === 0) return;
    this.#frame++;
    const view = this.#view();
    if (this.#pictureDue) this.#paintPicture(view, now);
    this.#paintOverlay(view, now);
  }

  #takeSize() {
    this.#sizeDue = false;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    const pixels = Math.max(1, width * height);
    this.#ratio = Math.min(this.around.pixelRatio(), Math.sqrt(CANVAS_PIXELS_MAX / pixels));
    for (const canvas of [this.canvas, this.overlayCanvas]) {
      // Setting it, even to the same, clears the canvas.
      const [across, down] = [Math.round(width * this.#ratio), Math.round(height * this.#ratio)];
      if (canvas.width !== across) canvas.width = across;
      if (canvas.height !== down) canvas.height = down;
    }
    this.camera.resize(width, height);
  }

  /** @returns {PaintView} */
  #view() {
    const scale = this.camera.zoom * this.#ratio;
    const left = Math.round(this.camera.x * scale);
    const top = Math.round(this.camera.y * scale);
    return { ...this.#look, scale, left, top };
  }

  get #look() {
    return { theme: this.theme, paper: this.paper, ratio: this.#ratio };
  }

  /** @param {PaintView} view @param {number} now */
  #paintPicture(view, now) {
    this.#pictureDue = false;
    if (this.state.flush()) this.#opening = true;
    this.worker.send(this.state.revision);
    const inGesture = this.#isInGesture(view.scale, now);
    const tileScale = inGesture ? gestureScale(view.scale) : view.scale;
    const { width, height } = this.canvas;
    const seen = tilesSeen(this.#tiles, { ...view, width, height }, tileScale, 0);
    const wanted = this.#wanted(seen, view, tileScale, inGesture);
    if (!this.worker.ready) this.page.paint(wanted, this.state.revision, this.#look, this.#opening);
    this.composer.compose(this.#ctx, view, { width, height }, tileScale, this.#frame);
    if (this.worker.ready) {
      this.page.giveUp();
      this.worker.paint(
        wanted.filter((tile) => !tile.fresh),
        this.#look,
      );
    }
    this.#forget();
    const complete = seen.every((tile) => tile.fresh);
    if (complete && !this.worker.expected) this.#opening = false;
    const settled = !inGesture && complete && !kindsAreComing();
    this.#setSettled(settled, settled && this.#isAtRest(seen));
    const busyHere = !this.worker.ready && wanted.some((tile) => !tile.fresh);
    if (inGesture || busyHere || this.worker.behind) this.#requestPicture();
  }

  /** @param {number} scale @param {number} now */
  #isInGesture(scale, now) {
    const last = this.#lastScale ?? scale;
    this.#lastScale = scale;
    const factor = Math.max(scale / last, last / scale);
    if (factor > JUMP && now >= this.#gestureUntil) return false;
    if (factor > 1) this.#gestureUntil = now + SHARP_AFTER_MS;
    return now < this.#gestureUntil;
  }

  /**
   * What isn't there or isn't new, first things first.
   * @param {Tile[]} seen @param {PaintView} view @param {number} tileScale @param {boolean} inGesture
   */
  #wanted(seen, view, tileScale, inGesture) {
    const { width, height } = this.canvas;
    const wanted = this.#unfresh(seen);
    // The pointer needs the rest of the page's time.
    if (inGesture || this.worker.expected) return wanted;
    const around = tilesSeen(this.#tiles, { ...view, width, height }, tileScale, 1);
    // On the page what is seen comes first and alone: the pointer needs the rest of the time.
    if (this.worker.ready)
      wanted.push(...this.#unfresh(around.filter((tile) => !seen.includes(tile))));
    wanted.push(...this.#unfreshCoarse());
    return wanted;
  }

  /** @param {Tile[]} tiles */
  #unfresh(tiles) {
    for (const tile of tiles) {
      tile.used = this.#frame;
      if (!tile.fresh && !tile.busy && this.#isBlank(tile)) {
        tile.show(null, this.state.revision);
      }
    }
    return tiles.filter((tile) => !tile.fresh);
  }

  /** Paper with a pattern needs a bitmap like ink. @param {Tile} tile */
  #isBlank(tile) {
    return this.paper === "blank" && this.scene.isEmpty(tileBounds(tile, this.theme));
  }

  #unfreshCoarse() {
    const board = this.spatial.all();
    const scale = coarseScale(board);
    if (!board || !scale) return [];
    const tiles = this.#unfresh(coarseTiles(this.#tiles, board, scale));
    const missing = tiles.filter((tile) => !tile.shown);
    if (missing.length > 0 || this.#coarse === "due") {
      if (tiles.length === 0) this.#coarse = "done";
      return this.#coarse === "due" ? tiles : missing;
    }
    if (tiles.length > 0 && this.#coarse === "done") this.#waitForCoarse();
    return [];
  }

  #waitForCoarse() {
    this.#coarse = "waiting";
    this.around.later(() => {
      this.#coarse = "due";
      this.#requestPicture();
    }, COARSE_EVERY_MS);
  }

  #forget() {
    const stays = (/** @type {Tile} */ tile) => tile.busy || tile.used === this.#frame;
    const seen = this.canvas.width * this.canvas.height * TILE_BYTES_PER_PIXEL;
    this.#tiles.forget(Math.max(TILE_BYTES_MIN, seen), stays);
    this.#tiles.forgetEmpty(stays);
  }

  /** One tile in a frame: edges come out as in a tile that is painted anew, and each frame has less to paint. @param {Tile[]} seen */
  #isAtRest(seen) {
    const tile = seen.find(({ added }) => added.size > 0);
    if (!tile) return true;
    if (this.around.now() >= this.#restsAt) {
      this.composer.paintAdded(tile, this.#look);
      this.#requestPicture();
    } else if (!this.#waitsForRest) {
      this.#waitsForRest = true;
      this.around.later(() => {
        this.#waitsForRest = false;
        this.#requestPicture();
      }, REST_MS);
    }
    return false;
  }

  /** @param {boolean} settled @param {boolean} isAtRest */
  #setSettled(settled, isAtRest) {
    this.#settled = settled;
    // For tests that compare pixels, and for whoever takes screenshots.
    this.canvas.dataset.settled = String(isAtRest);
  }

  /** @param {PaintView} view @param {number} now */
  #paintOverlay(view, now) {
    const overlay = this.#overlay;
    const { width, height } = this.overlayCanvas;
    const frame = {
      get ctx() {
        return overlay.ctx;
      },
      ...{ view: { ...view, below: this.canvas }, ratio: this.#ratio, width, height, now },
    };
    let again = false;
    for (const paint of this.paintOverlay) {
      again = paint(frame) || again;
      overlay.giveBack();
    }
    overlay.endFrame();
    if (again) this.requestFrame();
  }
}
