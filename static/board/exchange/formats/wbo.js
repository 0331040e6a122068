import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const wbo = {
  id: "wbo",
  label: () => t("WBO"),
  extensions: [".svg"],
  media: "image/svg+xml",
};
