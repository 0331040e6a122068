// Brings files to the board: reads them, sends their pictures, places what was in them and says what came of it.

import { t } from "../core/translate.js";
import { ReadError } from "../exchange/format.js";
import { opened } from "../exchange/opening.js";
import { pdfWorkerIs } from "../exchange/pdf-worker.js";
import { place } from "../exchange/place.js";
import { sender } from "../exchange/sending.js";
import { showProgress } from "./import-progress.js";
import { report } from "./import-report.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../exchange/format.js").Taken} Taken
 * @typedef {import("../exchange/place.js").Placed} Placed
 * @typedef {import("./import.js").Here} Here
 */

/** What came of one file. @typedef {{name: string, placed: Placed} | {name: string, why: string}} Outcome */
/** Something to be brought. @typedef {{name: string, read: (told: (part: number) => void) => Promise<{taken: Taken, asPages?: boolean}>}} Source */

/** Reading is so much of the work where there are pictures to be sent as well. */
const READING = 0.4;
/** Between the middles of several. */
const STEP = 40;
/** As when all of the board is fitted into the view. */
const PADDING = { top: 72, bottom: 124, side: 32 };

/** @param {Here} board @param {readonly File[]} files @param {Place | null} middle on the board; null: of the view */
export function bringFiles(board, files, middle) {
  pdfWorkerIs(board.config.pdfWorker);
  const sources = files.map((file) => ({
    name: file.name,
    read: async (/** @type {(part: number) => void} */ told) => {
      const { format, taken } = await opened(file, told);
      return { taken, asPages: format.id === "pdf" };
    },
  }));
  return bringAll(board, sources, middle);
}

/** @param {Here} board @param {readonly Source[]} sources @param {Place | null} middle @param {boolean} [brief] whether a failure is said in passing, as of what was pasted */
export async function bringAll(board, sources, middle, brief = false) {
  const { camera } = board.editor;
  const at = middle ?? camera.toBoard({ x: camera.width / 2, y: camera.height / 2 });
  const stop = new AbortController();
  const progress = showProgress(sources[0]?.name ?? "", () => stop.abort());
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (const [i, source] of sources.entries()) {
      progress.name(source.name);
      const beside = { x: at.x + i * STEP, y: at.y + i * STEP };
      outcomes.push(
        await outcomeOf(board, source, { middle: beside, progress, signal: stop.signal }),
      );
      if (stop.signal.aborted) break;
    }
  } finally {
    progress.close();
  }
  await report(outcomes, { cancelled: stop.signal.aborted, brief });
}

/** @param {Here} board @param {Source} source @param {{middle: Place, progress: import("./import-progress.js").Shown, signal: AbortSignal}} doing @returns {Promise<Outcome>} */
async function outcomeOf(board, source, { middle, progress, signal }) {
  const { name } = source;
  const told = (/** @type {number} */ part) => {
    signal.throwIfAborted();
    progress.part(part);
  };
  try {
    const { taken, asPages = false } = await source.read((part) => told(part * READING));
    signal.throwIfAborted();
    const send = sender({ address: assetsAt(board), csrf: board.config.csrf, signal });
    const upload = (/** @type {Blob} */ blob) => {
      if (!navigator.onLine) throw new ReadError(withoutNetwork());
      return send(blob);
    };
    const placed = await place(board.editor, taken, {
      middle,
      asPages,
      upload,
      told: (part) => told(READING + part * (1 - READING)),
    });
    bringIntoSight(board, placed);
    return { name, placed };
  } catch (error) {
    if (signal.aborted) return { name, why: t("Not opened: it was cancelled.") };
    if (error instanceof ReadError) return { name, why: error.message };
    console.error(error);
    return { name, why: t("This file can't be opened.") };
  }
}

function withoutNetwork() {
  return t(
    "There are pictures in this file, and they can't be sent without a connection. Nothing was added. Open the file again once you are online.",
  );
}

/** @param {Here} board */
function assetsAt({ config }) {
  return new URL(config.assets, location.href).href;
}

/** @param {Here} board @param {Placed} placed */
function bringIntoSight({ editor }, { pages }) {
  const bounds = editor.boundsOf(pages > 0 ? editor.document.keys() : editor.selection);
  if (!bounds) return;
  const { camera } = editor;
  const corner = camera.toBoard({ x: 0, y: 0 });
  const other = camera.toBoard({ x: camera.width, y: camera.height });
  const seen = bounds.minX >= corner.x && bounds.minY >= corner.y;
  if (!seen || bounds.maxX > other.x || bounds.maxY > other.y) camera.fit(bounds, PADDING);
}
