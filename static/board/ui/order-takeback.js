// Undoing everything that somebody did since a moment, and that again.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { noticeIsOwn } from "./order-notices.js";
import { ask } from "./order-sheet.js";
import { choice, labelled } from "./share-parts.js";

/** @typedef {import("./share-server.js").ShareServer} ShareServer */

const UNDO_FOR_MS = 30_000;

/** Since midnight, where the clock on the wall stands now. Pure. @param {Date} now */
export function minutesToday(now) {
  return Math.max(1, now.getHours() * 60 + now.getMinutes() + 1);
}

/** @param {ShareServer} server @param {{person: number, name: string}} someone */
export async function openTakeBack(server, { person, name }) {
  const since = choice({
    label: t("Since when"),
    value: "60",
    choices: [
      { value: "5", label: t("In the last 5 minutes") },
      { value: "60", label: t("In the last hour") },
      { value: "today", label: t("Today") },
      { value: "", label: t("Ever") },
    ],
  });
  await ask({
    title: t("Undo everything {name} did?", { name }),
    words: t("What others drew and changed stays. You can take this back."),
    fields: [labelled(t("Since when"), since)],
    doIt: t("Undo it"),
    danger: true,
    run: async () => {
      const minutes = since.value === "today" ? minutesToday(new Date()) : since.value;
      noticeIsOwn();
      const outcome = await server.send(`people/${person}/take-back/`, { minutes });
      if (!outcome.ok) return outcome.say;
      if (outcome.answer.entry === null) return t("There is nothing of it left to undo.");
      offerToUndo(server, outcome.answer.entry, name);
      return null;
    },
  });
}

/** @param {ShareServer} server @param {number} entry @param {string} name */
function offerToUndo(server, entry, name) {
  const undo = make("button", { type: "button", class: "text-button" }, t("Take it back"));
  const line = make(
    "p",
    { class: "status order-undo", role: "status" },
    make("span", {}, t("Everything {name} did is undone.", { name })),
    undo,
  );
  const timer = window.setTimeout(() => line.remove(), UNDO_FOR_MS);
  undo.addEventListener("click", async () => {
    const outcome = await server.send(`taken-back/${entry}/undo/`);
    clearTimeout(timer);
    line.remove();
    if (!outcome.ok) (await import("./say.js")).say(outcome.say);
  });
  document.querySelector(".top")?.append(line);
}
