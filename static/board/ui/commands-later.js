// The commands that come once the board is there: those for what is selected or written.

import { Eyedropper } from "../tools/eyedropper.js";
import { arrangeCommands } from "./commands-arrange.js";
import { clipboardCommands } from "./commands-clipboard.js";
import { lineCommands } from "./commands-lines.js";
import { textCommands } from "./commands-text.js";

/** @param {import("./commands.js").Commands} commands @param {import("../editor.js").Editor} editor */
export function addLaterCommands(commands, editor) {
  editor.register(new Eyedropper(editor));
  for (const command of [
    ...clipboardCommands(editor),
    ...textCommands(editor),
    ...lineCommands(editor),
    ...arrangeCommands(editor),
  ]) {
    commands.add(command);
  }
}
