// What a person has set for all boards on this device. Pure.

/**
 * @typedef {object} Settings
 * @property {boolean} constantWidth ink has the same width whatever the pressure
 * @property {"auto" | "on" | "off"} penMode with it fingers only move the view; `auto`: from the first touch of a pen
 * @property {boolean} keepTool after drawing the tool stays in the hand, instead of Select
 * @property {"object" | "partial"} eraser whether it takes whole elements or cuts out of them what it touches
 * @property {boolean} scribbleErases the pen scribbled to and fro over elements erases them
 * @property {boolean} snapToGrid
 * @property {boolean} snapToObjects
 * @property {boolean} singleKeys shortcuts without Ctrl, Alt or the like
 * @property {boolean} minimap
 * @property {"off" | "nearby" | "all"} announce whether what others do is read out
 * @property {Readonly<Record<string, readonly string[]>>} shortcuts of one's own, by command
 */

/** @type {Readonly<Settings>} */
export const FIRST_SETTINGS = Object.freeze({
  constantWidth: false,
  penMode: "auto",
  keepTool: false,
  eraser: "object",
  scribbleErases: true,
  snapToGrid: false,
  snapToObjects: true,
  singleKeys: true,
  minimap: false,
  announce: "off",
  shortcuts: {},
});
