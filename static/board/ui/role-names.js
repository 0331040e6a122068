// What roles are called, and what each may do.

import { t } from "../core/translate.js";

/** @typedef {import("../protocol").Role} Role */

/** @type {Record<Role, () => string>} */
const NAMES = {
  owner: () => t("Owner"),
  editor: () => t("Editor"),
  commenter: () => t("Commenter"),
  laser: () => t("Laser only"),
  viewer: () => t("Viewer"),
};

/** @type {Record<Role, () => string>} */
const WORDS = {
  owner: () => t("Does everything, and decides who else may"),
  editor: () => t("Draws and comments"),
  commenter: () => t("Comments, and points with the laser"),
  laser: () => t("Points with the laser"),
  viewer: () => t("Only looks"),
};

/** The one with most rights first. */
export const ROLES = /** @type {Role[]} */ (Object.keys(NAMES));
/** What a link may give. */
export const LINK_ROLES = ROLES.filter((role) => role !== "owner");

/** @param {Role} role */
export function roleName(role) {
  return NAMES[role]();
}

/** @param {Role} role */
export function roleWords(role) {
  return WORDS[role]();
}
