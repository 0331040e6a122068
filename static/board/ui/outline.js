// The way to the outline: its command. The panel comes when it is opened, with the names of those who drew.

import { ListTree } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { styles } from "./stylesheet.js";

/** @param {{editor: import("../editor.js").Editor, session: import("../sync/session.js").Session, config: import("./config.js").Config, commands: import("./commands.js").Commands, canvas: HTMLElement}} parts */
export function buildOutline({ editor, session, config, commands, canvas }) {
  /** @type {import("./outline-panel.js").OutlinePanel | null} */
  let panel = null;
  const open = async () => {
    const [{ OutlinePanel }, { OutlineNames }] = await Promise.all([
      import("./outline-panel.js"),
      import("./outline-names.js"),
      styles("outline-styles"),
      styles("panel-styles"),
    ]);
    panel ??= new OutlinePanel({
      editor,
      names: new OutlineNames(session, config.document.replace(/document$/, "authors")),
      closed: () => canvas.focus({ preventScroll: true }),
    });
    if (!panel.isOpen) panel.open();
  };
  commands.add({
    id: "board.outline",
    group: "board",
    label: () => t("Outline"),
    icon: ListTree,
    shortcuts: ["Shift+O"],
    run: () => (panel?.isOpen ? panel.close() : open()),
    enabled: () => true,
    pressed: () => panel?.isOpen ?? false,
  });
}
