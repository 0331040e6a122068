// Keeping somebody out: for how long, and whether also by where they come from.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { ask } from "./order-sheet.js";
import { choice, labelled } from "./share-parts.js";

/** @param {import("./share-server.js").ShareServer} server @param {{person: number, name: string}} someone */
export async function openBan(server, { person, name }) {
  const minutes = choice({
    label: t("For how long"),
    value: "60",
    choices: [
      { value: "60", label: t("1 hour") },
      { value: "1440", label: t("1 day") },
      { value: "10080", label: t("1 week") },
      { value: "", label: t("For good") },
    ],
  });
  const address = make("input", { type: "checkbox" });
  const reason = make("input", { class: "share-field", maxlength: "200", autocomplete: "off" });
  await ask({
    title: t("Ban {name}?", { name }),
    words: t("They leave the board at once and can't come back. What they drew stays."),
    fields: [
      labelled(t("For how long"), minutes),
      make(
        "label",
        { class: "order-check" },
        address,
        make(
          "span",
          {},
          t("Also everybody from the same address: in a school that may be the whole class"),
        ),
      ),
      labelled(t("Reason, for yourself"), reason),
    ],
    doIt: t("Ban"),
    danger: true,
    run: async () => {
      const outcome = await server.send(`people/${person}/ban/`, {
        minutes: minutes.value,
        address: address.checked,
        reason: reason.value,
      });
      return outcome.ok ? null : outcome.say;
    },
  });
}
