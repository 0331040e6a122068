// Where to look for what lies nearest to the view. Pure.

/**
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../core/spatial.js").SpatialIndex} SpatialIndex
 */

/** What lies so near to the nearest element belongs to it, as a part of the view. */
const NEIGHBOURHOOD = 1 / 2;

/** Where to look so that the nearest of the board's content is seen, with what is around it. @param {SpatialIndex} spatial @param {Bounds} view @returns {Bounds | null} */
export function nearestTo(spatial, view) {
  const all = spatial.all();
  if (!all) return null;
  const middle = { x: (view.minX + view.maxX) / 2, y: (view.minY + view.maxY) / 2 };
  /** @type {{bounds: Bounds, distance: number} | null} */
  let nearest = null;
  for (const key of spatial.search(all)) {
    const bounds = spatial.boundsOf(key);
    if (!bounds) continue;
    const distance = distanceTo(bounds, middle);
    if (!nearest || distance < nearest.distance) nearest = { bounds, distance };
  }
  return nearest && withNeighbours(spatial, nearest.bounds, view);
}

/** @param {SpatialIndex} spatial @param {Bounds} nearest @param {Bounds} view */
function withNeighbours(spatial, nearest, view) {
  const across = (view.maxX - view.minX) * NEIGHBOURHOOD;
  const down = (view.maxY - view.minY) * NEIGHBOURHOOD;
  const around = {
    minX: nearest.minX - across,
    minY: nearest.minY - down,
    maxX: nearest.maxX + across,
    maxY: nearest.maxY + down,
  };
  const all = { ...nearest };
  for (const key of spatial.search(around)) {
    const bounds = spatial.boundsOf(key);
    if (!bounds) continue;
    all.minX = Math.max(around.minX, Math.min(all.minX, bounds.minX));
    all.minY = Math.max(around.minY, Math.min(all.minY, bounds.minY));
    all.maxX = Math.min(around.maxX, Math.max(all.maxX, bounds.maxX));
    all.maxY = Math.min(around.maxY, Math.max(all.maxY, bounds.maxY));
  }
  return all;
}

/** @param {Bounds} bounds @param {{x: number, y: number}} place */
function distanceTo(bounds, { x, y }) {
  return Math.hypot(
    Math.max(bounds.minX - x, 0, x - bounds.maxX),
    Math.max(bounds.minY - y, 0, y - bounds.maxY),
  );
}
