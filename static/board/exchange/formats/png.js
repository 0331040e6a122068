import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const png = {
  id: "png",
  label: () => t("PNG"),
  extensions: [".png"],
  media: "image/png",
  write: async (wanted) => (await import("../png-writing.js")).writePng(wanted),
};
