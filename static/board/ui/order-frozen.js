// The button by which an owner unfreezes the board; seen only while it is frozen.

import { Snowflake } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";

/** @param {import("./commands.js").Commands} commands @param {import("../sync/session.js").Session} session */
export function frozenButton(commands, session) {
  const words = make("span", {}, t("Unfreeze"));
  const button = make(
    "button",
    { type: "button", class: "frozen-button", hidden: true },
    icon(Snowflake),
    words,
  );
  button.addEventListener("click", () => commands.run("order.freeze"));
  const refresh = () => {
    button.hidden = !(session.board?.frozen && session.may?.has("order"));
  };
  session.subscribe(refresh);
  refresh();
  return button;
}
