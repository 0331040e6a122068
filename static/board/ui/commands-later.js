// The commands that come once the board is there: those for what is selected or written.

import { Eyedropper } from "../tools/eyedropper.js";
import { arrangeCommands } from "./commands-arrange.js";
import { handingOnCommands } from "./commands-board.js";
import { clipboardCommands } from "./commands-clipboard.js";
import { addFrames } from "./commands-frames.js";
import { lineCommands } from "./commands-lines.js";
import { placeCommands } from "./commands-places.js";
import { textCommands } from "./commands-text.js";

/**
 * What these commands may ask of the page around the board.
 * @typedef {object} Page
 * @property {() => void} contextMenu
 * @property {() => void} copyLink
 * @property {string} assets address below which the board's pictures are
 * @property {() => void} openExport
 * @property {() => void} print
 */

/** @param {import("./commands.js").Commands} commands @param {import("../editor.js").Editor} editor @param {Page} page */
export function addLaterCommands(commands, editor, page) {
  editor.register(new Eyedropper(editor));
  addFrames(editor, commands);
  for (const command of [
    ...clipboardCommands(editor, page.assets),
    ...textCommands(editor),
    ...lineCommands(editor),
    ...arrangeCommands(editor),
    ...placeCommands(editor),
    ...handingOnCommands(page),
  ]) {
    commands.add(command);
  }
}
