// Every tool there is, in the order of the toolbar. A new tool is a new file and a line here.

import { Arrow } from "./arrow.js";
import { Eraser } from "./eraser.js";
import { Hand } from "./hand.js";
import { Highlighter } from "./highlighter.js";
import { Line } from "./line.js";
import { Pen } from "./pen.js";
import { Select } from "./select.js";

/** @param {import("../editor.js").Editor} editor */
export function registerTools(editor) {
  for (const Kind of [Select, Hand, Pen, Highlighter, Eraser, Arrow, Line])
    editor.register(new Kind(editor));
}
