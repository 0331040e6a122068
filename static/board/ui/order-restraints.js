// Who is kept out of the board or silenced, in the sheet behind Share.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { button, nameOf, section, untilWords } from "./share-parts.js";

/** @param {import("./share-dialog.js").Sheet} sheet @param {readonly import("./share-server.js").Restraint[]} restraints */
export function restraintsPart(sheet, restraints) {
  return section(
    t("Kept out or silenced"),
    make("ul", { class: "share-list" }, ...restraints.map((one) => row(sheet, one))),
  );
}

/** @param {import("./share-dialog.js").Sheet} sheet @param {import("./share-server.js").Restraint} restraint */
function row(sheet, { id, kind, name, address, reason, until }) {
  const facts = [
    kind === "mute" ? t("Muted") : t("Banned"),
    address && t("with their address"),
    untilWords(until, t("For good")),
    reason,
  ];
  const lift = kind === "mute" ? t("Unmute") : t("Let in again");
  return make(
    "li",
    {},
    make(
      "span",
      { class: "share-words" },
      nameOf(name || t("Somebody")),
      make("span", { class: "muted" }, facts.filter(Boolean).join(" · ")),
    ),
    button(lift, () => sheet.change(`restraints/${id}/lift/`), {
      mark: `lift-${id}`,
      name: `${lift}: ${name || t("Somebody")}`,
    }),
  );
}
