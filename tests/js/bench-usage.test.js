// Shares of cores and costs per thing, from what the kernel has counted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pace } from "../../bench/pace.mjs";
import { cpuSeconds, machineSeconds, treeCpuSeconds } from "../../bench/proc.mjs";
import { costs, used } from "../../bench/usage.mjs";

/** @param {number} at @param {number} step */
const moment = (at, step) => ({
  at,
  cpu: { whiteboard: [step, 3 * step], postgres: [step / 2] },
  waited: [0, step / 4],
  own: step / 5,
  machine: { busy: 6 * step, stolen: step / 10 },
});

test("shares are of one core, together and of the fullest", () => {
  const usage = used(moment(10, 0), moment(12, 1));
  assert.deepEqual(usage.shares, { whiteboard: 2, postgres: 0.25 });
  assert.deepEqual(usage.busiest, { whiteboard: 1.5, postgres: 0.25 });
  assert.equal(usage.waitShare, 0.125);
  assert.equal(usage.generatorShare, 0.1);
  assert.ok(Math.abs(usage.othersShare - (3 - 2 - 0.25 - 0.1)) < 1e-9);
});

test("what costs nothing is told as nothing, even if nothing was done", () => {
  assert.deepEqual(costs({ whiteboard: 0.5 }, 2, 1000), { whiteboard: 1000 });
  assert.deepEqual(costs({ whiteboard: 0.5 }, 2, 0), { whiteboard: 0 });
});

test("a process with its children has used at least what it has alone", () => {
  // In this order: it goes on using some in between.
  const alone = cpuSeconds(process.pid);
  assert.ok(treeCpuSeconds(process.pid) >= alone);
  assert.ok(machineSeconds().busy > 0);
});

test("a pace goes on only as long as it is wanted", async () => {
  let sent = 0;
  await pace({
    count: 1,
    perSecond: 1000,
    seconds: 60,
    seed: 1,
    send: () => {
      sent += 1;
    },
    goOn: () => sent < 3,
  });
  assert.ok(sent >= 3 && sent < 1000);
});
