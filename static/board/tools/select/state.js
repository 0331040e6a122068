// What the select tool can be doing with the pointer down: no behaviour.

/** @typedef {import("../../editor.js").PointerInfo} PointerInfo */

/**
 * @typedef {object} State
 * @property {string} cursor
 * @property {(at: PointerInfo) => State} move what it is doing from now on
 * @property {(at: PointerInfo) => void} up
 * @property {() => void} cancel
 */

export {};
