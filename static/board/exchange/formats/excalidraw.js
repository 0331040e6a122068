import { t } from "../../core/translate.js";

/** @type {import("../format.js").Format} */
export const excalidraw = {
  id: "excalidraw",
  label: () => t("Excalidraw"),
  extensions: [".excalidraw"],
  media: "application/json",
};
