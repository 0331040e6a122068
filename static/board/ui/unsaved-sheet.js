// What could not be saved on the board: how many changes and why, to be kept as a file or forgotten.

import { t, tn } from "../core/translate.js";
import { changesFileName, fileOf, reasonsOf } from "../sync/offline/file.js";
import { make } from "./dom.js";
import { download } from "./download.js";
import { unsaved } from "./offline.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/** @typedef {NonNullable<Awaited<ReturnType<typeof unsaved>>>} Unsaved */

export async function openUnsaved() {
  const found = await unsaved();
  if (!found) return;
  await styles("sharing-styles");
  const content = make("div", { class: "order-form unsaved" });
  const any = found.unsaved.length + found.comments.length > 0;
  content.append(...(any ? about(found, content) : nothing()));
  await openSheet({ name: "unsaved", title: t("Changes that were not saved"), content });
}

function nothing() {
  return [make("p", { class: "muted" }, t("There are none any more."))];
}

/** @param {Unsaved} found @param {HTMLElement} content */
function about(found, content) {
  const { unsaved: changes, comments, saved, forget } = found;
  const save = make("button", { type: "button", class: "primary" }, t("Save as a file"));
  const drop = make("button", { type: "button", class: "text-button danger" }, t("Forget them"));
  save.addEventListener("click", () => {
    download(new Blob([fileOf(found)], { type: "application/json" }), changesFileName(found.title));
    void saved();
  });
  drop.addEventListener("click", async () => {
    await forget();
    content.replaceChildren(make("p", { role: "status" }, t("They are forgotten.")));
  });
  return [
    make("p", { class: "muted" }, t("They are kept on this device until you save or forget them.")),
    make(
      "ul",
      {},
      ...reasonsOf(changes).map(([code, count]) =>
        make("li", {}, `${countOf(count)} ${why(code)}`),
      ),
      comments.length > 0 && make("li", {}, commentsOf(comments.length)),
    ),
    make("div", { class: "order-buttons" }, drop, save),
  ];
}

/** @param {number} count */
function countOf(count) {
  return tn("{count} change:", "{count} changes:", count);
}

/** @param {number} count */
function commentsOf(count) {
  return tn("{count} comment that was not sent.", "{count} comments that were not sent.", count);
}

/** @param {string} code of a refusal or of a close */
export function why(code) {
  switch (code) {
    case "board_full":
      return t("the board is full.");
    case "frozen":
      return t("the board is frozen.");
    case "locked":
      return t("somebody has locked what they change.");
    case "not_yours":
      return t("on this board people change only what they drew.");
    case "not_allowed":
      return t("you may not draw on this board any more.");
    case "4401":
      return t("you are signed out. Sign in again and they will be sent.");
    case "4403":
    case "4404":
      return t("the board is not there any more, or not open to you.");
    default:
      return t("the server could not accept them.");
  }
}
