// What of an element hangs on others, and isn't written in it: the way of a connector, what a frame cuts off. Each
// sort of dependence is one derivation; they come with the kinds that need them (others.js).

import { arrived } from "./later.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../protocol").Patch} Patch
 */

/** What an element is found by. @typedef {(key: string) => Element | undefined} Get */

/**
 * @typedef {object} Derivation
 * @property {readonly string[]} names properties; an element with any of them hangs on others
 * @property {(element: Element) => string[]} targets keys of the elements that it hangs on
 * @property {(element: Element, get: Get) => Patch} derive what takes the place of its own properties; `get` gives the
 *   elements as they are written. Pure, bounded, never throws
 */

/** @type {Derivation[]} */
const derivations = [];

/** @param {readonly Derivation[]} added */
export function addDerivations(added) {
  derivations.push(...added.filter((one) => !derivations.includes(one)));
  arrived();
}

/** Known before the derivations have come, so that whoever opens a board knows what to wait for; asked of each of a hundred thousand. @param {Element} element */
export function hangsOnOthers({ from, to, frame }) {
  return from !== undefined || to !== undefined || frame !== undefined;
}

/** @param {Element} element @returns {string[]} */
export function targetsOf(element) {
  return applying(element).flatMap((one) => one.targets(element));
}

/** The element as it is shown. @param {Element} element @param {Get} get @returns {Element} */
export function derivedFrom(element, get) {
  const patch = Object.assign({}, ...applying(element).map((one) => one.derive(element, get)));
  if (Object.keys(patch).length === 0) return element;
  const entries = Object.entries({ ...element, ...patch }).filter(([, value]) => value !== null);
  return Object.freeze(/** @type {Element} */ (Object.fromEntries(entries)));
}

/** @param {Element} element */
function applying(element) {
  return derivations.filter(({ names }) => names.some((name) => element[name] !== undefined));
}
