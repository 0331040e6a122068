// Giving the pen to somebody: until it is taken back, or for some minutes.

import { t } from "../core/translate.js";
import { ask } from "./order-sheet.js";
import { choice, labelled } from "./share-parts.js";

/** @param {import("./share-server.js").ShareServer} server @param {{person: number, name: string}} someone */
export async function openGivePen(server, { person, name }) {
  const minutes = choice({
    label: t("For how long"),
    value: "",
    choices: [
      { value: "", label: t("Until I take it back") },
      { value: "2", label: t("2 minutes") },
      { value: "5", label: t("5 minutes") },
      { value: "15", label: t("15 minutes") },
      { value: "60", label: t("1 hour") },
    ],
  });
  await ask({
    title: t("Give {name} the pen?", { name }),
    words: t("Whoever has the pen draws, also while the board is frozen."),
    fields: [labelled(t("For how long"), minutes)],
    doIt: t("Give the pen"),
    run: async () => {
      const fields = { people: String(person), minutes: minutes.value };
      const outcome = await server.send("pen/", fields);
      return outcome.ok ? null : outcome.say;
    },
  });
}
