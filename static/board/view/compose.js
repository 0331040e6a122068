// One frame of the static picture: tiles side by side on whole pixels; where one is missing, what other
// scales have of the place.

import { canvasColor } from "../elements/ink.js";
import { paintPaper } from "./paper.js";
import { boundsSeen, fillAll, paintElements } from "./raster.js";
import { inOrder } from "./scene.js";
import { cellsSeen, TILE_PIXELS } from "./tiles.js";

/**
 * @typedef {import("../elements/kind.js").Context} Context
 * @typedef {import("../elements/kind.js").PaintView} PaintView
 * @typedef {import("./scene.js").Scene} Scene
 * @typedef {import("./surface.js").Surface} Surface
 * @typedef {import("./tiles.js").Tile} Tile
 * @typedef {import("./tiles.js").Tiles} Tiles
 * @typedef {{left: number, top: number, width: number, height: number}} Rect on the canvas
 */

/** A missing tile is put together from at most so many other scales, the nearest last. */
const FALLBACK_SCALES = 3;
/** So many new elements are painted over a tile in every frame, which costs less than a new bitmap for each. */
const PAINTED_OVER = 12;
/** More tiles than this in the place of one cost more than they show. */
const FALLBACK_TILES = 64;

export class Composer {
  /** @param {{tiles: Tiles, scene: Scene, surface: Surface}} parts the surface is as large as a tile */
  constructor({ tiles, scene, surface }) {
    this.tiles = tiles;
    this.scene = scene;
    this.surface = surface;
  }

  /**
   * @param {Context} ctx
   * @param {PaintView} view
   * @param {{width: number, height: number}} size
   * @param {number} tileScale
   * @param {number} frame
   */
  compose(ctx, view, { width, height }, tileScale, frame) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 1;
    ctx.imageSmoothingEnabled = false;
    const seen = { left: view.left, top: view.top, width, height };
    const { fromX, fromY, toX, toY } = cellsSeen(seen, view.scale, tileScale);
    for (let y = fromY; y <= toY; y++) {
      for (let x = fromX; x <= toX; x++) {
        const tile = this.tiles.at(tileScale, x, y);
        const rect = placeOf(tile, view);
        if (tile.shown) this.#blit(ctx, tile, rect, view, frame);
        else this.#fillGap(ctx, tile, rect, view, frame);
      }
    }
  }

  /** @param {Context} ctx @param {Tile} tile @param {Rect} rect @param {PaintView} view @param {number} frame */
  #blit(ctx, tile, rect, view, frame) {
    tile.used = frame;
    // Neighbours at another scale are only looked through: what is new is painted into them.
    const over = tile.added.size <= PAINTED_OVER && view.scale === tile.scale;
    if (!over && tile.added.size > 0) this.paintAdded(tile, view);
    if (tile.bitmap) {
      ctx.drawImage(tile.bitmap, rect.left, rect.top, rect.width, rect.height);
    } else {
      ctx.fillStyle = canvasColor(view.theme);
      ctx.fillRect(rect.left, rect.top, rect.width, rect.height);
    }
    if (over && tile.added.size > 0) this.#paintOver(ctx, tile, rect, view);
  }

  /** @param {Context} ctx @param {Tile} tile @param {Rect} rect @param {PaintView} view */
  #paintOver(ctx, tile, rect, view) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(rect.left, rect.top, rect.width, rect.height);
    ctx.clip();
    paintElements(
      ctx,
      inOrder(tile.added.keys(), (key) => this.scene.get(key)),
      view,
    );
    ctx.restore();
  }

  /** New elements become part of what the tile shows. @param {Tile} tile @param {Pick<PaintView, "theme" | "paper" | "ratio">} look */
  paintAdded(tile, { theme, paper = "blank", ratio = 1 }) {
    const { ctx } = this.surface;
    const revision = Math.max(tile.painted, ...tile.added.values());
    const entries = inOrder(tile.added.keys(), (key) => this.scene.get(key));
    // What has to be painted anew for another reason still has to.
    const painted = tile.painted >= tile.needed ? revision : tile.painted;
    if (entries.length > 0) {
      fillAll(ctx, canvasColor(theme), TILE_PIXELS, TILE_PIXELS);
      const view = { theme, paper, ratio, scale: tile.scale, left: tile.left, top: tile.top };
      if (tile.bitmap) ctx.drawImage(tile.bitmap, 0, 0);
      else paintPaper(ctx, view, TILE_PIXELS, TILE_PIXELS);
      paintElements(ctx, entries, view);
      tile.show(this.surface.take(), painted);
    }
    tile.added.clear();
  }

  /** @param {Context} ctx @param {Tile} tile @param {Rect} rect @param {PaintView} view @param {number} frame */
  #fillGap(ctx, tile, rect, view, frame) {
    tile.used = frame;
    ctx.save();
    ctx.beginPath();
    ctx.rect(rect.left, rect.top, rect.width, rect.height);
    ctx.clip();
    ctx.fillStyle = canvasColor(view.theme);
    ctx.fillRect(rect.left, rect.top, rect.width, rect.height);
    for (const scale of this.#fallbackScales(tile.scale))
      this.#coverFrom(ctx, scale, rect, view, frame);
    // What came since must be seen at once, wherever it is.
    if (tile.added.size > 0) {
      paintElements(
        ctx,
        inOrder(tile.added.keys(), (key) => this.scene.get(key)),
        view,
      );
    }
    ctx.restore();
  }

  /** The nearest last, so that it lies on top. @param {number} tileScale */
  #fallbackScales(tileScale) {
    const away = (/** @type {number} */ scale) => Math.abs(Math.log2(scale / tileScale));
    return [...this.tiles.scales]
      .filter((scale) => scale !== tileScale)
      .sort((a, b) => away(a) - away(b))
      .filter((scale, i, all) => i < FALLBACK_SCALES - 1 || scale === Math.min(...all))
      .reverse();
  }

  /** @param {Context} ctx @param {number} scale @param {Rect} rect @param {PaintView} view @param {number} frame */
  #coverFrom(ctx, scale, rect, view, frame) {
    const seen = { ...rect, left: rect.left + view.left, top: rect.top + view.top };
    const { fromX, fromY, toX, toY } = cellsSeen(seen, view.scale, scale);
    if ((toX - fromX + 1) * (toY - fromY + 1) > FALLBACK_TILES) return;
    for (let y = fromY; y <= toY; y++) {
      for (let x = fromX; x <= toX; x++) {
        const tile = this.tiles.get(scale, x, y);
        if (tile?.shown) this.#blit(ctx, tile, placeOf(tile, view), view, frame);
      }
    }
  }
}

/** Edges on whole pixels, so that neighbours meet without a seam at any scale. @param {Tile} tile @param {PaintView} view @returns {Rect} */
function placeOf(tile, view) {
  const size = (TILE_PIXELS * view.scale) / tile.scale;
  const left = Math.round(tile.x * size) - view.left;
  const top = Math.round(tile.y * size) - view.top;
  return {
    left,
    top,
    width: Math.round((tile.x + 1) * size) - view.left - left,
    height: Math.round((tile.y + 1) * size) - view.top - top,
  };
}

/** What a tile can show. @param {Tile} tile @param {PaintView["theme"]} theme */
export function tileBounds(tile, theme) {
  return boundsSeen(
    { theme, scale: tile.scale, left: tile.left, top: tile.top },
    TILE_PIXELS,
    TILE_PIXELS,
  );
}
