// The tiles of the static picture: squares of pixels by scale and place, what each lacks, and which to forget.

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./surface.js").Bitmap} Bitmap
 */

/** Large enough that a view needs few, small enough that one is painted within a frame. */
export const TILE_PIXELS = 512;
const TILE_BYTES = TILE_PIXELS * TILE_PIXELS * 4;
/** Antialiasing reaches this far out of an element's bounds. */
const EDGE_PIXELS = 2;
/** So many new elements are painted on top of a tile at once; with more it is painted anew. */
const ADDED_MAX = 64;
/** Nothing was painted yet. */
const NEVER = -1;

export class Tile {
  /** @type {Bitmap | null} */
  bitmap = null;
  /** Painted, and nothing in it: the background needs no bitmap. */
  blank = false;
  /** The state of the scene that it shows, and the first one that it has to. */
  painted = NEVER;
  needed = 0;
  /** Elements that belong on top of what is painted. @type {Map<string, number>} key to state of the scene */
  added = new Map();
  /** While it is being painted: what came on top meanwhile. @type {Map<string, number> | null} */
  since = null;
  /** The last frame that it was in. */
  used = 0;

  /** @param {number} scale @param {number} x @param {number} y in tiles */
  constructor(scale, x, y) {
    this.scale = scale;
    this.x = x;
    this.y = y;
    this.left = x * TILE_PIXELS;
    this.top = y * TILE_PIXELS;
  }

  /** Whether there is something to show, be it old. */
  get shown() {
    return this.bitmap !== null || this.blank;
  }

  get fresh() {
    return this.shown && this.painted >= this.needed;
  }

  get busy() {
    return this.since !== null;
  }

  beginPainting() {
    this.since = new Map();
  }

  /** What came on top while it was painted is put there again, unless the painter has seen it. @param {Bitmap | null} bitmap null: blank @param {number} revision */
  endPainting(bitmap, revision) {
    const since = this.since ?? new Map();
    this.since = null;
    this.show(bitmap, revision);
    this.added = new Map([...since].filter(([, at]) => at > revision));
  }

  /** @param {Bitmap | null} bitmap null: blank @param {number} revision */
  show(bitmap, revision) {
    if (this.bitmap !== bitmap) this.bitmap?.close?.();
    this.bitmap = bitmap;
    this.blank = bitmap === null;
    this.painted = revision;
    this.added.clear();
  }

  /** @param {string} key @param {number} revision */
  add(key, revision) {
    this.added.set(key, revision);
    this.since?.set(key, revision);
    if (this.added.size <= ADDED_MAX) return;
    this.spoil(revision);
    this.added.clear();
  }

  /** It has to be painted anew. @param {number} revision */
  spoil(revision) {
    this.needed = revision;
  }

  drop() {
    this.bitmap?.close?.();
    this.bitmap = null;
    this.blank = false;
    this.painted = NEVER;
    this.added.clear();
    this.since = null;
  }
}

export class Tiles {
  /** @type {Map<number, Map<string, Tile>>} */
  #levels = new Map();

  /** All scales that have tiles. */
  get scales() {
    return this.#levels.keys();
  }

  *all() {
    for (const level of this.#levels.values()) yield* level.values();
  }

  get bytes() {
    let bytes = 0;
    for (const tile of this.all()) if (tile.bitmap) bytes += TILE_BYTES;
    return bytes;
  }

  /** @param {number} scale @param {number} x @param {number} y */
  get(scale, x, y) {
    return this.#levels.get(scale)?.get(`${x},${y}`);
  }

  /** @param {number} scale @param {number} x @param {number} y @returns {Tile} */
  at(scale, x, y) {
    const level = this.#levels.get(scale) ?? new Map();
    this.#levels.set(scale, level);
    const name = `${x},${y}`;
    const tile = level.get(name) ?? new Tile(scale, x, y);
    level.set(name, tile);
    return tile;
  }

  /** Whether a tile is still one of these. @param {Tile} tile */
  has(tile) {
    return this.get(tile.scale, tile.x, tile.y) === tile;
  }

  /** Where an element looks different, or is no more: painted anew. @param {Bounds} bounds @param {number} revision */
  spoil(bounds, revision) {
    for (const tile of this.#touching(bounds)) tile.spoil(revision);
  }

  /** Where an element is new: painted on top at once; if that isn't its place in the order, anew later. @param {string} key @param {Bounds} bounds @param {number} revision @param {boolean} covered */
  add(key, bounds, revision, covered) {
    for (const tile of this.#touching(bounds)) {
      tile.add(key, revision);
      if (covered) tile.spoil(revision);
    }
  }

  /** What is shown stays until the new is ready. @param {number} revision */
  spoilAll(revision) {
    for (const tile of this.all()) tile.spoil(revision);
  }

  clear() {
    for (const tile of this.all()) tile.drop();
    this.#levels.clear();
  }

  /** Forgets what was looked at longest ago. @param {number} bytes to keep @param {(tile: Tile) => boolean} stays */
  forget(bytes, stays) {
    let over = this.bytes - bytes;
    if (over > 0) {
      const oldest = [...this.all()]
        .filter((tile) => tile.bitmap && !stays(tile))
        .sort((a, b) => a.used - b.used);
      for (const tile of oldest) {
        if (over <= 0) break;
        this.#remove(tile);
        over -= TILE_BYTES;
      }
    }
  }

  /** Tiles without a bitmap cost little, but there are many scales. @param {(tile: Tile) => boolean} stays */
  forgetEmpty(stays) {
    for (const tile of this.all()) if (!tile.bitmap && !stays(tile)) this.#remove(tile);
  }

  /** @param {Tile} tile */
  #remove(tile) {
    tile.drop();
    const level = this.#levels.get(tile.scale);
    level?.delete(`${tile.x},${tile.y}`);
    if (level?.size === 0) this.#levels.delete(tile.scale);
  }

  /** @param {Bounds} bounds */
  *#touching(bounds) {
    for (const [scale, level] of this.#levels) {
      const { fromX, fromY, toX, toY } = cellsOf(bounds, scale);
      // Whichever is less: looking at every tile, or at every place.
      if ((toX - fromX + 1) * (toY - fromY + 1) > level.size) {
        for (const tile of level.values()) {
          if (tile.x >= fromX && tile.x <= toX && tile.y >= fromY && tile.y <= toY) yield tile;
        }
        continue;
      }
      for (let y = fromY; y <= toY; y++) {
        for (let x = fromX; x <= toX; x++) {
          const tile = level.get(`${x},${y}`);
          if (tile) yield tile;
        }
      }
    }
  }
}

/** The tiles that an element with these bounds may leave ink in. @param {Bounds} bounds @param {number} scale */
function cellsOf({ minX, minY, maxX, maxY }, scale) {
  return {
    fromX: Math.floor((minX * scale - EDGE_PIXELS) / TILE_PIXELS),
    fromY: Math.floor((minY * scale - EDGE_PIXELS) / TILE_PIXELS),
    toX: Math.floor((maxX * scale + EDGE_PIXELS) / TILE_PIXELS),
    toY: Math.floor((maxY * scale + EDGE_PIXELS) / TILE_PIXELS),
  };
}

/**
 * The places of tiles that a rectangle of another scale's pixels needs.
 * @param {{left: number, top: number, width: number, height: number}} rect in pixels of `scale`
 * @param {number} scale
 * @param {number} tileScale
 * @param {number} ring tiles around it
 */
export function cellsSeen({ left, top, width, height }, scale, tileScale, ring = 0) {
  const size = (TILE_PIXELS * scale) / tileScale;
  return {
    fromX: Math.floor(left / size) - ring,
    fromY: Math.floor(top / size) - ring,
    toX: Math.ceil((left + width) / size) - 1 + ring,
    toY: Math.ceil((top + height) / size) - 1 + ring,
  };
}
