// Every tool there is, in the order of the toolbar. A new tool is a new file and a line here.

import { Eraser } from "./eraser.js";
import { Hand } from "./hand.js";
import { laterTool } from "./later.js";
import { Pen } from "./pen.js";

/** @param {import("../editor.js").Editor} editor */
export function registerTools(editor) {
  editor.register(
    laterTool({ name: "select", cursor: "default", changes: false }, async () => {
      const { Select } = await import("./select.js");
      return new Select(editor);
    }),
  );
  for (const Kind of [Hand, Pen, Eraser]) editor.register(new Kind(editor));
}
