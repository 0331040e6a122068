// Commands for pictures that are selected.

import { Crop } from "../../npm/lucide.js";
import { t, tn } from "../core/translate.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 */

/** @param {import("./images.js").Parts} parts @returns {Command[]} */
export function imageCommands(parts) {
  const { editor, config, canvas } = parts;
  /** The one that is selected, and can be changed. */
  const one = () => {
    const [key, ...others] = picturesIn(editor);
    return key && others.length === 0 && editor.selection.size === 1 ? key : null;
  };
  const changeable = () => (mayChange(editor, one()) ? one() : null);
  /** @param {string} id @param {() => string} label @param {(key: string) => unknown} run @param {() => string | null} which @returns {Command} */
  const command = (id, label, run, which) => ({
    id: `image.${id}`,
    group: "edit",
    label,
    shortcuts: [],
    run: () => {
      const key = which();
      if (key) run(key);
    },
    enabled: () => which() !== null,
  });
  return [
    {
      ...command(
        "crop",
        () => t("Crop"),
        async (key) => (await import("./crop.js")).cropPicture(editor, key, canvas),
        changeable,
      ),
      icon: Crop,
      shortcuts: ["Enter"],
      shared: true,
    },
    {
      id: "image.describe",
      group: "edit",
      label: () =>
        tn("Describe picture", "Describe pictures", Math.max(1, picturesIn(editor).length)),
      shortcuts: [],
      run: async () => (await import("./images-alt.js")).describePictures(editor),
      enabled: () => picturesIn(editor).some((key) => mayChange(editor, key)),
    },
    command(
      "replace",
      () => t("Replace picture"),
      async (key) => (await import("./images-one.js")).replacePicture(parts, key),
      changeable,
    ),
    command(
      "reset",
      () => t("Original size"),
      async (key) => (await import("./images-one.js")).resetSize(editor, config.assets, key),
      changeable,
    ),
    command(
      "save",
      () => t("Save picture"),
      async (key) => (await import("./images-one.js")).savePictureOf(editor, config.assets, key),
      one,
    ),
  ];
}

/** Keys of the selected ones. @param {Editor} editor */
export function picturesIn({ document: board, selection }) {
  return [...selection].filter((key) => board.get(key)?.kind === "image");
}

/** @param {Editor} editor @param {string | null} key */
function mayChange(editor, key) {
  if (key === null || editor.readOnly || !editor.mayChange(key)) return false;
  return editor.document.get(key)?.locked !== true;
}
