// Copies of the browser's core and sync with one rule broken, to see that the fuzz would notice.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const STATIC = fileURLToPath(new URL("../../../static/", import.meta.url));

/**
 * @typedef {object} Mutant
 * @property {string} name what it does wrong
 * @property {number} [seed] one that has caught it and is tried before the others
 * @property {string} file
 * @property {string} from must stand there exactly once
 * @property {string} to
 */

/** @type {Mutant[]} */
export const MUTANTS = [
  {
    name: "R1: applies what is early",
    file: "core/document.js",
    from: "const due = this.#due();",
    to: "this.#held.clear(); const due = [transaction];",
  },
  {
    name: "R2: applies again what is repeated",
    file: "core/document.js",
    from: "if (transaction.clock <= this.clock) {",
    to: "if (transaction.clock <= this.clock) { for (const change of transaction.changes) applyChange(this.#confirmed, change, transaction.author);",
  },
  {
    name: "R5: a receipt of before the clock leaves its transaction pending",
    file: "core/document.js",
    from: "this.#dropKnown(transaction.id);",
    to: "",
  },
  {
    name: "R3: takes any transaction for the receipt of its own first",
    file: "core/document.js",
    from: "const own = this.#pending.findIndex((pending) => pending.id === id);",
    to: "const own = this.#pending.length > 0 ? 0 : -1;",
  },
  {
    name: "R5: pending isn't laid over what comes from others",
    file: "core/document.js",
    from: "for (const one of due) this.#apply(one);\n        this.#rebase(affected);",
    to: "for (const one of due) this.#apply(one);\n for (const key of affected) this.#view.lift(key);",
  },
  {
    name: "R16: the pieces of a pending split don't follow its source",
    file: "core/document.js",
    from: "size !== keys.size; ",
    to: "false; ",
  },
  {
    name: "R5: reading afresh forgets what is pending",
    file: "core/document.js",
    from: "    for (const { changes } of this.#pending)\n      for (const change of changes) applyChange(this.#view, change, this.#author);\n    this.#size",
    to: "    this.#pending = [];\n    this.#size",
  },
  {
    name: "R1: keeps what is early of another life of the board",
    seed: 5,
    file: "core/document.js",
    from: "if (epoch !== this.epoch) this.#held.clear();",
    to: "",
  },
  {
    name: "R4: set revives what was removed",
    file: "core/fold.js",
    from: "  if (!element) return [];\n  const next",
    to: "  if (!element) { elements.set(change.key, Object.freeze({ ...change.props })); return [change.key]; }\n  const next",
  },
  {
    name: "R11: applies without if",
    file: "core/fold.js",
    from: "return !expected || !Object.hasOwn(expected, name) || expected[name] === now;",
    to: "return true;",
  },
  {
    name: "R4: put replaces what is living",
    seed: 6,
    file: "core/fold.js",
    from: "if (elements.has(change.key)) return [];\n  const by",
    to: "const by",
  },
  {
    name: "R16: both cutters' pieces stay",
    file: "core/fold.js",
    from: "  if (!source) return [];\n  elements.delete(key);",
    to: "  elements.delete(key);",
  },
  {
    name: "R5: drops what is pending when the connection is lost",
    file: "sync/session.js",
    from: "const guilty = this.#sending",
    to: "for (const { id } of [...this.document.pending]) this.document.refuse(id); const guilty = this.#sending",
  },
  {
    name: "R5: doesn't send again on a new connection",
    file: "sync/outgoing.js",
    from: "    this.#sent.clear();\n    this.#notBefore = 0;",
    to: "    this.#notBefore = 0;",
  },
  {
    name: "R2: sends again under another id",
    file: "sync/outgoing.js",
    from: "JSON.stringify(one)).join",
    to: 'JSON.stringify({ ...one, id: [...one.id].reverse().join("") })).join',
  },
  {
    name: "R5: sends before the tail is applied",
    file: "sync/session.js",
    from: "this.document.clock >= target",
    to: "true",
  },
  {
    name: "R5: doesn't wait after later",
    file: "sync/outgoing.js",
    from: "this.#notBefore = Math.max(this.#notBefore, now + afterMs);",
    to: "",
  },
  {
    name: "R5: what is later is overtaken",
    file: "sync/outgoing.js",
    from: "for (const { id } of pending.slice(first)) this.#sent.delete(id);",
    to: "",
  },
  {
    name: "R5: takes later for a refusal",
    file: "sync/session.js",
    from: "this.#sending.postponed(",
    to: "for (const id of ids) this.document.refuse(id); this.#sending.postponed(",
  },
  {
    name: "R5: goes on sending all together after 4400",
    file: "sync/outgoing.js",
    from: "return this.#suspects.size > 0;",
    to: "return false;",
  },
  {
    name: "R5: a refused change stays in view",
    file: "core/document.js",
    from: "this.#pending.splice(this.#pending.indexOf(transaction), 1);\n        this.#rebase(affected);",
    to: "this.#pending.splice(this.#pending.indexOf(transaction), 1);",
  },
  {
    name: "R7: doesn't read afresh when told to reload",
    seed: 7,
    file: "sync/session.js",
    from: '      case "reload":\n        return this.#reread(connection);',
    to: '      case "reload":\n        return;',
  },
  {
    name: "R1: goes on with the old document in another life of the board",
    seed: 49,
    file: "sync/session.js",
    from: "welcome.epoch !== this.document.epoch || welcome.clock < this.document.clock",
    to: "false",
  },
  {
    name: "R1: waits for ever where a transaction is missing",
    file: "sync/session.js",
    from: 'if (this.document.clock === clock) this.#lost(LOST, "");',
    to: "if (this.document.clock === clock) return;",
  },
  {
    name: "R1: another life of the board does not bring pending to be sent again",
    seed: 6,
    file: "sync/session.js",
    from: "this.#sending.resend();\n    this.#timers",
    to: "this.#timers",
  },
  {
    name: "R10: confirms more than it has received",
    seed: 30,
    file: "sync/reception.js",
    from: "return this.#frames;",
    to: "return this.#frames + 5;",
  },
];

/** The parts of a mutant, as modules of their own. @param {Mutant} mutant @returns {Promise<{parts: import("./world.js").Parts, remove: () => Promise<void>}>} */
export async function grow({ name, file, from, to }) {
  const folder = await mkdtemp(join(tmpdir(), "mutant-"));
  const board = join(folder, "board");
  for (const part of ["board/core", "board/sync"]) {
    await cp(join(STATIC, part), join(folder, part), { recursive: true });
  }
  await symlink(join(STATIC, "npm"), join(folder, "npm"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  const source = await readFile(join(board, file), "utf8");
  assert.equal(
    source.split(from).length,
    2,
    `the place of the mutant "${name}" stands in ${file} once`,
  );
  await writeFile(
    join(board, file),
    source.replace(from, () => to),
  );
  const load = (/** @type {string} */ path) => import(pathToFileURL(join(board, path)).href);
  const { Document } = await load("core/document.js");
  const { History } = await load("core/history.js");
  const { Session } = await load("sync/session.js");
  return {
    parts: { Document, History, Session },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
