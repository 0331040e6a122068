// Members in the sheet behind Share: what they are, made something else, and removed.

import { t } from "../core/translate.js";
import { make } from "./dom.js";
import { ROLES, roleName } from "./role-names.js";
import { button, choice, face, nameOf, section } from "./share-parts.js";

/**
 * @typedef {import("./share-server.js").Member} Member
 * @typedef {import("./share-dialog.js").Sheet} Sheet
 */

/** @param {Sheet} sheet @param {readonly Member[]} members */
export function membersPart(sheet, members) {
  return section(
    t("Members"),
    make("ul", { class: "share-list" }, ...members.map((member) => row(sheet, member))),
    members.length > 1 &&
      make(
        "p",
        { class: "muted" },
        t("A link that somebody still has lets them in again: revoke it, or ban them."),
      ),
  );
}

/** @param {Sheet} sheet @param {Member} member */
function row(sheet, member) {
  const { person, name, role, link, stays } = member;
  const isMe = person === sheet.me;
  const path = `people/${person}/`;
  return make(
    "li",
    {},
    face(member),
    make(
      "span",
      { class: "share-words" },
      nameOf(name),
      (isMe || link) && make("span", { class: "muted" }, isMe ? t("you") : link),
    ),
    ...(stays
      ? [make("span", { class: "muted" }, roleName(role))]
      : [
          choice(
            {
              label: t("Role of {name}", { name }),
              value: role,
              choices: ROLES.map((value) => ({ value, label: roleName(value) })),
              mark: `role-${person}`,
            },
            (value) => sheet.change(`${path}role/`, { role: value }),
          ),
          button(t("Remove"), () => sheet.change(`${path}remove/`), {
            danger: true,
            mark: `remove-${person}`,
            name: t("Remove {name}", { name }),
          }),
        ]),
  );
}
