// The way to the outline: its command, and the names of those who drew. The panel comes when it is opened.

import { ListTree } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { styles } from "./stylesheet.js";

/** @param {{editor: import("../editor.js").Editor, session: import("../sync/session.js").Session, commands: import("./commands.js").Commands, canvas: HTMLElement}} parts */
export function buildOutline({ editor, session, commands, canvas }) {
  const names = namesSeen(session);
  /** @type {import("./outline-panel.js").OutlinePanel | null} */
  let panel = null;
  const open = async () => {
    const [{ OutlinePanel }] = await Promise.all([
      import("./outline-panel.js"),
      styles("outline-styles"),
      styles("panel-styles"),
    ]);
    panel ??= new OutlinePanel({
      editor,
      authorOf: ({ author }) => names.get(Number(author)) ?? "",
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

/** Of everybody who has been here meanwhile. @param {import("../sync/session.js").Session} session */
function namesSeen(session) {
  /** @type {Map<number, string>} */
  const names = new Map();
  const learn = () => {
    const { people, you } = session;
    for (const { person, name } of people.values()) names.set(person, name);
    if (you) names.set(you.person, t("you"));
  };
  session.subscribe(({ type }) => (type === "people" || type === "state") && learn());
  learn();
  return names;
}
