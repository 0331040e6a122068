// The tools of an editor, all of them at once: those that come later on the page as well.

import { Arrow } from "../../../static/board/tools/arrow.js";
import { Eraser } from "../../../static/board/tools/eraser.js";
import { Eyedropper } from "../../../static/board/tools/eyedropper.js";
import { FrameTool } from "../../../static/board/tools/frame.js";
import { Highlighter } from "../../../static/board/tools/highlighter.js";
import { registerTools } from "../../../static/board/tools/index.js";
import { Line } from "../../../static/board/tools/line.js";
import { NoteTool } from "../../../static/board/tools/note.js";
import { Select } from "../../../static/board/tools/select.js";
import { SHAPES, ShapeTool } from "../../../static/board/tools/shape.js";
import { TextTool } from "../../../static/board/tools/text.js";

/** @param {import("../../../static/board/editor.js").Editor} editor */
export function registerToolsNow(editor) {
  registerTools(editor);
  for (const Kind of [
    Select,
    Eraser,
    Eyedropper,
    Highlighter,
    Line,
    Arrow,
    TextTool,
    NoteTool,
    FrameTool,
  ])
    editor.register(new Kind(editor));
  for (const kind of SHAPES) editor.register(new ShapeTool(editor, kind));
}
