// Others' changes in words: merged, at most once in five seconds, and never one's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import "../../static/board/elements/others.js";
import { setCatalogue } from "../../static/board/core/translate.js";
import { ANNOUNCE_EVERY_MS, announceOthers } from "../../static/board/ui/announcing.js";
import { deedOf, Happenings } from "../../static/board/ui/announcing-words.js";
import { desk, rectangle } from "./support/desk.js";
import { VirtualClock } from "./support/virtual-clock.js";

/** @typedef {import("../../static/board/core/fold.js").Change} Change */

setCatalogue({});

const ANN = 1;
const BOB = 2;
const STROKE = { kind: "stroke", x: 0, y: 0, z: "a1", color: "black", width: 2, points: "" };

/** @param {"off" | "nearby" | "all"} announce */
function listening(announce) {
  const { editor, document } = desk({ plan0000: rectangle(0, 0, 100, 60, { text: "Plan" }) });
  document.author = BOB;
  editor.set({ announce });
  const clock = new VirtualClock();
  /** @type {Set<(event: {type: string}) => void>} */
  const listeners = new Set();
  const session = {
    document,
    state: "live",
    you: { slot: 0, person: BOB, name: "Bob", color: "red" },
    people: new Map([[1, { slot: 1, person: ANN, name: "Ann", color: "blue" }]]),
    subscribe(/** @type {(event: {type: string}) => void} */ listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  /** @type {string[]} */
  const heard = [];
  announceOthers({
    editor,
    session: /** @type {any} */ (session),
    announce: (words) => heard.push(words),
    clock,
  });
  let at = 0;
  return {
    clock,
    heard,
    session,
    people: () => listeners.forEach((listener) => void listener({ type: "people" })),
    /** @param {number} author @param {Change[]} changes */
    does(author, ...changes) {
      at++;
      const id = `t${at}`.padEnd(22, "0");
      document.confirm({ clock: at, id, author, at, changes });
    },
  };
}

/** @param {string} key @param {number} x @returns {Change} */
function put(key, x = 0) {
  return { op: "put", key, element: { ...STROKE, x } };
}

test("what somebody does within a moment is one sentence", async () => {
  const { clock, heard, does } = listening("all");
  for (const key of ["a0000000", "b0000000", "c0000000"]) does(ANN, put(key));
  does(ANN, { op: "set", key: "plan0000", props: { x: 10 } });
  await clock.run(2000);
  assert.deepEqual(heard, ["Ann drew 3 strokes and moved Plan."]);
});

test("there is never more than one in five seconds", async () => {
  const { clock, heard, does } = listening("all");
  for (let i = 0; i < 100; i++) {
    does(ANN, put(`key${i}`.padEnd(8, "0")));
    await clock.run(200);
  }
  await clock.run(10_000);
  assert.ok(heard.length <= 1 + 20_000 / ANNOUNCE_EVERY_MS, heard.join("\n"));
  const counts = heard.map((words) => Number(/drew (\d+)/.exec(words)?.[1]));
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    100,
  );
});

test("one's own are never told, nor is anything while it is off", async () => {
  const off = listening("off");
  off.does(ANN, put("a0000000"));
  const on = listening("all");
  on.does(BOB, put("a0000000"));
  await off.clock.run(10_000);
  await on.clock.run(10_000);
  assert.deepEqual([...off.heard, ...on.heard], []);
});

test("nearby is what is in sight, or a little beyond", async () => {
  const { clock, heard, does } = listening("nearby");
  does(ANN, put("far00000", 90_000));
  does(ANN, { op: "set", key: "plan0000", props: { text: "Plan B" } });
  await clock.run(2000);
  assert.deepEqual(heard, ["Ann wrote in Plan B."]);
});

test("coming and going is told, once for however many pages", async () => {
  const { clock, heard, session, people } = listening("all");
  session.people.set(2, { slot: 2, person: ANN, name: "Ann", color: "blue" });
  session.people.set(3, { slot: 3, person: 3, name: "Cho", color: "red" });
  people();
  await clock.run(2000);
  session.people.delete(3);
  people();
  await clock.run(9000);
  assert.deepEqual(heard, ["Cho has come.", "Cho has left."]);
});

test("whoever is back at once has not been away", () => {
  const happenings = new Happenings();
  happenings.left("Ann");
  happenings.came("Ann");
  assert.ok(happenings.isEmpty);
});

test("what was made and then changed is made; what is gone again was nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("moved", "wrote", "changed")), (later) => {
      const happenings = new Happenings();
      happenings.did(ANN, "a", "added");
      for (const deed of later) happenings.did(ANN, "a", /** @type {"moved"} */ (deed));
      const words = happenings.take(
        () => "Ann",
        () => undefined,
      );
      assert.equal(words, "Ann added 1 element.");
      happenings.did(ANN, "a", "added");
      happenings.did(ANN, "a", "deleted");
      assert.ok(happenings.isEmpty);
    }),
  );
});

test("order and company of elements are no deeds", () => {
  assert.equal(deedOf({ op: "set", key: "a", props: { z: "b", group: null } }), null);
  assert.equal(deedOf({ op: "put", key: "a", element: { kind: "page", z: "a" } }), null);
  assert.equal(deedOf({ op: "set", key: "a", props: { x: 1, frame: "b" } }), "moved");
});
