// The page of a board: makes the parts, joins them, starts.

import { Camera } from "./core/camera.js";
import { Document } from "./core/document.js";
import { History } from "./core/history.js";
import { SpatialIndex } from "./core/spatial.js";
import { setCatalogue } from "./core/translate.js";
import { Editor } from "./editor.js";
import { LiveSender } from "./sync/live-sender.js";
import { LivePeople } from "./sync/people.js";
import { Session } from "./sync/session.js";
import { openWebSocket } from "./sync/transports/websocket.js";
import { registerTools } from "./tools/index.js";
import { buildPage } from "./ui/page.js";
import { shownTheme } from "./ui/theme.js";
import { LiveLayer } from "./view/live-layer.js";
import { Renderer } from "./view/renderer.js";

/**
 * What the server tells the page.
 * @typedef {object} Config
 * @property {string} board
 * @property {string} title
 * @property {{id: number, name: string, color: string}} person
 * @property {"owner" | "editor" | "viewer"} role
 * @property {string} socket
 * @property {string} document
 * @property {string} worker
 * @property {string} language
 * @property {string} rename
 * @property {string} trash
 * @property {string} home
 * @property {string} nickname
 * @property {string} csrf
 */

/** @param {string} id @returns {any} */
function readJson(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

function start() {
  const config = /** @type {Config} */ (readJson("board-config"));
  setCatalogue(readJson("catalogue"));
}

start();
