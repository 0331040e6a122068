// The load generator: reads one plan as JSON from standard input, runs it, prints one JSON result.

import { fill } from "./fill.mjs";
import { idle } from "./idle.mjs";
import { live } from "./live.mjs";
import { receipts } from "./receipts.mjs";
import { stroke } from "./stroke.mjs";

/** @type {Record<string, (plan: any) => Promise<object>>} */
const LOADS = { fill, idle, live, receipts, stroke };

let text = "";
for await (const chunk of process.stdin) text += chunk;
const plan = JSON.parse(text);
const load = LOADS[plan.load];
if (!load) throw new Error(`load must be one of ${Object.keys(LOADS)}, not ${plan.load}`);
const result = await load(plan);
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
