// What a template is; a new one is an entry in one of the files beside this one.

/**
 * @typedef {object} Template
 * @property {string} id
 * @property {() => string} name
 * @property {boolean} [paper] something to write and draw on: it is locked, so that neither hand nor eraser moves it
 * @property {(drawing: import("./drawing.js").Drawing) => void} draw
 */

export {};
