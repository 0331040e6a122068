// The fuzz is worth something only if it notices broken rules: each planted mutant has to fall.

import assert from "node:assert/strict";
import { test } from "node:test";
import { grow, MUTANTS } from "./support/mutants.js";
import { runWorld } from "./support/world.js";

const SEEDS = 60;

for (const mutant of MUTANTS) {
  test(`the fuzz catches a page that breaks ${mutant.name}`, async () => {
    const { parts, remove } = await grow(mutant);
    try {
      assert.ok(await caught(parts, mutant.seed), `survived ${SEEDS} seeds`);
    } finally {
      await remove();
    }
  });
}

/** @param {import("./support/world.js").Parts} parts @param {number} [likely] */
async function caught(parts, likely = 1) {
  for (const seed of [likely, ...Array.from({ length: SEEDS }, (_, i) => i + 1)]) {
    try {
      await runWorld(parts, seed);
    } catch {
      return true;
    }
  }
  return false;
}
