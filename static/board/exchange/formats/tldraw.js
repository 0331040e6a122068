import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const tldraw = {
  id: "tldraw",
  label: () => t("tldraw"),
  extensions: [".tldr"],
  media: "application/json",
};
