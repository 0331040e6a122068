// Who drew what: those who are here, and those who aren't.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OutlineNames } from "../../static/board/ui/outline-names.js";

/** @param {{id: number, name: string}[]} authors whom the server knows */
function meeting(authors) {
  let asked = 0;
  globalThis.fetch = /** @type {any} */ (
    async () => {
      asked++;
      return { ok: true, json: async () => ({ authors }) };
    }
  );
  /** @type {any} */
  const session = {
    people: new Map([[1, { person: 2, name: "Bob" }]]),
    you: { person: 1 },
    subscribe: () => () => {},
  };
  const names = new OutlineNames(session, "/authors");
  const came = new Promise((done) => names.onArrival(() => done(null)));
  const by = (/** @type {number} */ author) => names.of({ kind: "text", z: "a", author });
  return { by, came, asked: () => asked };
}

test("whoever is here is known, and the server isn't asked", () => {
  const { by, asked } = meeting([]);
  assert.deepEqual([by(1), by(2), asked()], ["you", "Bob", 0]);
});

test("whoever has left is asked for once, for all of them together", async () => {
  const { by, came, asked } = meeting([
    { id: 3, name: "Cleo" },
    { id: 4, name: "Dan" },
    { id: 1, name: "Ann" },
  ]);
  assert.deepEqual([by(3), by(4), by(9)], ["", "", ""]);
  await came;
  assert.deepEqual([by(3), by(4), by(1), by(9)], ["Cleo", "Dan", "you", ""]);
  assert.equal(asked(), 1, "nobody has a name that the server doesn't know");
});
