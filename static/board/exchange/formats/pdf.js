import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const pdf = {
  id: "pdf",
  label: () => t("PDF"),
  extensions: [".pdf"],
  media: "application/pdf",
  write: async (wanted) => (await import("../pdf-making.js")).writePdf(wanted),
};
