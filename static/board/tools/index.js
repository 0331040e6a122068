// Every tool there is. A new tool is a new file and a line here. Those that the first view can do without come
// later: what is said of them here is what is known until then.

import { Hand } from "./hand.js";
import { laterTool } from "./later.js";
import { Pen } from "./pen.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").Tool} Tool
 * @typedef {import("./later.js").Description} Description
 */

const SHAPES = /** @type {const} */ ([
  "rectangle",
  "ellipse",
  "diamond",
  "triangle",
  "hexagon",
  "star",
  "cloud",
  "bubble",
]);
/** @type {Omit<Description, "name">} */
const DRAWS_SHAPES = { cursor: "crosshair", changes: true, style: "shape", schema: 2 };

/** @type {readonly [Description, (editor: Editor) => Promise<Tool>][]} */
const LATER = [
  [
    { name: "select", cursor: "default", changes: false },
    async (editor) => new (await import("./select.js")).Select(editor),
  ],
  [
    { name: "eraser", cursor: "cell", changes: true },
    async (editor) => new (await import("./eraser.js")).Eraser(editor),
  ],
  ...SHAPES.map(
    (name) =>
      /** @type {[Description, (editor: Editor) => Promise<Tool>]} */ ([
        { ...DRAWS_SHAPES, name },
        async (editor) => new (await import("./shape.js")).ShapeTool(editor, name),
      ]),
  ),
  [
    { name: "highlighter", cursor: "crosshair", changes: true, style: "highlighter", schema: 2 },
    async (editor) => new (await import("./highlighter.js")).Highlighter(editor),
  ],
  [
    { name: "laser", cursor: "crosshair", changes: false, schema: 3, needs: "point" },
    async (editor) => new (await import("./laser.js")).Laser(editor),
  ],
  [
    { ...DRAWS_SHAPES, name: "line" },
    async (editor) => new (await import("./line.js")).Line(editor),
  ],
  [
    { ...DRAWS_SHAPES, name: "arrow" },
    async (editor) => new (await import("./arrow.js")).Arrow(editor),
  ],
  [
    { name: "text", cursor: "text", changes: true, style: "text", schema: 2 },
    async (editor) => new (await import("./text.js")).TextTool(editor),
  ],
  [
    { name: "note", cursor: "copy", changes: true, style: "note", schema: 2 },
    async (editor) => new (await import("./note.js")).NoteTool(editor),
  ],
  [
    { name: "image", cursor: "default", changes: true, schema: 4 },
    async () => new (await import("./image.js")).ImageTool(),
  ],
];

/** @param {Editor} editor */
export function registerTools(editor) {
  for (const Kind of [Hand, Pen]) editor.register(new Kind(editor));
  for (const [description, make] of LATER)
    editor.register(laterTool(description, () => make(editor)));
}
