// After pictures have been added: a quiet question below them, whether one wants to say what they show.

import { t } from "../core/translate.js";
import { make } from "./dom.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** Between the selection's handles and the question, in pixels. */
const BELOW = 28;
const EDGE = 140;

/** It goes with the selection. @param {{editor: Editor, canvas: HTMLElement, commands: import("./commands.js").Commands}} parts */
export function askForWords({ editor, canvas, commands }) {
  const command = commands.those(["image.describe"]).find(({ enabled }) => enabled());
  document.querySelector(".image-ask")?.remove();
  if (!command) return;
  const question = make(
    "button",
    { type: "button", class: "image-ask bar" },
    editor.selection.size > 1 ? t("Describe these pictures") : t("Describe this picture"),
  );
  const until = [
    editor.camera.subscribe(() => place(question, editor)),
    editor.subscribe(({ type }) => {
      if (type === "selection" || type === "tool" || type === "rights") end();
      else if (type === "document") place(question, editor);
      else if (type === "busy") question.hidden = editor.busy;
    }),
  ];
  const end = () => {
    for (const stop of until) stop();
    question.remove();
  };
  question.addEventListener("click", () => {
    end();
    command.run();
  });
  canvas.after(question);
  place(question, editor);
}

/** @param {HTMLElement} question @param {Editor} editor */
function place(question, editor) {
  const bounds = editor.boundsOf(editor.selection);
  if (!bounds) return;
  const { camera } = editor;
  const { x, y } = camera.toScreen({ x: (bounds.minX + bounds.maxX) / 2, y: bounds.maxY });
  question.style.setProperty("--x", `${Math.round(x)}px`);
  question.style.setProperty("--y", `${Math.round(Math.min(y + BELOW, camera.height - EDGE))}px`);
}
