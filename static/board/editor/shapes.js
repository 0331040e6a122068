// The shapes that editor, tools and pointer share: no behaviour.

/** @typedef {import("../core/fold.js").Element} Element */
/** @typedef {import("../core/geometry.js").Bounds} Bounds */
/** @typedef {import("../core/geometry.js").Place} Place */
/** @typedef {import("../core/matrix.js").Matrix} Matrix */

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
 *   steps?: boolean,
 * }} PointerInfo `steps`: by keys, so that resting means nothing
 */

/**
 * A tool: a small state machine that is told what the pointer does.
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} cursor the CSS cursor while it rests
 * @property {(at: PointerInfo) => string} [cursorAt] the CSS cursor over a place, for tools that have several
 * @property {boolean} changes whether it changes the board, so that a reader can't have it
 * @property {import("../elements/kind.js").StyleName} [style] which of the person's styles it draws with
 * @property {number} [schema] of the server, from which on it takes what this tool makes; absent: from the first
 * @property {import("../protocol").Action} [needs] a right without which nobody has it
 * @property {(at: PointerInfo) => void} onPointerDown
 * @property {(at: PointerInfo) => void} onPointerMove
 * @property {(at: PointerInfo) => void} onPointerUp
 * @property {boolean} [coming] whether its code isn't there yet
 * @property {() => Promise<void>} [load] fetches the code of one that comes later
 * @property {() => void} onCancel gives up what has been begun, as if it had never been
 * @property {() => boolean} [onEscape] while nothing is under way: goes one step back, and tells whether there was one
 * @property {() => boolean} [unfinished] whether it goes on while the pointer is up: it then hears of moves, and `onCancel`
 *   ends it
 * @property {boolean} [keepsInk] whether what it has drawn stays when the device itself breaks off
 */

/**
 * A stroke that is being drawn; its points are relative to its origin.
 * @typedef {object} OwnStroke
 * @property {string} key
 * @property {number} x
 * @property {number} y
 * @property {string} color
 * @property {number} width
 * @property {number} [opacity]
 * @property {{x: number, y: number, pressure: number}[]} points
 */

/** A selection on its way; a copy leaves the elements where they are. @typedef {{keys: ReadonlySet<string>, matrix: Matrix, copy: boolean}} MovedSelection */

/** @typedef {import("../core/snap.js").Guide} Guide */

/**
 * What is shown, but not (yet) part of the document.
 * @typedef {object} Preview
 * @property {OwnStroke | null} stroke
 * @property {Bounds | null} box the box that is being drawn to select
 * @property {readonly Place[] | null} lasso the line that is being drawn around what to select
 * @property {readonly Place[] | null} trail of an eraser or a pointer that leaves no ink
 * @property {ReadonlySet<string>} erased elements that the eraser has touched in this sweep
 * @property {MovedSelection | null} moved
 * @property {readonly [key: string, element: Element][]} drafts elements in the making, in their order
 * @property {ReadonlySet<string>} hidden elements in whose place drafts are shown
 * @property {Element | null} [grown] what is being written in, as large as its text has made it
 * @property {readonly Guide[]} guides
 * @property {import("./connecting-aim.js").Aim | null} [aim] what the end of a line would stick to
 */

/**
 * @typedef {object} Writing
 * @property {string} key
 * @property {Element} element as it was when the writing began; a new one isn't in the document yet
 * @property {boolean} isNew
 */

const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());
/** @type {Readonly<Preview>} */
export const NO_PREVIEW = Object.freeze({
  stroke: null,
  box: null,
  lasso: null,
  trail: null,
  erased: NOTHING,
  moved: null,
  drafts: [],
  hidden: NOTHING,
  guides: [],
});
