// Everything that can arrive late, twice or never: seeded runs of a few people on one board.

import { test } from "node:test";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { Session } from "../../static/board/sync/session.js";
import { runWorld } from "./support/world.js";

/** Seeds that once failed, with what they had found; they run for ever. */
const KEPT = [
  2, // a transaction put off and committed by another copy held up all behind it
  4, // the person's number became known while work was pending
  13, // a receipt for what a document read afresh had contained already
  28, // the board was restored while the page was connected: pending was not sent again
  35, // an early receipt made the page send the transaction again and again
  67, // of what the server closed on, some had been sent before the document was read again
  153660584, // what was put off behind something that another connection had committed waited for ever
  700207, // a document that a connection of before had asked for took the page back to an older clock
];
/** New ones for every run of the whole suite; SEED=n has one again. */
const FRESH = 40;

const first = process.env.SEED ? Number(process.env.SEED) : Math.floor(Math.random() * 1e9);
const seeds = process.env.SEED
  ? [first]
  : [...KEPT, ...Array.from({ length: FRESH }, (_, i) => first + i)];

for (const seed of seeds) {
  test(`R1-R5, R7, R11, R14, R16: everybody has the same board in the end, seed ${seed}`, async () => {
    await runWorld({ Document, History, Session }, seed);
  });
}
