import { t, tn } from "../core/translate.js";

/** The saved mark in words. @param {"saved" | "saving" | "waiting"} saved @param {number} waiting */
export function savedWords(saved, waiting) {
  if (saved === "saved") return t("Saved");
  if (saved === "saving") return t("Saving…");
  return tn("{count} change waiting", "{count} changes waiting", waiting);
}
