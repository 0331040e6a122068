// What a file format can do; a new one is a file in formats/ with this shape, and a line in formats.js.

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Bounds} Bounds
 * @typedef {import("../editor.js").Editor} Editor
 */

/**
 * What is to be written. `keys` null: all of the pages.
 * @typedef {object} Wanted
 * @property {Editor} editor
 * @property {string} title of the board
 * @property {readonly string[]} pages keys, in order
 * @property {ReadonlySet<string> | null} keys elements of the one page, as of a selection or a frame
 * @property {Bounds | null} bounds the part of the page, as of a frame; null: all that there is
 * @property {number} scale pixels per board unit, of formats that have pixels
 * @property {boolean} transparent without background
 * @property {"light" | "dark"} theme
 * @property {string} assets address below which the board's assets are
 * @property {string} [paper] what the board is printed with; absent: nothing
 * @property {(part: number) => void} [told] hears how much is done, from 0 to 1
 * @property {(what: string) => void} [lost] hears of what can't be in the file, as a person calls it
 * @property {AbortSignal} [signal] that it isn't wanted any more
 */

/**
 * One page of what was read. Elements have keys of their own that other elements may name; they are given new ones.
 * @typedef {{key?: string, name?: string, w?: number, h?: number, elements: [key: string, element: Element][]}} TakenPage
 */

/**
 * What was read from a file, before anything is on the board.
 * @typedef {object} Taken
 * @property {TakenPage[]} pages one: its elements go on the page in sight; several: each becomes a page
 * @property {Map<string, Blob>} assets by the ids that elements name in `asset` and `source`
 * @property {{what: string, count: number}[]} left what could not be taken, as a person calls it
 */

/**
 * @typedef {object} Format
 * @property {string} id
 * @property {() => string} label
 * @property {readonly string[]} extensions with their dot, the usual one first
 * @property {string} media
 * @property {(wanted: Wanted) => Promise<Blob>} [write]
 * @property {(start: Uint8Array, text: () => string, name: string) => boolean} [fits] whether a file is of it: by its
 *   first 4,096 bytes, by its text (read only when asked for), by its name
 * @property {(file: Blob, told: (part: number) => void) => Promise<Taken>} [read] `told` hears how much is done, from
 *   0 to 1; throws ReadError
 */

/** A file that can't be taken; the message is a sentence for the person who brought it. */
export class ReadError extends Error {}
