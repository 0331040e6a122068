// What keys have done, told to those who don't see it: what is selected, where it is now, where the hand is.

import { t, tn } from "../core/translate.js";
import { thingsInOrder } from "../editor/selecting-next.js";
import { coordinates, groupWords, sizeWords, spoken } from "../elements/spoken.js";
import { make } from "./dom.js";

/** @typedef {import("../editor.js").Editor} Editor */

/** Of many keys in a row the last counts. */
const REST_MS = 250;

/** A line that is read out, and never seen. @returns {(words: string) => void} */
export function liveLine() {
  const line = make("p", { class: "unseen", role: "status", "aria-live": "polite" });
  document.body.append(line);
  let timer = 0;
  return (words) => {
    clearTimeout(timer);
    line.textContent = "";
    timer = window.setTimeout(() => {
      line.textContent = words;
    }, REST_MS);
  };
}

/** The selection as a sentence: what it is, and which of how many. @param {Editor} editor */
export function selectionWords(editor) {
  const { document, selection } = editor;
  const [first] = selection;
  if (first === undefined) return t("Nothing selected");
  const things = thingsInOrder(editor);
  const index = things.findIndex(({ keys }) => keys.includes(first));
  const whole = things[index]?.keys.length === selection.size;
  const element = document.get(first);
  if (selection.size > 1 && !whole)
    return tn("{count} element selected", "{count} elements selected", selection.size);
  const what = selection.size > 1 ? groupWords(selection.size) : element ? spoken(element) : "";
  if (index < 0) return t("{what}, selected", { what });
  return t("{what}, selected, {index} of {count}", {
    what,
    index: index + 1,
    count: things.length,
  });
}

/** Where the selection has come to, how large it is now, or how it stands. @param {Placing} before @param {Placing} now */
export function changeWords(before, now) {
  const words = [];
  if (before.size !== now.size) words.push(now.size);
  else if (before.angle === now.angle && before.place !== now.place) words.push(now.place);
  if (before.angle !== now.angle) words.push(t("{angle} degrees", { angle: now.angle }));
  return words.filter(Boolean).join(", ");
}

/** @typedef {{place: string, size: string, angle: number}} Placing */

/** @param {Editor} editor @returns {Placing | null} */
export function placingOf(editor) {
  const bounds = editor.boundsOf(editor.selection);
  if (!bounds) return null;
  const [first = ""] = editor.selection;
  const element = editor.selection.size === 1 ? editor.document.get(first) : undefined;
  const radians = typeof element?.angle === "number" ? element.angle : 0;
  return {
    place: coordinates(bounds),
    size: element ? sizeOf(element) : "",
    angle: Math.round((radians * 180) / Math.PI),
  };
}

/** Its own sides, where it has some: those of a box around it change as it turns. @param {import("../core/fold.js").Element} element */
function sizeOf(element) {
  const { w, h } = element;
  if (typeof w === "number" && typeof h === "number")
    return t("{w} by {h} units", { w: Math.round(w), h: Math.round(h) });
  return element.angle === undefined ? sizeWords(element) : "";
}
