// Every format that boards go out and come in by. What a format needs is fetched when it is used.

import { board } from "./formats/board.js";
import { changes } from "./formats/changes.js";
import { excalidraw } from "./formats/excalidraw.js";
import { pdf } from "./formats/pdf.js";
import { png } from "./formats/png.js";
import { svg } from "./formats/svg.js";
import { tldraw } from "./formats/tldraw.js";
import { wbo } from "./formats/wbo.js";

/** @typedef {import("./format.js").Format} Format */

/** Those that are surer of a file stand first. @type {readonly Format[]} */
export const FORMATS = [changes, board, excalidraw, tldraw, wbo, pdf, svg, png];
