// Every tool there is, in the order of the toolbar. A new tool is a new file and a line here.

import { Eraser } from "./eraser.js";
import { Hand } from "./hand.js";
import { NoteTool } from "./note.js";
import { Pen } from "./pen.js";
import { Select } from "./select.js";
import { TextTool } from "./text.js";

/** @param {import("../editor.js").Editor} editor */
export function registerTools(editor) {
  for (const Kind of [Select, Hand, Pen, Eraser, TextTool, NoteTool])
    editor.register(new Kind(editor));
}
