// A full board by the ordinary way: one person commits thousands of strokes of handwriting.

import { generateNKeysBetween } from "fractional-indexing";
import { elementKey, finishedStroke, recordedStrokes, transactionId } from "./ink.mjs";
import { joinAll } from "./member.mjs";
import { until } from "./pace.mjs";

const POINTS = 100;
/** About 40 KiB a message: below the protocol's 64. */
const STROKES_PER_TRANSACTION = 100;
const RECEIPT_SECONDS = 30;
/** About 100 strokes are in view at 100 %, as people write on a page. */
const COLUMN_WIDTH = 128;
const ROW_HEIGHT = 72;

/** @param {{strokes: number, seed: number, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} plan */
export async function fill(plan) {
  const [member] = await joinAll(plan.target, plan.boards);
  if (!member) throw new Error("needs a board with one person");
  const changes = puts(plan.strokes, plan.seed);
  const begin = performance.now();
  for (let i = 0; i < changes.length; i += STROKES_PER_TRANSACTION) {
    const transactions = member.transactions;
    member.commit([
      { id: transactionId(), changes: changes.slice(i, i + STROKES_PER_TRANSACTION) },
    ]);
    const committed = await until(
      () => member.transactions > transactions || member.troubles.length > 0,
      RECEIPT_SECONDS,
    );
    if (!committed || member.troubles.length > 0)
      throw new Error(`not committed: ${member.troubles}`);
  }
  const seconds = (performance.now() - begin) / 1000;
  member.leave();
  return { strokes: changes.length, seconds };
}

/** Strokes in rows and columns around the origin. @param {number} count @param {number} seed */
function puts(count, seed) {
  const columns = Math.ceil(Math.sqrt(count));
  const order = generateNKeysBetween(null, null, count);
  return recordedStrokes({ count, points: POINTS, seed }).map((points, index) => {
    const x = ((index % columns) - columns / 2) * COLUMN_WIDTH;
    const y = (Math.floor(index / columns) - columns / 2) * ROW_HEIGHT;
    const element = finishedStroke(points, { x, y, z: order[index] ?? "a0", index });
    return { op: "put", key: elementKey(), element };
  });
}
