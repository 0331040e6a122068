// The fold: what one change does to the elements (R4, R16), exactly as docs/protocol.md says. Pure.

/**
 * @typedef {import("../protocol").Scalar} Scalar
 * @typedef {import("../protocol").Properties} Properties
 * @typedef {import("../protocol").Patch} Patch
 * @typedef {import("../protocol").Change} Change
 * @typedef {import("../protocol").Put} Put
 * @typedef {import("../protocol").Set} SetChange
 * @typedef {import("../protocol").Split} Split
 */

/** An element is frozen: a change replaces it. @typedef {Readonly<Record<string, Scalar>>} Element */

/**
 * What the fold works on: a Map, or a layer over one.
 * @typedef {object} Elements
 * @property {(key: string) => boolean} has
 * @property {(key: string) => Element | undefined} get
 * @property {(key: string, element: Element) => unknown} set
 * @property {(key: string) => unknown} delete
 * @property {() => Iterable<string>} keys
 */

/** @typedef {{readonly [Name in keyof Elements & ("has" | "get" | "keys")]: Elements[Name]}} ReadonlyElements */

/**
 * Applies one change; returns the keys of the elements that are different now.
 * @param {Elements} elements
 * @param {Change} change
 * @param {number | null} author of the transaction; null while it isn't known
 * @returns {string[]}
 */
export function applyChange(elements, change, author) {
  switch (change.op) {
    case "put":
      return put(elements, change, author);
    case "set":
      return set(elements, change);
    case "remove":
      if (!elements.has(change.key)) return [];
      elements.delete(change.key);
      return [change.key];
    case "clear":
      return clear(elements);
    case "split":
      return split(elements, change);
    default:
      // A kind of change from a newer server: what it means can't be guessed (R15).
      return [];
  }
}

/** @param {Elements} elements @param {Put} change @param {number | null} author */
function put(elements, change, author) {
  if (elements.has(change.key)) return [];
  const by = change.author ?? author;
  elements.set(
    change.key,
    Object.freeze(by === null ? { ...change.element } : { ...change.element, author: by }),
  );
  return [change.key];
}

/** @param {Elements} elements @param {SetChange} change */
function set(elements, change) {
  const element = elements.get(change.key);
  if (!element) return [];
  const next = patched(element, effectOf(change, element));
  if (next === element) return [];
  elements.set(change.key, next);
  return [change.key];
}

/**
 * The properties of a `set` that make a difference now, each judged by `if` on its own.
 * @param {SetChange} change
 * @param {Element} element
 * @returns {Patch}
 */
export function effectOf({ props, if: expected }, element) {
  return Object.fromEntries(
    Object.entries(props).filter(([name, value]) => {
      const now = propertyOf(element, name);
      if (now === value) return false;
      return !expected || !Object.hasOwn(expected, name) || expected[name] === now;
    }),
  );
}

/** Null where it is absent; nothing of the prototype. @param {Element} element @param {string} name @returns {Scalar | null} */
export function propertyOf(element, name) {
  return Object.hasOwn(element, name) ? /** @type {Scalar} */ (element[name]) : null;
}

/** @param {Element} element @param {Patch} effect @returns {Element} */
function patched(element, effect) {
  const names = Object.keys(effect);
  if (names.length === 0) return element;
  // Spreading and fromEntries define properties, so that one called __proto__ is one like the others (S19).
  const next = /** @type {Record<string, Scalar | null>} */ ({ ...element, ...effect });
  for (const name of names) if (effect[name] === null) delete next[name];
  return /** @type {Element} */ (Object.freeze(next));
}

/** @param {Elements} elements */
function clear(elements) {
  const keys = [...elements.keys()];
  for (const key of keys) elements.delete(key);
  return keys;
}

/** @param {Elements} elements @param {Split} change */
function split(elements, { key, into }) {
  const source = elements.get(key);
  if (!source) return [];
  elements.delete(key);
  const changed = new Set([key]);
  for (const piece of into) {
    if (elements.has(piece.key)) continue;
    elements.set(piece.key, Object.freeze({ ...source, ...piece.props }));
    changed.add(piece.key);
  }
  return [...changed];
}

/**
 * The keys that a change may touch; null: all that live.
 * @param {Change} change
 * @returns {string[] | null}
 */
export function keysOf(change) {
  if (change.op === "clear") return null;
  if (change.op === "split") return [change.key, ...change.into.map((piece) => piece.key)];
  return [change.key];
}

/** @param {Element | undefined} a @param {Element | undefined} b */
export function sameElement(a, b) {
  if (a === b) return true;
  if (!a || !b) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}
