import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const svg = {
  id: "svg",
  label: () => t("SVG"),
  extensions: [".svg"],
  media: "image/svg+xml",
  write: async (wanted) => (await import("../svg-making.js")).writeSvg(wanted),
};
