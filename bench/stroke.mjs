// What a growing stroke costs on the wire: one draws 100 points, one watches and counts bytes.

import { elementKey, finishedStroke, recordedStrokes, transactionId } from "./ink.mjs";
import { joinAll } from "./member.mjs";
import { pace, pause, until } from "./pace.mjs";
import { liveFrame, pointsRecord, startRecord } from "./wire.mjs";

const POINTS = 100;
const POINTS_PER_FRAME = 2;
const FRAMES = POINTS / POINTS_PER_FRAME;
const FRAMES_PER_SECOND = 30;
const SETTLE_MS = 1000;
const ARRIVAL_SECONDS = 5;

/** @param {{strokes: number, seed: number, target: import("./member.mjs").Target, boards: import("./member.mjs").BoardPlan[]}} plan */
export async function stroke(plan) {
  const [drawer, viewer] = await joinAll(plan.target, plan.boards);
  if (!drawer || !viewer) throw new Error("needs a board with two people");
  const counts = [];
  let updates = 0;
  viewer.onPoints = () => {
    updates += 1;
  };
  await pause(SETTLE_MS);
  const recorded = recordedStrokes({ count: plan.strokes, points: POINTS, seed: plan.seed });
  for (const [i, points] of recorded.entries()) {
    const start = {
      stroke: i + 1,
      key: elementKey(),
      x: i * 40,
      y: i * 25,
      width: 4,
      color: "blue",
    };
    let frame = 0;
    updates = 0;
    const before = viewer.socket.bytes;
    await pace({
      count: 1,
      perSecond: FRAMES_PER_SECOND,
      seconds: FRAMES / FRAMES_PER_SECOND,
      seed: plan.seed,
      send: () => {
        const index = frame * POINTS_PER_FRAME;
        const records = [
          pointsRecord(start.stroke, index, points.slice(index, index + POINTS_PER_FRAME)),
        ];
        if (frame % FRAMES_PER_SECOND === 0) records.unshift(startRecord(start));
        drawer.socket.binary(liveFrame(records, null));
        frame += 1;
      },
    });
    if (!(await until(() => updates === FRAMES, ARRIVAL_SECONDS)))
      throw new Error(`${updates} of ${FRAMES} updates`);
    const liveBytes = viewer.socket.bytes - before;
    const element = finishedStroke(points, { x: start.x, y: start.y, z: "a0", index: i });
    const transactions = viewer.transactions;
    drawer.commit([{ id: transactionId(), changes: [{ op: "put", key: start.key, element }] }]);
    if (!(await until(() => viewer.transactions > transactions, ARRIVAL_SECONDS)))
      throw new Error("no commit");
    counts.push({ liveBytes, commitBytes: viewer.socket.bytes - before - liveBytes });
  }
  drawer.leave();
  viewer.leave();
  return { strokes: counts };
}
