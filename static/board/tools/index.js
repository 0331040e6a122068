// Every tool there is, in the order of the toolbar. A new tool is a new file and a line here.

import { Eraser } from "./eraser.js";
import { Eyedropper } from "./eyedropper.js";
import { Hand } from "./hand.js";
import { NoteTool } from "./note.js";
import { Pen } from "./pen.js";
import { Select } from "./select.js";
import { SHAPES, ShapeTool } from "./shape.js";
import { TextTool } from "./text.js";

/** @param {import("../editor.js").Editor} editor */
export function registerTools(editor) {
  for (const Kind of [Select, Hand, Pen, Eraser, Eyedropper, TextTool, NoteTool])
    editor.register(new Kind(editor));
  for (const kind of SHAPES) editor.register(new ShapeTool(editor, kind));
}
