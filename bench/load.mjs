// The load generator: reads one plan as a line of JSON from standard input, runs it, prints one result.
//
// What goes on until it is told to stop says `going` first, and goes on until its input ends.

import { createInterface } from "node:readline";
import { fill } from "./fill.mjs";
import { idle } from "./idle.mjs";
import { live } from "./live.mjs";
import { receipts } from "./receipts.mjs";
import { restart } from "./restart.mjs";
import { stall } from "./stall.mjs";
import { stroke } from "./stroke.mjs";

/** @type {Record<string, (plan: any, course: {going: () => void, over: Promise<void>}) => Promise<object>>} */
const LOADS = { fill, idle, live, receipts, restart, stall, stroke };

const input = createInterface({ input: process.stdin });
/** @type {Promise<void>} */
const over = new Promise((resolve) => input.on("close", resolve));
/** @type {string} */
const line = await new Promise((resolve) => input.once("line", resolve));
const plan = JSON.parse(line);
const load = LOADS[plan.load];
if (!load) throw new Error(`load must be one of ${Object.keys(LOADS)}, not ${plan.load}`);
const result = await load(plan, { going: () => process.stdout.write("going\n"), over });
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
