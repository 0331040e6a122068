// Zooming as commands. Finding the way back, and what is shown beside the board: commands-places.js.

import { Maximize, Minus, Plus } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

const ZOOM_STEP = 1.25;

/** @param {Editor} editor @returns {Command[]} */
export function viewCommands(editor) {
  return [
    {
      id: "view.zoom-out",
      group: "view",
      label: () => t("Zoom out"),
      icon: Minus,
      shortcuts: ["-"],
      aliases: ["Mod+-"],
      run: () => editor.zoomBy(1 / ZOOM_STEP),
      enabled: () => true,
    },
    {
      id: "view.zoom-in",
      group: "view",
      label: () => t("Zoom in"),
      icon: Plus,
      shortcuts: ["+"],
      aliases: ["=", "Mod++", "Mod+="],
      run: () => editor.zoomBy(ZOOM_STEP),
      enabled: () => true,
    },
    {
      id: "view.full-size",
      group: "view",
      label: () => t("Zoom to 100%"),
      shortcuts: ["Shift+0"],
      aliases: ["Mod+0"],
      run: () => editor.zoomBy(1 / editor.camera.zoom),
      enabled: () => true,
    },
    {
      id: "view.fit",
      group: "view",
      label: () => t("Zoom to fit"),
      icon: Maximize,
      shortcuts: ["Shift+1"],
      run: () => editor.zoomToFit(),
      enabled: () => true,
    },
  ];
}
