// The list of what others have done, read out as it grows and never seen.

import { t } from "../core/translate.js";
import { make } from "./dom.js";

/** Of earlier ones some stay, for whoever goes back to read them. */
const KEPT = 20;

/** @returns {(words: string) => void} */
export function liveLog() {
  const log = make("div", {
    class: "unseen",
    role: "log",
    "aria-live": "polite",
    "aria-label": t("What others do"),
  });
  document.body.append(log);
  return (words) => {
    log.append(make("p", {}, words));
    while (log.childElementCount > KEPT) log.firstElementChild?.remove();
  };
}
