// The sheet behind Share: the board's address, who may come in by it, links, members, and who is kept out.

import { QrCode } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { icon, make } from "./dom.js";
import { membersPart } from "./members.js";
import { openReport } from "./order-report.js";
import { restraintsPart } from "./order-restraints.js";
import { showLarge } from "./share-code.js";
import { copyRow } from "./share-copy.js";
import { linksPart, newLink } from "./share-links.js";
import { button, choice, labelled, replaceKeepingFocus } from "./share-parts.js";
import { ShareServer } from "./share-server.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("./share-server.js").Outcome} Outcome
 * @typedef {import("./share-server.js").Sharing} Sharing
 */

/**
 * What the parts of the sheet may do.
 * @typedef {object} Sheet
 * @property {ShareServer} server
 * @property {number} me
 * @property {HTMLElement | null} made shows the link that was made last: the server itself has it no more
 * @property {(path: string, fields?: Record<string, string | number | boolean>) => Promise<Outcome>} change sends it and shows what is then
 * @property {(made: HTMLElement) => Promise<void>} show a link just made
 */

/** People come and go one by one, a class all at once. */
const CALM_MS = 400;

/** @param {import("./share.js").Parts} parts */
export async function openShare({ session, config }) {
  await styles("sharing-styles");
  const server = new ShareServer(config);
  const said = make("p", { class: "share-said", role: "status" });
  const refresh = async () => {
    const sharing = await server.read();
    if (sharing) shelf.show(sheet, sharing, config);
    else said.textContent = t("Can't reach the server. Trying again.");
  };
  /** @type {Sheet} */
  const sheet = {
    server,
    me: config.person.id,
    made: null,
    change: async (path, fields) => {
      const outcome = await server.send(path, fields);
      said.textContent = outcome.ok ? "" : outcome.say;
      await refresh();
      return outcome;
    },
    show: async (made) => {
      sheet.made = made;
      await refresh();
      focusOn(made, "copy-link");
    },
  };
  const shelf = new Slots();
  const address = addressRow(sheet, location.origin + location.pathname);
  const content = make("div", { class: "share" }, address, ...shelf.all, said);
  const dialog = await openSheet({ name: "share-sheet", title: t("Share"), content });
  if (!dialog) return;
  focusOn(address, "copy-address");
  followBoard(session, dialog, refresh);
  await refresh();
}

/** What is shown anew whenever something changes stands beside what somebody may be typing in. */
class Slots {
  #above = slot();
  #form = slot();
  #below = slot();

  get all() {
    return [this.#above, this.#form, this.#below];
  }

  /** @param {Sheet} sheet @param {Sharing} sharing @param {import("./config.js").Config} config */
  show(sheet, sharing, config) {
    const { invites, members, restraints } = sharing;
    replaceKeepingFocus(this.#above, [
      audienceRow(sheet, sharing),
      ...(invites ? [linksPart(sheet, invites)] : []),
    ]);
    if (!invites) this.#form.replaceChildren();
    else if (!this.#form.hasChildNodes()) this.#form.append(newLink(sheet));
    replaceKeepingFocus(this.#below, [
      ...(members ? [membersPart(sheet, members)] : []),
      ...(restraints?.length ? [restraintsPart(sheet, restraints)] : []),
      waysOut(sheet, sharing, config),
    ]);
  }
}

function slot() {
  return make("div", { class: "share-slot" });
}

/** @param {HTMLElement} place @param {string} mark */
function focusOn(place, mark) {
  const found = place.querySelector(`[data-mark="${mark}"]`);
  if (found instanceof HTMLElement) found.focus();
}

/** @param {import("../sync/session.js").Session} session @param {HTMLDialogElement} dialog @param {() => void} refresh */
function followBoard(session, dialog, refresh) {
  let timer = 0;
  const stop = session.subscribe(({ type }) => {
    if (type !== "people" && type !== "board") return;
    clearTimeout(timer);
    timer = window.setTimeout(refresh, CALM_MS);
  });
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    stop();
  });
}

/** @param {Sheet} sheet @param {string} link */
function addressRow({ server }, link) {
  const code = make(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": t("QR code"),
      "data-tooltip": t("QR code"),
      "data-mark": "code-address",
    },
    icon(QrCode),
  );
  code.addEventListener("click", async () => {
    const squares = await server.code();
    if (squares) await showLarge(squares);
  });
  return copyRow({ link, label: t("Address of the board"), mark: "copy-address" }, code);
}

/** @param {Sheet} sheet @param {Sharing} sharing */
function audienceRow({ change }, { audience, members }) {
  const words = {
    nobody: t("may not see it"),
    view: t("may look"),
    draw: t("may draw"),
  };
  const label = t("Anyone with the address");
  if (!members) return make("p", { class: "muted share-audience" }, `${label}: ${words[audience]}`);
  const choices = Object.entries(words).map(([value, one]) => ({ value, label: one }));
  const select = choice({ label, value: audience, choices, mark: "audience" }, (value) =>
    change("audience/", { audience: value }),
  );
  return labelled(label, select);
}

/** @param {Sheet} sheet @param {Sharing} sharing @param {import("./config.js").Config} config */
function waysOut(sheet, { member, isOwner }, config) {
  const leave = async () => {
    const outcome = await sheet.server.send("leave/");
    if (outcome.ok) location.assign(config.home);
  };
  return make(
    "div",
    { class: "share-out" },
    button(t("Report this board…"), () => openReport(config), { mark: "report" }),
    member && !isOwner && button(t("Leave this board"), leave, { danger: true, mark: "leave" }),
  );
}
