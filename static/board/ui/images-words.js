// What is said of a picture on its way.

import { t } from "../core/translate.js";

/**
 * @typedef {import("../editor/bringing.js").Reason} Reason
 */

/** @param {Pick<import("../editor/bringing.js").Guest, "progress" | "kept">} guest */
export function progressWords({ progress, kept }) {
  if (progress.is === "waiting" && kept !== null && kept !== "kept") return notKeptWords(kept);
  switch (progress.is) {
    case "reading":
      return t("Opening…");
    case "waiting":
      return progress.offline ? t("Waits for the connection.") : t("Waits for its turn.");
    case "sending":
      return t("{part} % sent", { part: Math.round(progress.part * 100) });
    case "stuck":
      return reasonWords(progress.why);
    default:
      return "";
  }
}

/** @param {import("../editor/bringing.js").Keeping} kept */
export function notKeptWords(kept) {
  return kept === "full"
    ? t("Too much waits on this device already. Keep this page open until it is sent.")
    : t("It can't be kept on this device. Keep this page open until it is sent.");
}

/** @param {Reason} why */
export function reasonWords(why) {
  switch (why) {
    case "too_big":
      return t("This file is too large for the server.");
    case "unknown_type":
      return t("This isn't a picture that can be shown here. PNG, JPEG, WebP, GIF and SVG can.");
    case "broken":
      return t("This file is damaged and can't be opened.");
    case "too_many_pixels":
      return t("This picture has too many pixels. Make it smaller and try again.");
    case "quota_board":
      return t("This board has no room for more pictures.");
    case "quota_person":
      return t("You have used all of your room for pictures.");
    case "quota_site":
      return t("The server has no room for more pictures. Please tell whoever runs it.");
    case "too_fast":
      return t("Too many pictures at once. Wait a little and try again.");
    case "not_allowed":
      return t("You may not add pictures to this board.");
    default:
      return t("It couldn't be sent.");
  }
}
