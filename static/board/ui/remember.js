// What a person meets again on this device: settings and styles everywhere, place and tool on each board.

import { FIRST_SETTINGS } from "../editor/settings.js";
import { FIRST_STYLES } from "../editor/style.js";
import { FIRST_PAGE, Sheet } from "../elements/sheet.js";
import { readSettings, readStyles, readView, viewsWith } from "./remembered.js";
import { store, stored } from "./storage.js";

/** @typedef {import("../editor.js").Editor} Editor */
/** @typedef {{board: string, person: number}} Whose */

const DEVICE = "whiteboard.device";
const VIEWS = "whiteboard.views";
/** Moving the view writes this seldom. */
const PAUSE_MS = 400;

/** Before anything is shown. @param {Editor} editor */
export function recallDevice(editor) {
  const device = stored(DEVICE);
  editor.set(readSettings(device, FIRST_SETTINGS));
  editor.styles = readStyles(device, FIRST_STYLES);
}

/** Once the view has its size. @param {Editor} editor @param {Whose} whose @returns {{seen: boolean, tool: string | null}} seen: whether this person has been here */
export function recallView({ camera, tools, document }, whose) {
  const view = readView(stored(VIEWS), whose);
  if (view) {
    camera.lookAt(view, view.zoom);
    if (view.page && document instanceof Sheet) document.turnTo(view.page);
  }
  const tool = view && tools.some(({ name }) => name === view.tool) ? view.tool : null;
  return { seen: view !== null, tool };
}

/** Keeps it all from now on. @param {Editor} editor @param {Whose} whose */
export function remember(editor, whose) {
  const device = written(() => store(DEVICE, { settings: editor.settings, styles: editor.styles }));
  const view = written(() => {
    const { x, y } = editor.camera.middle;
    const { zoom } = editor.camera;
    const tool = editor.tool?.name ?? "";
    const { page = FIRST_PAGE } = editor.document;
    store(VIEWS, viewsWith(stored(VIEWS), { ...whose, x, y, zoom, tool, page }));
  });
  editor.camera.subscribe(view.soon);
  editor.document.subscribe(({ source }) => source === "page" && view.soon());
  editor.subscribe(({ type }) => {
    if (type === "tool") view.soon();
    if (type === "style" || type === "settings") device.soon();
  });
  const now = () => {
    device.now();
    view.now();
  };
  addEventListener("pagehide", now);
  document.addEventListener("visibilitychange", now);
}

/** @param {() => void} write */
function written(write) {
  let timer = 0;
  const now = () => {
    if (timer === 0) return;
    clearTimeout(timer);
    timer = 0;
    write();
  };
  return {
    now,
    soon: () => {
      if (timer === 0) timer = window.setTimeout(now, PAUSE_MS);
    },
  };
}
