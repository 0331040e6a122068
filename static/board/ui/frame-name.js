// A frame's name is written where it stands: Enter or leaving keeps it, Escape takes it back.

import { t } from "../core/translate.js";
import { boxOf, nameOf } from "../elements/frame.js";
import { isComposing } from "../view/keyboard.js";
import { make } from "./dom.js";
import { styles } from "./stylesheet.js";

const NAME_MAX = 200;

/** @param {import("../editor.js").Editor} editor @param {string} key */
export async function writeFrameName(editor, key) {
  await styles("page-styles");
  const element = editor.document.get(key);
  if (element?.kind !== "frame" || editor.readOnly || !editor.mayChange(key)) return;
  const input = make("input", {
    class: "frame-name",
    "aria-label": t("Name of the frame"),
    maxlength: String(NAME_MAX),
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
  });
  input.value = nameOf(element);
  const place = () => {
    const now = editor.document.get(key);
    if (!now) return;
    const { minX, minY } = boxOf(now);
    const { x, y } = editor.camera.toScreen({ x: minX, y: minY });
    const left = Math.max(8, Math.min(editor.camera.width - 168, x));
    input.style.setProperty("translate", `${Math.round(left)}px ${Math.round(Math.max(40, y))}px`);
  };
  const stop = editor.camera.subscribe(place);
  let open = true;
  const close = (/** @type {boolean} */ keep) => {
    if (!open) return;
    open = false;
    stop();
    input.remove();
    const name = input.value.trim();
    if (keep) editor.setOf([key], "rename", () => ({ name: name || null }));
  };
  input.addEventListener("blur", () => close(true));
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") close(event.key === "Enter");
  });
  document.body.append(input);
  place();
  input.focus();
  input.select();
}
