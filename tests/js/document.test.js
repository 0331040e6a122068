// R1, R3, R4, R5: the document shows confirmed and pending work together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Document } from "../../static/board/core/document.js";

const A = "aaaaaaaa";
const B = "bbbbbbbb";
const C = "cccccccc";

/** @param {object} [more] */
const stroke = (more = {}) => ({ kind: "stroke", x: 0, y: 0, color: "black", ...more });
/** @param {string} key @param {object} [more] @returns {any} */
const put = (key, more) => ({ op: "put", key, element: stroke(more) });
/** @param {number} clock @param {any[]} changes @param {string} [id] @param {number} [author] */
const tx = (clock, changes, id = `other${clock}`, author = 2) => ({
  clock,
  id,
  author,
  at: 0,
  changes,
});

/** @param {Record<string, any>} elements */
function board(elements = {}, clock = 0) {
  const document = new Document();
  document.author = 1;
  document.load({ epoch: "e", clock, elements });
  /** @type {{source: string, keys: string[] | null}[]} */
  const events = [];
  document.subscribe(({ keys, source }) => events.push({ source, keys: keys && [...keys].sort() }));
  return { document, events };
}

test("R5: what is proposed is seen at once and is pending", () => {
  const { document, events } = board();
  const { id } = document.propose([put(A)]);
  assert.match(id, /^[\w-]{22}$/);
  assert.deepEqual(document.get(A), stroke({ author: 1 }));
  assert.deepEqual(
    document.pending.map((one) => one.id),
    [id],
  );
  assert.deepEqual(events, [{ source: "local", keys: [A] }]);
});

test("R3: the receipt makes no difference to see, and the element stays the same object", () => {
  const { document, events } = board();
  const { id, changes } = document.propose([put(A)]);
  const shown = document.get(A);
  document.confirm(tx(1, JSON.parse(JSON.stringify(changes)), id, 1));
  assert.equal(document.get(A), shown);
  assert.equal(document.pending.length, 0);
  assert.equal(events.length, 1);
  assert.equal(document.clock, 1);
});

test("R1: an early transaction is held until its turn", () => {
  const { document, events } = board();
  document.confirm(tx(2, [{ op: "set", key: A, props: { x: 2 } }]));
  assert.equal(document.gap, true);
  assert.equal(document.size, 0);
  document.confirm(tx(1, [put(A)]));
  assert.equal(document.gap, false);
  assert.equal(document.get(A)?.x, 2);
  assert.deepEqual(events, [{ source: "remote", keys: [A] }]);
});

test("R2: a repeated transaction has no second effect", () => {
  const { document } = board();
  document.confirm(tx(1, [put(A, { x: 1 })]));
  document.confirm(tx(2, [{ op: "set", key: A, props: { x: 2 } }]));
  document.confirm(tx(1, [{ op: "set", key: A, props: { x: 1 } }]));
  assert.equal(document.get(A)?.x, 2);
  assert.equal(document.clock, 2);
});

test("R5: a receipt of before the document's clock only drops the pending one", () => {
  const { document } = board();
  const { id, changes } = document.propose([put(A)]);
  document.load({ epoch: "e", clock: 9, elements: { [A]: stroke({ author: 1, x: 7 }) } });
  assert.equal(document.pending.length, 1);
  document.confirm(tx(4, [...changes], id, 1));
  assert.equal(document.pending.length, 0);
  assert.equal(document.get(A)?.x, 7);
  assert.equal(document.clock, 9);
});

test("R5: pending lies over what comes from others, per property", () => {
  const { document } = board({ [A]: stroke() });
  document.propose([{ op: "set", key: A, props: { x: 5 } }]);
  document.confirm(tx(1, [{ op: "set", key: A, props: { x: 1, color: "red" } }]));
  assert.deepEqual(document.get(A), stroke({ x: 5, color: "red" }));
});

test("R5: a refused change is taken back, those after it stay", () => {
  const { document, events } = board({ [A]: stroke() });
  const { id } = document.propose([{ op: "set", key: A, props: { x: 5, y: 5 } }]);
  document.propose([{ op: "set", key: A, props: { y: 6 } }]);
  document.refuse(id);
  assert.deepEqual(document.get(A), stroke({ y: 6 }));
  assert.deepEqual(events.at(-1), { source: "refused", keys: [A] });
});

test("R5: a refused clear brings everything back", () => {
  const { document } = board({ [A]: stroke(), [B]: stroke() });
  const { id } = document.propose([{ op: "clear" }]);
  assert.equal(document.size, 0);
  document.refuse(id);
  assert.deepEqual([...document.keys()].sort(), [A, B]);
  assert.equal(document.size, 2);
});

test("R16: a pending split vanishes, pieces and all, when its source is removed first", () => {
  const { document, events } = board({ [A]: stroke() });
  document.propose([{ op: "split", key: A, into: [{ key: B, props: { x: 1 } }] }]);
  document.propose([{ op: "split", key: B, into: [{ key: C, props: { x: 2 } }] }]);
  document.confirm(tx(1, [{ op: "remove", key: A }]));
  assert.equal(document.size, 0);
  assert.deepEqual(events.at(-1), { source: "remote", keys: [C] });
});

test("R16: a pending split follows its source's new properties", () => {
  const { document } = board({ [A]: stroke() });
  document.propose([{ op: "split", key: A, into: [{ key: B, props: { x: 1 } }] }]);
  document.confirm(tx(1, [{ op: "set", key: A, props: { color: "red" } }]));
  assert.deepEqual(document.get(B), stroke({ x: 1, color: "red" }));
});

test("R14: what is held when a document is read afresh goes on from there", () => {
  const { document, events } = board();
  document.confirm(tx(5, [put(B)]));
  document.confirm(tx(3, [put(A)]));
  document.load({ epoch: "e", clock: 4, elements: { [A]: stroke() } });
  assert.equal(document.clock, 5);
  assert.equal(document.gap, false);
  assert.equal(document.size, 2);
  assert.deepEqual(events.at(-1), { source: "load", keys: null });
});

test("R1: what is held of another epoch is forgotten", () => {
  const { document } = board();
  document.confirm(tx(2, [put(B)]));
  document.load({ epoch: "f", clock: 1, elements: {} });
  assert.equal(document.gap, false);
  assert.equal(document.clock, 1);
});

test("reading afresh keeps the objects of elements that haven't changed", () => {
  const { document } = board({ [A]: stroke() });
  const before = document.get(A);
  document.load({ epoch: "f", clock: 0, elements: { [A]: stroke(), [B]: stroke() } });
  assert.equal(document.get(A), before);
});

test("entries, keys, has and size agree while work is pending", () => {
  const { document } = board({ [A]: stroke(), [B]: stroke() });
  document.propose([{ op: "remove", key: A }, put(C), { op: "set", key: B, props: { x: 1 } }]);
  assert.deepEqual([...document.keys()].sort(), [B, C]);
  assert.deepEqual([...document.entries()].map(([key, element]) => [key, element.x]).sort(), [
    [B, 1],
    [C, 0],
  ]);
  assert.equal(document.size, 2);
  assert.equal(document.has(A), false);
});

test("a clear by somebody else leaves what is pending and new", () => {
  const { document } = board({ [A]: stroke() });
  document.propose([put(B), { op: "set", key: A, props: { x: 3 } }]);
  document.confirm(tx(1, [{ op: "clear" }]));
  assert.deepEqual([...document.keys()], [B]);
  assert.equal(document.size, 1);
});

test("a listener that has stopped hears nothing", () => {
  const { document } = board();
  let heard = 0;
  const stop = document.subscribe(() => heard++);
  stop();
  document.propose([put(A)]);
  assert.equal(heard, 0);
});

test("confirming an append asks for the keys it touches only, however large the board", () => {
  /** @type {Record<string, any>} */
  const elements = {};
  for (let i = 0; i < 10_000; i++) elements[`element${i}`] = stroke();
  const { document } = board(elements);
  document.propose([put(A)]);
  document.keys = () => assert.fail("no walk over all elements");
  document.confirm(tx(1, [put(B)]));
  assert.equal(document.size, 10_002);
});
