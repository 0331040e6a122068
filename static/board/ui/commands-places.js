// Going to what is on the board, and what is shown beside it, as commands.

import { Focus, Grid3x3, LocateFixed, Magnet, Map as MapPicture } from "../../npm/lucide.js";
import { t } from "../core/translate.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

/** Room for the bars, and a little air. */
const PADDING = { top: 96, bottom: 148, side: 64 };

/** @param {Editor} editor @returns {Command[]} */
export function placeCommands(editor) {
  return [...places(editor), ...switches(editor)];
}

/** @param {Editor} editor @returns {Command[]} */
function places(editor) {
  return [
    {
      id: "view.selection",
      group: "view",
      label: () => t("Zoom to selection"),
      icon: Focus,
      shortcuts: ["Shift+2"],
      run: () => lookAt(editor, editor.boundsOf(editor.selection)),
      enabled: () => editor.selection.size > 0,
    },
    {
      id: "view.content",
      group: "view",
      label: () => t("Back to the content"),
      icon: LocateFixed,
      shortcuts: ["Shift+3"],
      run: async () => {
        const { nearestTo } = await import("./nearest.js");
        lookAt(editor, nearestTo(editor.spatial, editor.camera.viewBounds()));
      },
      enabled: () => editor.spatial.size > 0,
    },
  ];
}

/** @param {Editor} editor @param {import("../core/geometry.js").Bounds | null} bounds */
function lookAt(editor, bounds) {
  if (bounds) editor.camera.fit(bounds, PADDING);
}

/** @param {Editor} editor @returns {Command[]} */
function switches(editor) {
  return [
    {
      id: "view.minimap",
      group: "view",
      label: () => t("Minimap"),
      icon: MapPicture,
      shortcuts: [],
      run: () => editor.set({ minimap: !editor.settings.minimap }),
      enabled: () => true,
      pressed: () => editor.settings.minimap,
    },
    {
      id: "view.snap-to-grid",
      group: "view",
      label: () => t("Snap to grid"),
      icon: Grid3x3,
      shortcuts: ["Mod+'"],
      run: () => editor.set({ snapToGrid: !editor.settings.snapToGrid }),
      enabled: () => true,
      pressed: () => editor.settings.snapToGrid,
    },
    {
      id: "view.snap-to-objects",
      group: "view",
      label: () => t("Snap to objects"),
      icon: Magnet,
      shortcuts: ["Alt+S"],
      run: () => editor.set({ snapToObjects: !editor.settings.snapToObjects }),
      enabled: () => true,
      pressed: () => editor.settings.snapToObjects,
    },
  ];
}
