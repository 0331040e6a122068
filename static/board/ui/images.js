// The ways by which pictures come to a board: the tool, dropping and pasting. What does the work is fetched then.

import { t } from "../core/translate.js";
import { kindOf } from "../elements/index.js";
import { numberOf, textOf } from "../elements/kind.js";
import { pictures } from "../elements/pictures.js";
import { imageCommands } from "./commands-images.js";
import { make } from "./dom.js";
import { listenToDrops } from "./images-drop.js";
import { say } from "./say.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Bringing} Bringing
 */

/** @typedef {{editor: Editor, sender: import("../sync/company-sender.js").CompanySender, session: import("../sync/session.js").Session, config: import("./config.js").Config, canvas: HTMLElement, commands: import("./commands.js").Commands}} Parts */
/** Takes those files that it knows, and gives back the rest. @typedef {(files: File[], place: Place) => Promise<File[]>} Taker */

/** More at once is a folder that somebody let go of by mistake. */
const AT_ONCE_MAX = 100;
const ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,image/svg+xml,image/*";
/** In pixels. */
const BARS = { top: 72, bottom: 96 };
/** Of a larger selection nothing is moved so soon that it couldn't be fetched then. */
const LOOKED_AT = 60;

/** @type {Parts | null} */
let here = null;
/** @type {Promise<Bringing> | null} */
let bringing = null;
/** Those who are asked before, as importers are. @type {Taker[]} */
const takers = [];

/** @param {Parts} parts */
export function buildImages(parts) {
  here = parts;
  const { editor, canvas, commands } = parts;
  for (const command of imageCommands(parts)) commands.add(command);
  canvas.addEventListener("dblclick", () => {
    if (editor.tool?.name === "select") commands.run("image.crop");
  });
  listenToDrops({
    may: () => mayBring(editor),
    drop: (files, at) => bringFiles(files, editor.camera.toBoard(at)),
  });
  followTool(editor);
  haveAtHand(editor, canvas);
  void goOn(parts);
}

/** With what earlier pages have left. @param {Parts} parts */
async function goOn(parts) {
  try {
    const { whenSomeWait } = await import("./images-left.js");
    await whenSomeWait(parts.config.home, () => void theBringing(parts));
  } catch {
    // Without a connection; what is left is kept until the next visit.
  }
}

/** Whose pictures are copied. */
export function boardHere() {
  return here?.config.board ?? null;
}

/** Where this board's pictures are. */
export function assetsHere() {
  return here && { address: here.config.assets, csrf: here.config.csrf };
}

/** @param {Taker} taker of files that aren't only pictures */
export function askFirst(taker) {
  takers.push(taker);
}

/** @param {Editor} editor */
export function mayBring({ readOnly, session }) {
  return !readOnly && session.schema >= 4;
}

/** Brings files to the board. @param {readonly File[]} files @param {Place | null} place on the board; null: the middle of the view */
export async function bringFiles(files, place) {
  if (!here) return;
  const { editor } = here;
  if (!mayBring(editor)) {
    say(t("You can't change this board, so nothing was added."));
    return;
  }
  const middle = place ?? middleOfView(editor);
  let left = [...files];
  for (const taker of takers) left = await taker(left, middle);
  if (left.length === 0) return;
  const { looksLikePicture } = await import("./images-reading.js");
  const found = left.filter(looksLikePicture).slice(0, AT_ONCE_MAX);
  if (found.length < left.length) say(whatIsLeft(found.length, left.length));
  if (found.length === 0) return;
  const where = {
    middle,
    view: freeView(editor),
    zoom: editor.camera.zoom,
    page: editor.document.page,
  };
  const all = found.map((file) => ({ file, name: file.name || t("Image") }));
  await (await theBringing(here)).bring(all, where);
}

/** @param {number} found @param {number} all */
function whatIsLeft(found, all) {
  return found === AT_ONCE_MAX
    ? t("Up to 100 pictures can be added at once. {count} were left out.", { count: all - found })
    : t("Only pictures can be added here. Other files were left out.");
}

/** @param {Parts} parts */
function theBringing(parts) {
  bringing ??= import("./images-bringing.js").then(({ startBringing }) => startBringing(parts));
  bringing.catch(() => {
    bringing = null;
    say(t("Can't reach the server. Try again when you are online."));
  });
  return bringing;
}

/** What brings pictures to this page's board; null where it can't be fetched, which has been said. */
export function bringingHere() {
  return here ? theBringing(here).catch(() => null) : null;
}

/** @param {Editor} editor */
function middleOfView(editor) {
  const { minX, minY, maxX, maxY } = freeView(editor);
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
}

/** What no bar lies over. @param {Editor} editor */
function freeView({ camera }) {
  const from = camera.toBoard({ x: 0, y: BARS.top });
  const to = camera.toBoard({ x: camera.width, y: camera.height - BARS.bottom });
  return { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y };
}

// -- the tool ----------------------------------------------------------------------------------------

/** It is never in the hand for long: what was there before comes back. @param {Editor} editor */
function followTool(editor) {
  let before = "select";
  const follow = () => {
    const name = editor.tool?.name;
    if (name && name !== "image") before = name;
    if (name !== "image") return;
    chooseFiles((files) => void bringFiles(files, null));
    editor.setTool(before);
  };
  editor.subscribe(({ type }) => type === "tool" && follow());
  follow();
}

/** On a phone this offers the camera too. @param {(files: File[]) => void} take @param {boolean} several */
export function chooseFiles(take, several = true) {
  const input = make("input", { type: "file", accept: ACCEPTED, multiple: several, hidden: true });
  // Some browsers forget a field that isn't part of the page.
  document.body.append(input);
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  input.click();
}

// -- pixels for the page -----------------------------------------------------------------------------

/** What is pointed at or selected may be moved next, and what is moved is painted by the page. @param {Editor} editor @param {HTMLElement} canvas */
function haveAtHand(editor, canvas) {
  editor.subscribe(({ type }) => {
    if (type !== "selection") return;
    for (const key of [...editor.selection].slice(0, LOOKED_AT)) fetchPixels(editor, key);
  });
  let due = false;
  canvas.addEventListener("pointermove", ({ buttons, clientX, clientY }) => {
    if (due || buttons !== 0 || editor.busy) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      const { x, y } = editor.camera.toBoard({ x: clientX, y: clientY });
      const key = editor.elementAt(x, y, 0);
      if (key) fetchPixels(editor, key);
    });
  });
}

/** @param {Editor} editor @param {string} key */
function fetchPixels({ document: board, camera }, key) {
  const element = board.get(key);
  if (element?.kind !== "image") return;
  const { w, h } = kindOf(element).frame(element);
  const side = Math.max(w, h, numberOf(element, "w", 0)) * camera.zoom * devicePixelRatio;
  pictures.at(textOf(element, "asset"), side);
}
