// Which tiles are wanted, first things first: what is seen, from the centre out; a ring around it; a coarse
// picture of the whole board. Pure.

import { cellsSeen, TILE_PIXELS } from "./tiles.js";

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("./tiles.js").Tile} Tile
 * @typedef {import("./tiles.js").Tiles} Tiles
 * @typedef {{scale: number, left: number, top: number, width: number, height: number}} Seen
 */

/** The coarse picture is about so large. */
const COARSE_PIXELS = 1024;
/** Nearest power of two, rather the larger: ink that was made smaller looks better than enlarged. */
const ROUNDED_UP = 0.2;

/** While zooming, tiles of a power of two serve many frames. @param {number} scale */
export function gestureScale(scale) {
  return 2 ** Math.round(Math.log2(scale) + ROUNDED_UP);
}

/** @param {Bounds | null} board @returns {number | null} */
export function coarseScale(board) {
  if (!board) return null;
  const size = Math.max(board.maxX - board.minX, board.maxY - board.minY, 1);
  return Math.min(1, 2 ** Math.floor(Math.log2(COARSE_PIXELS / size)));
}

/** @param {Tiles} tiles @param {Seen} seen @param {number} tileScale @param {number} ring @returns {Tile[]} */
export function tilesSeen(tiles, seen, tileScale, ring) {
  const { fromX, fromY, toX, toY } = cellsSeen(seen, seen.scale, tileScale, ring);
  const size = (TILE_PIXELS * seen.scale) / tileScale;
  const middleX = (seen.left + seen.width / 2) / size - 0.5;
  const middleY = (seen.top + seen.height / 2) / size - 0.5;
  /** @type {Tile[]} */
  const all = [];
  for (let y = fromY; y <= toY; y++)
    for (let x = fromX; x <= toX; x++) all.push(tiles.at(tileScale, x, y));
  const away = (/** @type {Tile} */ tile) => Math.hypot(tile.x - middleX, tile.y - middleY);
  return all.sort((a, b) => away(a) - away(b));
}

/** @param {Tiles} tiles @param {Bounds} board @param {number} scale @returns {Tile[]} */
export function coarseTiles(tiles, board, scale) {
  const rect = {
    scale,
    left: board.minX * scale,
    top: board.minY * scale,
    width: (board.maxX - board.minX) * scale,
    height: (board.maxY - board.minY) * scale,
  };
  return tilesSeen(tiles, rect, scale, 0);
}
