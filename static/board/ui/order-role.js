// Making somebody on the board a member with a role.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { ask } from "./order-sheet.js";
import { ROLES, roleName, roleWords } from "./role-names.js";
import { choice, labelled } from "./share-parts.js";

/** @param {import("./share-server.js").ShareServer} server @param {{person: number, name: string}} someone */
export async function openRole(server, { person, name }) {
  const sharing = await server.read();
  const now = sharing?.members?.find((member) => member.person === person)?.role ?? "editor";
  const words = make("p", { class: "muted" }, roleWords(now));
  const role = choice(
    {
      label: t("Role"),
      value: now,
      choices: ROLES.map((value) => ({ value, label: roleName(value) })),
    },
    (value) => {
      words.textContent = roleWords(/** @type {import("../protocol").Role} */ (value));
    },
  );
  await ask({
    title: t("Role of {name}", { name }),
    words: t("It makes them a member. What anyone with the address may do, they may as well."),
    fields: [labelled(t("Role"), role), words],
    doIt: t("Save"),
    run: async () => {
      const outcome = await server.send(`people/${person}/role/`, { role: role.value });
      return outcome.ok ? null : outcome.say;
    },
  });
}
