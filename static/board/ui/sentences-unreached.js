// What is said where nothing comes from the server: these words alone of all sentences come with the page. Pure.

import { t, tn } from "../core/translate.js";

export function connecting() {
  return t("Connecting…");
}

export function offline() {
  return t("You are offline.");
}

export function unreached() {
  return t("Can't reach the server. Trying again.");
}

/** @param {number} waiting */
export function whatIsOnlyHere(waiting) {
  return tn(
    "Keep this page open: your change can't be kept on this device.",
    "Keep this page open: your {count} changes can't be kept on this device.",
    waiting,
  );
}

/** @param {number} waiting */
export function whatIsSafe(waiting) {
  if (waiting === 0) return t("What you draw now is kept here and will be sent.");
  return tn(
    "Your {count} change is kept here and will be sent.",
    "Your {count} changes are kept here and will be sent.",
    waiting,
  );
}
