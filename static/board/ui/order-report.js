// Telling the staff that they should look at a board.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { ask } from "./order-sheet.js";
import { labelled } from "./share-parts.js";
import { ShareServer } from "./share-server.js";

/** @param {{report: string, csrf: string}} config */
export async function openReport(config) {
  const text = make("textarea", { class: "share-field", maxlength: "1000", rows: "4" });
  const server = new ShareServer({ sharing: config.report, csrf: config.csrf });
  await ask({
    title: t("Report this board"),
    words: t("Those who run this server look at it. Nobody on the board is told."),
    fields: [labelled(t("What is wrong?"), text)],
    doIt: t("Report"),
    run: async () => {
      const outcome = await server.send("", { text: text.value });
      if (!outcome.ok) return outcome.say;
      (await import("./say.js")).say(t("Thank you. It has been reported."));
      return null;
    },
  });
}
