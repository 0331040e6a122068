// The toolbar: tools, the current style one touch away, undo and redo, and on a phone the rest behind "More".

import { t } from "../core/translate.js";
import { commandButton } from "./command-button.js";
import { make } from "./dom.js";

/**
 * @param {{bar: HTMLElement, commands: import("./commands.js").Commands, editor: import("../editor.js").Editor,
 *   styleButton: HTMLElement, moreButton: HTMLElement}} parts
 */
export function buildToolbar({ bar, commands, editor, styleButton, moreButton }) {
  const tools = commands.inGroup("tools").map(commandButton);
  const edits = ["edit.undo", "edit.redo"].map((id) => commandButton(commands.get(id)));
  bar.setAttribute("aria-label", t("Tools"));
  bar.append(
    ...tools.map(({ button }) => button),
    make("span", { class: "divider" }),
    styleButton,
    make("span", { class: "divider" }),
    ...edits.map(({ button }) => button),
    moreButton,
  );
  const refresh = () => {
    for (const each of [...tools, ...edits]) each.refresh();
  };
  editor.subscribe(({ type }) => {
    if (type === "tool" || type === "history" || type === "rights") refresh();
  });
  refresh();
}
