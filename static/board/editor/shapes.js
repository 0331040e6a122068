// The shapes that editor, tools and pointer share: no behaviour.

/** @typedef {import("../core/geometry.js").Bounds} Bounds */

/**
 * Where the pointer is, in board units (x, y) and in pixels of the canvas (px, py).
 * @typedef {object} PointerSample
 * @property {number} x
 * @property {number} y
 * @property {number} px
 * @property {number} py
 * @property {number} pressure 0 to 1
 * @property {number} time in milliseconds, from any origin
 */

/**
 * @typedef {PointerSample & {
 *   pointerType: "mouse" | "pen" | "touch",
 *   button: number,
 *   shift: boolean,
 *   alt: boolean,
 *   ctrl: boolean,
 *   coalesced: readonly PointerSample[],
 * }} PointerInfo
 */

/**
 * A tool: a small state machine that is told what the pointer does.
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} cursor the CSS cursor while it rests
 * @property {boolean} changes whether it changes the board, so that a reader can't have it
 * @property {(at: PointerInfo) => void} onPointerDown
 * @property {(at: PointerInfo) => void} onPointerMove
 * @property {(at: PointerInfo) => void} onPointerUp
 * @property {() => void} onCancel gives up what has been begun, as if it had never been
 */

/**
 * A stroke that is being drawn; its points are relative to its origin.
 * @typedef {object} OwnStroke
 * @property {string} key
 * @property {number} x
 * @property {number} y
 * @property {string} color
 * @property {number} width
 * @property {{x: number, y: number, pressure: number}[]} points
 */

/**
 * What is shown, but not (yet) part of the document.
 * @typedef {object} Preview
 * @property {OwnStroke | null} stroke
 * @property {Bounds | null} box the box that is being drawn to select
 * @property {ReadonlySet<string>} erased elements that the eraser has touched in this sweep
 * @property {{keys: ReadonlySet<string>, dx: number, dy: number} | null} moved
 */

export {};
