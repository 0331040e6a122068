// What a pointer does, as commands for keys: the hand that arrow keys move, neighbours, sizes, angles, the view.

import { t } from "../core/translate.js";
import { bendableConnector, bendBy, unbend } from "../editor/bending.js";
import { resizeBy, selectNeighbour, turnBy } from "../tools/by-keyboard-selection.js";
import { mayConnect, openConnectTo } from "./keyboard-connect.js";
import { goToRegion } from "./keyboard-regions.js";

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./commands.js").Command} Command
 * @typedef {import("../tools/by-keyboard.js").KeyboardHand} KeyboardHand
 * @typedef {{editor: Editor, hand: KeyboardHand, canvas: HTMLElement, announce: (words: string) => void}} Keyboard
 */

/** Pixels that an arrow key moves the hand: usually, with Shift, with Ctrl. */
const STEP = 10;
const STEP_FAR = 50;
const STEP_FINE = 1;
/** Board units by which a selection grows, and degrees by which it turns. */
const GROWTH = 10;
const GROWTH_FAR = 50;
const TURN = 15;
const TURN_FINE = 1;
/** Pixels that the view moves. */
const PAN = 64;
const PAN_FAR = 256;

/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @param {string} [held] */
function arrows(held = "") {
  return Object.keys(ARROWS).map((arrow) => held + arrow);
}

/** @param {string | undefined} shortcut */
function wayOf(shortcut) {
  return ARROWS[shortcut?.split("+").at(-1) ?? ""] ?? [0, 0];
}

/**
 * Commands of the four arrow keys that do the same by different steps.
 * @param {{does: (dx: number, dy: number) => void, enabled: () => boolean, shared?: boolean}} moving
 */
function byArrows({ does, ...rest }) {
  /** @param {string} id @param {() => string} label @param {string} held @param {number} step @returns {Command} */
  return (id, label, held, step) => ({
    id,
    group: "keyboard",
    label,
    shortcuts: arrows(held),
    fixed: true,
    run: (shortcut) => {
      const [dx, dy] = wayOf(shortcut);
      does(dx * step, dy * step);
    },
    ...rest,
  });
}

/** @param {Keyboard} keyboard @returns {Command[]} */
export function keyboardCommands(keyboard) {
  return [
    ...handCommands(keyboard),
    ...neighbours(keyboard),
    ...shaping(keyboard),
    ...view(keyboard),
    ...regions(keyboard),
  ];
}

/** @param {Keyboard} keyboard @returns {Command[]} */
function handCommands({ editor, hand, canvas }) {
  const idle = () => hand.hasTool && editor.selection.size === 0 && !editor.writing;
  const moving = byArrows({
    shared: true,
    enabled: idle,
    does: (dx, dy) => {
      canvas.focus({ preventScroll: true });
      hand.move(dx, dy);
    },
  });
  return [
    {
      id: "hand.press",
      group: "keyboard",
      label: () => t("Put the tool down, or lift it"),
      shortcuts: ["Enter"],
      fixed: true,
      shared: true,
      run: () => hand.press(),
      // What a pointer has begun, Enter ends; a comment goes to the middle unless a place has been chosen.
      enabled: () =>
        idle() && (hand.place !== null || (!editor.busy && editor.tool?.name !== "comment")),
    },
    moving("hand.move", () => t("Move the tool"), "", STEP),
    moving("hand.move-far", () => t("Move the tool far"), "Shift+", STEP_FAR),
    moving("hand.move-fine", () => t("Move the tool a little"), "Mod+", STEP_FINE),
  ];
}

/** @param {Keyboard} keyboard @returns {Command[]} */
function neighbours({ editor, announce }) {
  /** @type {Record<string, "left" | "right" | "up" | "down">} */
  const directions = {
    ArrowLeft: "left",
    ArrowRight: "right",
    ArrowUp: "up",
    ArrowDown: "down",
  };
  return [
    {
      id: "select.neighbour",
      group: "keyboard",
      label: () => t("Select the neighbour in a direction"),
      shortcuts: arrows("Mod+"),
      fixed: true,
      shared: true,
      run: (shortcut) => {
        const direction = directions[shortcut?.split("+").at(-1) ?? ""] ?? "right";
        if (!selectNeighbour(editor, direction)) announce(t("Nothing there."));
      },
      enabled: () => rests(editor) && editor.document.size > 0,
    },
  ];
}

/** Whether the tool in the hand is one that selects or moves the view. @param {Editor} editor */
function rests({ tool, writing }) {
  return (tool?.name === "select" || tool?.name === "hand") && !writing;
}

/** @param {Keyboard} keyboard @returns {Command[]} */
function shaping({ editor }) {
  const some = () => !editor.readOnly && editor.selection.size > 0;
  const resizing = byArrows({ does: (dx, dy) => resizeBy(editor, dx, dy), enabled: some });
  /** @param {string} id @param {() => string} label @param {string} key @param {number} degrees @returns {Command} */
  const turning = (id, label, key, degrees) => ({
    id,
    group: "keyboard",
    label,
    shortcuts: [key],
    run: () => turnBy(editor, degrees),
    enabled: some,
  });
  return [
    resizing("shape.resize", () => t("Make wider, narrower, higher or lower"), "Alt+", GROWTH),
    resizing("shape.resize-far", () => t("Resize in large steps"), "Alt+Shift+", GROWTH_FAR),
    ...bending(editor),
    turning("shape.turn-right", () => t("Turn right by 15°"), "]", TURN),
    turning("shape.turn-left", () => t("Turn left by 15°"), "[", -TURN),
    turning("shape.turn-right-fine", () => t("Turn right by 1°"), "Shift+]", TURN_FINE),
    turning("shape.turn-left-fine", () => t("Turn left by 1°"), "Shift+[", -TURN_FINE),
    {
      id: "shape.connect",
      group: "keyboard",
      label: () => t("Connect to…"),
      shortcuts: [],
      run: () => openConnectTo(editor),
      enabled: () => mayConnect(editor),
    },
  ];
}

/** The keys that resize other things: a connector is as large as its elements are apart. @param {Editor} editor @returns {Command[]} */
function bending(editor) {
  const enabled = () => bendableConnector(editor) !== null;
  const bend = byArrows({ does: (dx, dy) => bendBy(editor, dx, dy), enabled, shared: true });
  return [
    bend("shape.bend", () => t("Bend a connector"), "Alt+", GROWTH),
    bend("shape.bend-far", () => t("Bend a connector in large steps"), "Alt+Shift+", GROWTH_FAR),
    {
      id: "shape.unbend",
      group: "keyboard",
      label: () => t("Let a connector find its way"),
      shortcuts: [],
      run: () => void unbend(editor),
      enabled,
    },
  ];
}

/** @param {Keyboard} keyboard @returns {Command[]} */
function view({ editor }) {
  const panning = byArrows({
    does: (dx, dy) => editor.camera.panBy(-dx, -dy),
    enabled: () => rests(editor) && editor.selection.size === 0,
    shared: true,
  });
  return [
    panning("view.pan", () => t("Move the view"), "", PAN),
    panning("view.pan-far", () => t("Move the view far"), "Shift+", PAN_FAR),
  ];
}

/** @param {Keyboard} keyboard @returns {Command[]} */
function regions({ canvas }) {
  /** @param {string} id @param {() => string} label @param {string} key @param {1 | -1} step @returns {Command} */
  const going = (id, label, key, step) => ({
    id,
    group: "keyboard",
    label,
    shortcuts: [key],
    run: () => goToRegion(canvas, step),
    enabled: () => true,
  });
  return [
    going("region.next", () => t("Go to the next part of the page"), "F6", 1),
    going("region.previous", () => t("Go to the part of the page before"), "Shift+F6", -1),
  ];
}
