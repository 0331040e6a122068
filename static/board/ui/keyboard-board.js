// The board for those without a pointer: it takes the focus, shows where the hand is, and says what keys do.

import { t } from "../core/translate.js";
import { spoken } from "../elements/spoken.js";
import { KeyboardHand } from "../tools/by-keyboard.js";
import { make } from "./dom.js";
import { keyboardCommands } from "./keyboard-commands.js";
import { changeWords, liveLine, placingOf, selectionWords } from "./keyboard-said.js";
import { boardFocus } from "./keyboard-tab.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Commands} Commands
 */

/** @param {{editor: Editor, commands: Commands, canvas: HTMLElement}} parts */
export function buildKeyboard({ editor, commands, canvas }) {
  const hand = new KeyboardHand(editor);
  const announce = liveLine();
  takeFocus(editor, canvas, announce);
  void styles("keyboard-styles");
  followForcedColors();
  followHand(editor, hand, canvas, announce);
  tellDeeds(editor, commands, announce);
  return keyboardCommands({ editor, hand, canvas, announce });
}

/** Lines in place of fills and shadows, for those whose colours are their own. */
function followForcedColors() {
  const forced = matchMedia("(forced-colors: active)");
  const look = () => forced.matches && styles("forced-styles");
  forced.addEventListener("change", look);
  look();
}

/** @param {Editor} editor @param {HTMLElement} canvas @param {(words: string) => void} announce */
function takeFocus(editor, canvas, announce) {
  canvas.tabIndex = 0;
  // Its keys are its own, or a screen reader would keep the arrows to itself.
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", "board-keys");
  document.body.append(make("p", { id: "board-keys", hidden: true }, keysWords()));
  canvas.addEventListener("focus", () => {
    boardFocus.here = true;
    boardFocus.released = false;
    // A press gives it the focus too, and whoever has a pointer needs no frame around all they see.
    canvas.toggleAttribute("data-ring", canvas.matches(":focus-visible"));
  });
  canvas.addEventListener("blur", () => {
    boardFocus.here = false;
    canvas.removeAttribute("data-ring");
  });
  canvas.addEventListener("pointerdown", () => canvas.removeAttribute("data-ring"));
  comeBackFromWriting(editor, canvas);
  canvas.addEventListener("keydown", ({ key, isComposing }) => {
    if (isComposing || key === "Tab" || key === "Shift") return;
    const leaves = key === "Escape" && !editor.busy && editor.selection.size === 0;
    boardFocus.released = key === "Escape";
    if (leaves) announce(t("Tab leaves the board."));
  });
}

/** Fields that are there for writing only give the focus back where it was. @param {Editor} editor @param {HTMLElement} canvas */
function comeBackFromWriting(editor, canvas) {
  let fromBoard = false;
  document.addEventListener("focusin", ({ target }) => {
    if (target === canvas) fromBoard = true;
    else if (!(target instanceof HTMLTextAreaElement)) fromBoard = false;
  });
  editor.subscribe(({ type }) => {
    if (type !== "writing" || editor.writing || !fromBoard) return;
    // Once the text's own field has gone.
    queueMicrotask(() => {
      if (document.activeElement === document.body) canvas.focus({ preventScroll: true });
    });
  });
}

function keysWords() {
  return t(
    "Tab goes from element to element, Enter writes. Escape, then Tab leaves the board. With a tool in the hand, arrow keys move it and Enter puts it down. Shift+O opens the outline, question mark the help.",
  );
}

// -- the hand ------------------------------------------------------------------------------------------

/** @param {Editor} editor @param {KeyboardHand} hand @param {HTMLElement} canvas @param {(words: string) => void} announce */
function followHand(editor, hand, canvas, announce) {
  const mark = make("div", { class: "hand-mark", "aria-hidden": "true", hidden: true });
  document.body.append(mark);
  const show = () => {
    mark.hidden = hand.place === null;
    mark.toggleAttribute("data-down", hand.isDown);
    document.documentElement.toggleAttribute("data-by-keys", hand.place !== null);
    if (!hand.place) return;
    const { x, y } = editor.camera.toScreen(hand.place);
    mark.style.setProperty("translate", `${x}px ${y}px`);
  };
  hand.subscribe((deed) => {
    show();
    const words = handWords(editor, hand, deed);
    if (words) announce(words);
  });
  editor.subscribe(({ type }) => type === "busy" && show());
  editor.camera.subscribe(show);
  canvas.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && !editor.busy) hand.leave();
  });
  canvas.addEventListener("pointermove", (event) => {
    const moved = event.movementX !== 0 || event.movementY !== 0;
    if (moved && !hand.isDown) hand.leave();
  });
}

/** @param {Editor} editor @param {KeyboardHand} hand @param {import("../tools/by-keyboard.js").Deed} deed */
function handWords(editor, hand, deed) {
  if (!hand.place) return "";
  const { x, y } = hand.place;
  const place = t("{x} across, {y} down", { x: Math.round(x), y: Math.round(y) });
  if (deed === "pressed")
    return t("Begun at {place}. Arrow keys draw, Enter ends, Escape cancels.", { place });
  if (deed === "clicked") return t("Point at {place}", { place });
  if (deed === "done") return t("Done");
  const below = hand.isDown ? null : editor.elementAt(x, y, editor.reach(MOUSE));
  const element = below === null ? undefined : editor.document.get(below);
  return element ? `${place}, ${spoken(element)}` : place;
}

const MOUSE = /** @type {import("../editor.js").PointerInfo} */ ({ pointerType: "mouse" });

// -- what keys do ----------------------------------------------------------------------------------------

/** Only of what is done by keys: who has a pointer sees it. @param {Editor} editor @param {Commands} commands @param {(words: string) => void} announce */
function tellDeeds(editor, commands, announce) {
  let byKey = false;
  const heard = { capture: true, passive: true };
  window.addEventListener("keydown", () => (byKey = true), heard);
  window.addEventListener("pointerdown", () => (byKey = false), heard);
  let selected = editor.selection;
  let placing = placingOf(editor);
  editor.subscribe(({ type }) => {
    if (type === "selection") {
      const gone =
        editor.selection.size === 0 && [...selected].some((key) => !editor.document.has(key));
      selected = editor.selection;
      placing = placingOf(editor);
      if (byKey) announce(gone ? t("Deleted") : selectionWords(editor));
    }
    if (type === "document" && editor.selection.size > 0) {
      const before = placing;
      placing = placingOf(editor);
      const words = before && placing && changeWords(before, placing);
      if (words && byKey) announce(words);
    }
    if (type === "tool" && byKey) announce(toolWords(editor, commands));
  });
}

/** @param {Editor} editor @param {Commands} commands */
function toolWords({ tool }, commands) {
  const command = tool ? commands.those([`tool.${tool.name}`])[0] : undefined;
  return command ? t("Tool: {tool}", { tool: command.label() }) : "";
}
