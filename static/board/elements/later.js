// What is only fetched when an element first needs it: until it is there the element is drawn without it, and then
// the picture is painted anew. The page and the worker each fetch for themselves.

/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Set<Promise<unknown>>} */
const underWay = new Set();

/** Told whenever elements may look better than they were last drawn. @param {() => void} listener */
export function onArrival(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function arrived() {
  for (const listener of listeners) listener();
}

/** @type {Set<(assets: ReadonlySet<string>) => void>} */
const ofPictures = new Set();

/** Told of the pictures that have come, or turned out not to: what shows others is painted as it was. @param {(assets: ReadonlySet<string>) => void} listener */
export function onPictures(listener) {
  ofPictures.add(listener);
  return () => void ofPictures.delete(listener);
}

/** @param {ReadonlySet<string>} assets */
export function picturesArrived(assets) {
  for (const listener of ofPictures) listener(assets);
}

/** Says `arrived` once it is there; what fails to come has changed nothing. @param {Promise<unknown>} something */
export function coming(something) {
  awaited(something.then(arrived, () => {}));
}

/** Is under way until then. @param {Promise<unknown>} something that doesn't fail */
export function awaited(something) {
  const settled = something.then(() => void underWay.delete(settled));
  underWay.add(settled);
}

/** For whoever draws only once, as into a file: when nothing is under way any more. */
export async function allArrived() {
  while (underWay.size > 0) await Promise.all(underWay);
}
