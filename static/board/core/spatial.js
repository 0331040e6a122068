// Where elements are: a grid for each power of two, an element in that of its size. All numbers lie flat in arrays,
// so that a hundred thousand elements take little memory and nothing for the garbage collector to look at.

/** @typedef {import("./geometry.js").Bounds} Bounds */

/** Smaller elements share the grid of 64 units; the board is no larger than the grid of 4 million. */
const FINEST = 6;
const COARSEST = 22;
/** Cells are counted so far from the middle; what lies beyond is in the outermost ones. */
const REACH = 2 ** 14;
const NONE = -1;
const FIRST_CAPACITY = 64;

export class SpatialIndex {
  /** @type {Map<string, number>} */
  #slots = new Map();
  /** By slot. @type {(string | undefined)[]} */
  #keys = [];
  /** Slots that are free again. @type {number[]} */
  #free = [];
  /** Four numbers a slot: minX, minY, maxX, maxY. */
  #boxes = new Float64Array(4 * FIRST_CAPACITY);
  /** The elements of a cell are a chain of slots. */
  #next = new Int32Array(FIRST_CAPACITY);
  #before = new Int32Array(FIRST_CAPACITY);
  /** The first slot of each cell that isn't empty, by size of the cells. @type {Map<number, number>[]} */
  #grids = emptyGrids();
  /** Null: has to be worked out again. @type {Bounds | null} */
  #all = null;

  get size() {
    return this.#slots.size;
  }

  /** Puts an element where it is now, also if it has been elsewhere. @param {string} key @param {Bounds} bounds */
  insert(key, bounds) {
    const known = this.#slots.get(key);
    if (known !== undefined) this.#unlink(known);
    const slot = known ?? this.#newSlot(key);
    const at = 4 * slot;
    this.#boxes[at] = bounds.minX;
    this.#boxes[at + 1] = bounds.minY;
    this.#boxes[at + 2] = bounds.maxX;
    this.#boxes[at + 3] = bounds.maxY;
    this.#link(slot);
    if (known !== undefined) this.#all = null;
    else if (this.#all) widen(this.#all, bounds);
  }

  /** @param {string} key */
  remove(key) {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    this.#unlink(slot);
    this.#slots.delete(key);
    this.#keys[slot] = undefined;
    this.#free.push(slot);
    this.#all = null;
  }

  /** All anew, in one go. @param {Iterable<[string, Bounds]>} entries */
  load(entries) {
    this.#slots = new Map();
    this.#keys = [];
    this.#free = [];
    this.#grids = emptyGrids();
    this.#all = null;
    for (const [key, bounds] of entries) this.insert(key, bounds);
  }

  /** The keys of what touches the bounds, in no order. @param {Bounds} bounds */
  search(bounds) {
    /** @type {string[]} */
    const found = [];
    for (let level = FINEST; level <= COARSEST; level++) {
      const grid = /** @type {Map<number, number>} */ (this.#grids[level - FINEST]);
      // What is larger than the board reaches beyond the next cell.
      if (level === COARSEST)
        for (const first of grid.values()) this.#collect(first, bounds, found);
      else if (grid.size > 0) this.#searchIn(grid, 2 ** level, bounds, found);
    }
    return found;
  }

  /** Whether any of what touches the bounds is wanted. @param {Bounds} bounds @param {(key: string) => boolean} isWanted */
  some(bounds, isWanted) {
    // Most places have something: a small part tells as much as all of it.
    const middle = middleOf(bounds);
    return this.search(middle).some(isWanted) || this.search(bounds).some(isWanted);
  }

  /** @param {string} key @returns {Bounds | null} */
  boundsOf(key) {
    const slot = this.#slots.get(key);
    return slot === undefined ? null : this.#boundsAt(slot);
  }

  /** The bounds of everything; null of nothing. @returns {Bounds | null} */
  all() {
    if (this.#slots.size === 0) return null;
    if (!this.#all) {
      const all = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
      for (const slot of this.#slots.values()) widen(all, this.#boundsAt(slot));
      this.#all = all;
    }
    return { ...this.#all };
  }

  /** @param {Map<number, number>} grid @param {number} cell its size @param {Bounds} bounds @param {string[]} found */
  #searchIn(grid, cell, bounds, found) {
    // An element is in the cell of its corner, and reaches at most into the next one.
    const fromX = cellAt(bounds.minX, cell) - 1;
    const fromY = cellAt(bounds.minY, cell) - 1;
    const toX = cellAt(bounds.maxX, cell);
    const toY = cellAt(bounds.maxY, cell);
    if ((toX - fromX + 1) * (toY - fromY + 1) > grid.size) {
      for (const first of grid.values()) this.#collect(first, bounds, found);
      return;
    }
    for (let x = fromX; x <= toX; x++) {
      for (let y = fromY; y <= toY; y++) {
        const first = grid.get(cellName(x, y));
        if (first !== undefined) this.#collect(first, bounds, found);
      }
    }
  }

  /** @param {number} first @param {Bounds} bounds @param {string[]} found */
  #collect(first, { minX, minY, maxX, maxY }, found) {
    const boxes = this.#boxes;
    for (let slot = first; slot !== NONE; slot = Number(this.#next[slot])) {
      const at = 4 * slot;
      if (
        Number(boxes[at]) <= maxX &&
        Number(boxes[at + 1]) <= maxY &&
        Number(boxes[at + 2]) >= minX &&
        Number(boxes[at + 3]) >= minY
      )
        found.push(/** @type {string} */ (this.#keys[slot]));
    }
  }

  /** @param {string} key */
  #newSlot(key) {
    const slot = this.#free.pop() ?? this.#keys.length;
    this.#keys[slot] = key;
    this.#slots.set(key, slot);
    if (slot >= this.#next.length) this.#grow();
    return slot;
  }

  #grow() {
    const capacity = 2 * this.#next.length;
    const [boxes, next, before] = [this.#boxes, this.#next, this.#before];
    this.#boxes = new Float64Array(4 * capacity);
    this.#boxes.set(boxes);
    this.#next = new Int32Array(capacity);
    this.#next.set(next);
    this.#before = new Int32Array(capacity);
    this.#before.set(before);
  }

  /** @param {number} slot */
  #link(slot) {
    const level = this.#levelOf(slot);
    const grid = /** @type {Map<number, number>} */ (this.#grids[level - FINEST]);
    const cell = this.#cellOf(slot, level);
    const first = grid.get(cell) ?? NONE;
    this.#next[slot] = first;
    this.#before[slot] = NONE;
    if (first !== NONE) this.#before[first] = slot;
    grid.set(cell, slot);
  }

  /** @param {number} slot */
  #unlink(slot) {
    const next = Number(this.#next[slot]);
    const before = Number(this.#before[slot]);
    if (next !== NONE) this.#before[next] = before;
    if (before !== NONE) {
      this.#next[before] = next;
      return;
    }
    const level = this.#levelOf(slot);
    const grid = /** @type {Map<number, number>} */ (this.#grids[level - FINEST]);
    if (next === NONE) grid.delete(this.#cellOf(slot, level));
    else grid.set(this.#cellOf(slot, level), next);
  }

  /** The power of two whose cells are just as large as it, or larger. @param {number} slot */
  #levelOf(slot) {
    const boxes = this.#boxes;
    const at = 4 * slot;
    const across = Number(boxes[at + 2]) - Number(boxes[at]);
    const down = Number(boxes[at + 3]) - Number(boxes[at + 1]);
    const size = Math.min(2 ** COARSEST, Math.ceil(across > down ? across : down));
    return Math.max(FINEST, size > 1 ? 32 - Math.clz32(size - 1) : 0);
  }

  /** @param {number} slot @param {number} level */
  #cellOf(slot, level) {
    const cell = 2 ** level;
    const at = 4 * slot;
    return cellName(
      cellAt(Number(this.#boxes[at]), cell),
      cellAt(Number(this.#boxes[at + 1]), cell),
    );
  }

  /** @param {number} slot @returns {Bounds} */
  #boundsAt(slot) {
    const at = 4 * slot;
    return {
      minX: Number(this.#boxes[at]),
      minY: Number(this.#boxes[at + 1]),
      maxX: Number(this.#boxes[at + 2]),
      maxY: Number(this.#boxes[at + 3]),
    };
  }
}

/** @param {Bounds} bounds @returns {Bounds} a hundredth of them */
function middleOf({ minX, minY, maxX, maxY }) {
  const x = (minX + maxX) / 2;
  const y = (minY + maxY) / 2;
  const across = (maxX - minX) / 20;
  const down = (maxY - minY) / 20;
  return { minX: x - across, minY: y - down, maxX: x + across, maxY: y + down };
}

function emptyGrids() {
  return Array.from({ length: COARSEST - FINEST + 1 }, () => new Map());
}

/** @param {number} place @param {number} cell its size */
function cellAt(place, cell) {
  const at = Math.floor(place / cell);
  // Also what is no number has to be somewhere.
  return at >= REACH ? REACH - 1 : at > -REACH ? at : -REACH + 1;
}

/** One small whole number, which a Map finds fastest. @param {number} x @param {number} y */
function cellName(x, y) {
  return (x + REACH) * (2 * REACH) + y + REACH;
}

/** @param {Bounds} all @param {Bounds} one */
function widen(all, { minX, minY, maxX, maxY }) {
  if (minX < all.minX) all.minX = minX;
  if (minY < all.minY) all.minY = minY;
  if (maxX > all.maxX) all.maxX = maxX;
  if (maxY > all.maxY) all.maxY = maxY;
}
