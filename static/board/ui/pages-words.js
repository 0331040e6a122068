// What a page is called: by its name, or by its number.

import { t } from "../core/translate.js";

/** @param {{name: string, number: number}} page */
export function pageWords({ name, number }) {
  return name || t("Page {number}", { number });
}
