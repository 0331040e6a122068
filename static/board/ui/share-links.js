// Invite links in the sheet behind Share: those there are, a new one, and the one just made.

import { t, tn } from "../core/translate.js";
import { make } from "./dom.js";
import { LINK_ROLES, roleName, roleWords } from "./role-names.js";
import { codePicture, showLarge } from "./share-code.js";
import { copyRow } from "./share-copy.js";
import { button, choice, labelled, section, untilWords } from "./share-parts.js";

/**
 * @typedef {import("./share-server.js").Code} Code
 * @typedef {import("./share-server.js").Invite} Invite
 * @typedef {import("./share-dialog.js").Sheet} Sheet
 */

/** @param {Sheet} sheet @param {readonly Invite[]} invites */
export function linksPart(sheet, invites) {
  return section(
    t("Invite links"),
    make(
      "p",
      { class: "muted" },
      t("Whoever follows one becomes a member with its role, whatever the address alone allows."),
      " ",
      t("Revoking it ends that."),
    ),
    sheet.made,
    make("ul", { class: "share-list" }, ...invites.map((invite) => row(sheet, invite))),
  );
}

/** @param {Code} code */
function justMade(code) {
  const large = button(t("As large as the screen"), () => showLarge(code), { mark: "large-link" });
  return make(
    "div",
    { class: "share-made" },
    codePicture(code),
    make(
      "div",
      { class: "share-made-words" },
      make("p", {}, t("Copy it now: it is not shown again.")),
      copyRow({ link: code.link, label: t("Invite link"), mark: "copy-link" }),
      large,
    ),
  );
}

/** @param {Sheet} sheet @param {Invite} invite */
function row(sheet, invite) {
  const name = invite.label || roleName(invite.role);
  const path = `links/${invite.id}/`;
  const replace = async () => made(sheet, await sheet.change(`${path}replace/`));
  return make(
    "li",
    {},
    make(
      "span",
      { class: "share-words" },
      make("bdi", { class: "share-name", title: name }, name),
      make("span", { class: "muted" }, factsOf(invite)),
    ),
    button(t("New link"), replace, {
      mark: `replace-${invite.id}`,
      name: t("New link instead of {name}", { name }),
    }),
    button(t("Revoke"), () => sheet.change(`${path}revoke/`), {
      danger: true,
      mark: `revoke-${invite.id}`,
      name: t("Revoke {name}", { name }),
    }),
  );
}

/** What there is to know of a link, in one line. @param {Invite} invite */
export function factsOf({ role, label, expires, uses, most, state }) {
  const facts = label ? [roleName(role)] : [];
  facts.push(
    most === null
      ? tn("{count} use", "{count} uses", uses)
      : t("{uses} of {most} uses", { uses, most }),
  );
  if (state === "expired") facts.push(t("expired"));
  else if (expires !== null) facts.push(untilWords(expires, ""));
  return facts.join(" · ");
}

/** @param {Sheet} sheet @param {import("./share-server.js").Outcome} outcome */
async function made(sheet, outcome) {
  if (outcome.ok) await sheet.show(justMade(outcome.answer));
}

/** @param {Sheet} sheet */
export function newLink(sheet) {
  const words = make("p", { class: "muted share-role-words" }, roleWords("editor"));
  const role = choice(
    {
      label: t("Role"),
      value: "editor",
      choices: LINK_ROLES.map((value) => ({ value, label: roleName(value) })),
      mark: "link-role",
    },
    (value) => {
      words.textContent = roleWords(/** @type {import("../protocol").Role} */ (value));
    },
  );
  const lasts = choice({
    label: t("Good for"),
    value: "week",
    choices: [
      { value: "hour", label: t("1 hour") },
      { value: "day", label: t("1 day") },
      { value: "week", label: t("1 week") },
      { value: "ever", label: t("Always") },
    ],
    mark: "link-lasts",
  });
  const uses = make("input", {
    class: "share-field",
    type: "number",
    min: "1",
    max: "100000",
    inputmode: "numeric",
    placeholder: t("Any number"),
    "data-mark": "link-uses",
  });
  const label = make("input", {
    class: "share-field",
    maxlength: "60",
    autocomplete: "off",
    placeholder: t("Class 5b"),
    "data-mark": "link-label",
  });
  const form = make(
    "form",
    { class: "share-new" },
    labelled(t("Role"), role),
    labelled(t("Good for"), lasts),
    labelled(t("People at most"), uses),
    labelled(t("Name, for yourself"), label),
    words,
    make("button", { class: "primary", "data-mark": "make-link" }, t("Make a link")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = { role: role.value, lasts: lasts.value, uses: uses.value, label: label.value };
    await made(sheet, await sheet.change("links/", asked));
  });
  return form;
}
