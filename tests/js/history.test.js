// R11: undo and redo, against what others do in the meantime.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { Log } from "./support/log.js";

/** @typedef {import("../../static/board/core/fold.js").Change} Change */

const A = "aaaaaaaa";
const B = "bbbbbbbb";
const C = "cccccccc";
const KEYS = [A, B, C, "dddddddd", "eeeeeeee"];
const ANN = 1;
const BOB = 2;

/** @param {object} [more] */
const stroke = (more = {}) => ({ kind: "stroke", x: 0, y: 0, color: "black", ...more });
/** @param {string} key @param {object} [more] @returns {Change} */
const put = (key, more) => ({ op: "put", key, element: stroke(more) });
/** @param {string} key @param {Record<string, any>} props @returns {Change} */
const set = (key, props) => ({ op: "set", key, props });

/** Ann's document and history, and a board that takes what she sends when it is told to. */
class Desk {
  log = new Log();
  document = new Document();
  /** @type {import("../../static/board/core/document.js").Transaction[]} */
  sent = [];
  #bobs = 0;

  constructor() {
    this.document.author = ANN;
    this.document.load(this.log.document());
    this.history = new History(this.document);
  }

  /** @param {Change[]} changes */
  ann(...changes) {
    this.sent.push(...this.history.commit(changes, { label: "work" }));
  }

  /** Bob's changes reach the board at once, Ann only with deliver(). @param {Change[]} changes */
  bob(...changes) {
    this.log.commit({ id: `bob${++this.#bobs}`, changes }, BOB);
  }

  /** Whether there was anything to undo. */
  undo() {
    const transactions = this.history.undo();
    this.sent.push(...transactions);
    return transactions.length > 0;
  }

  redo() {
    this.sent.push(...this.history.redo());
  }

  /** The board takes what Ann has sent; she hears everything. */
  deliver() {
    for (const transaction of this.sent.splice(0)) this.log.commit(transaction, ANN);
    for (const transaction of this.log.transactions.slice(this.document.clock)) {
      this.document.confirm(structuredClone(transaction));
    }
    assert.equal(this.document.pending.length, 0);
    assert.deepEqual(
      Object.fromEntries(this.document.entries()),
      Object.fromEntries(this.log.elements),
    );
  }

  get elements() {
    return structuredClone(Object.fromEntries([...this.document.entries()].sort()));
  }
}

describe("undo", () => {
  test("of a put removes, redo puts it back with its last properties and author", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.deliver();
    desk.bob(set(A, { color: "red" }));
    desk.deliver();
    desk.undo();
    desk.deliver();
    assert.deepEqual(desk.elements, {});
    desk.redo();
    desk.deliver();
    assert.deepEqual(desk.elements, { [A]: stroke({ color: "red", author: ANN }) });
  });

  test("of removing another's element gives it back to them", () => {
    const desk = new Desk();
    desk.bob(put(A));
    desk.deliver();
    desk.ann({ op: "remove", key: A });
    desk.undo();
    desk.deliver();
    assert.equal(desk.elements[A]?.author, BOB);
  });

  test("returns only properties that are still as one's own change had set them", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.ann(set(A, { x: 5, color: "red" }));
    desk.deliver();
    desk.bob(set(A, { x: 9 }));
    desk.deliver();
    desk.undo();
    desk.deliver();
    assert.deepEqual(desk.elements[A], stroke({ x: 9, color: "black", author: ANN }));
  });

  test("respects an edit that is still on its way here", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.ann(set(A, { x: 5 }));
    desk.deliver();
    desk.bob(set(A, { x: 9 }));
    desk.undo();
    desk.deliver();
    assert.equal(desk.elements[A]?.x, 9);
    desk.redo();
    desk.deliver();
    assert.equal(desk.elements[A]?.x, 9);
  });

  test("brings back what was there when the change was committed, not when it was made", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.deliver();
    desk.bob(set(A, { x: 3 }));
    desk.ann(set(A, { x: 5 }));
    desk.deliver();
    desk.undo();
    desk.deliver();
    assert.equal(desk.elements[A]?.x, 3);
  });

  test("of clear brings back also what had been on its way here", () => {
    const desk = new Desk();
    desk.bob(put(A));
    desk.deliver();
    desk.bob(put(B, { x: 1 }));
    desk.ann({ op: "clear" });
    desk.deliver();
    assert.deepEqual(desk.elements, {});
    desk.undo();
    desk.deliver();
    assert.deepEqual(desk.elements, {
      [A]: stroke({ author: BOB }),
      [B]: stroke({ x: 1, author: BOB }),
    });
  });

  test("R16: of cutting joins the pieces again", () => {
    const desk = new Desk();
    desk.bob(put(A));
    desk.deliver();
    desk.ann({
      op: "split",
      key: A,
      into: [
        { key: B, props: { x: 1 } },
        { key: C, props: { x: 2 } },
      ],
    });
    desk.deliver();
    desk.undo();
    desk.deliver();
    assert.deepEqual(desk.elements, { [A]: stroke({ author: BOB }) });
    desk.redo();
    desk.deliver();
    assert.deepEqual(Object.keys(desk.elements), [B, C]);
  });

  test("passes over what others have changed wholly", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.ann(set(A, { x: 5 }));
    desk.deliver();
    desk.bob(set(A, { x: 9 }));
    desk.deliver();
    desk.undo();
    assert.equal(desk.document.size, 0);
  });

  test("of an absent property takes it away again", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.ann(set(A, { locked: true }));
    desk.undo();
    desk.deliver();
    assert.deepEqual(desk.elements[A], stroke({ author: ANN }));
  });

  test("takes an action of several transactions back as one", () => {
    const desk = new Desk();
    const many = Array.from({ length: 2100 }, (_, i) => put(`element${i}`));
    desk.ann(...many);
    assert.ok(desk.sent.length > 2);
    desk.deliver();
    desk.undo();
    assert.equal(desk.document.size, 0);
    assert.equal(desk.history.canUndo, false);
    desk.redo();
    desk.deliver();
    assert.equal(desk.document.size, 2100);
  });

  test("does not know what was refused", () => {
    const desk = new Desk();
    desk.ann(put(A));
    desk.deliver();
    desk.ann(put(B));
    const [refused] = desk.sent.splice(0);
    desk.document.refuse(refused?.id ?? "");
    assert.deepEqual(Object.keys(desk.elements), [A]);
    desk.undo();
    assert.deepEqual(desk.elements, {});
    assert.equal(desk.history.canUndo, false);
  });

  test("a new action forgets what could be redone; labels name what is next", () => {
    const desk = new Desk();
    let heard = 0;
    desk.history.subscribe(() => heard++);
    desk.ann(put(A));
    assert.equal(desk.history.undoLabel, "work");
    desk.undo();
    assert.equal(desk.history.redoLabel, "work");
    desk.ann(put(B));
    assert.equal(desk.history.canRedo, false);
    assert.equal(heard, 3);
    assert.deepEqual(desk.history.redo(), []);
  });
});

const key = fc.constantFrom(...KEYS);
const props = fc.record(
  {
    x: fc.nat(3),
    y: fc.nat(3),
    color: fc.constantFrom("black", "red"),
    note: fc.constantFrom("n", null),
  },
  { requiredKeys: [] },
);
const wholeProps = fc.record({
  x: fc.nat(3),
  y: fc.nat(3),
  color: fc.constantFrom("black", "red"),
});
/** @type {fc.Arbitrary<Change>} */
const change = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(key, wholeProps).map(([k, p]) => put(k, p)) },
  { weight: 5, arbitrary: fc.tuple(key, props).map(([k, p]) => set(k, p)) },
  { weight: 2, arbitrary: key.map((k) => /** @type {Change} */ ({ op: "remove", key: k })) },
  { weight: 1, arbitrary: fc.constant(/** @type {Change} */ ({ op: "clear" })) },
  {
    weight: 2,
    arbitrary: fc.tuple(key, fc.array(fc.tuple(key, wholeProps), { maxLength: 3 })).map(
      ([k, into]) =>
        /** @type {Change} */ ({
          op: "split",
          key: k,
          into: into.map(([p, w]) => ({ key: p, props: w })),
        }),
    ),
  },
);
const changes = fc.array(change, { minLength: 1, maxLength: 4 });
const act = fc.oneof(
  { weight: 4, arbitrary: changes.map((some) => ({ who: "ann", some })) },
  { weight: 2, arbitrary: changes.map((some) => ({ who: "bob", some })) },
  { weight: 3, arbitrary: fc.constant({ who: "deliver", some: /** @type {Change[]} */ ([]) }) },
  { weight: 1, arbitrary: fc.constant({ who: "undo", some: /** @type {Change[]} */ ([]) }) },
);

/** @param {Desk} desk @param {{who: string, some: Change[]}[]} acts */
function play(desk, acts) {
  for (const { who, some } of acts) {
    if (who === "ann") desk.ann(...some);
    else if (who === "bob") desk.bob(...some);
    else if (who === "undo") desk.undo();
    else desk.deliver();
  }
}

describe("steps that are joined", () => {
  /** @param {Desk} desk @param {string} text @param {string} expected */
  const write = (desk, text, expected) => {
    const change = { ...set(A, { text }), if: { text: expected } };
    desk.sent.push(...desk.history.commit([change], { label: "write", join: "writing" }));
  };

  test("are undone and redone as one, by one change", () => {
    const desk = new Desk();
    desk.ann(put(A, { text: "" }));
    write(desk, "a", "");
    desk.deliver();
    write(desk, "ab", "a");
    write(desk, "abc", "ab");
    desk.deliver();
    desk.undo();
    assert.deepEqual(desk.sent[0]?.changes, [
      { op: "set", key: A, props: { text: "" }, if: { text: "abc" } },
    ]);
    desk.redo();
    desk.deliver();
    assert.equal(desk.elements[A]?.text, "abc");
    desk.undo();
    desk.undo();
    assert.deepEqual(desk.elements, {});
  });

  test("are joined to the last step alone", () => {
    const desk = new Desk();
    desk.ann(put(A, { text: "" }));
    write(desk, "a", "");
    desk.ann(set(A, { color: "red" }));
    write(desk, "ab", "a");
    desk.undo();
    assert.equal(desk.elements[A]?.text, "a");
    assert.equal(desk.elements[A]?.color, "red");
  });

  test("leave alone what another has written since", () => {
    const desk = new Desk();
    desk.ann(put(A, { text: "" }));
    write(desk, "a", "");
    desk.deliver();
    desk.bob(set(A, { text: "a and b" }));
    desk.deliver();
    desk.undo();
    assert.equal(desk.elements[A], undefined);
    assert.equal(desk.history.canRedo, true);
  });
});

describe("R11: k undos and k redos", () => {
  for (const delivered of ["each at once", "all at the end"]) {
    test(`leave the document as it was, delivered ${delivered}`, () => {
      const perhaps = (/** @type {Desk} */ desk) => delivered === "each at once" && desk.deliver();
      fc.assert(
        fc.property(fc.array(act, { maxLength: 25 }), fc.nat(12), (acts, k) => {
          const desk = new Desk();
          play(desk, acts);
          desk.deliver();
          const before = withoutAuthors(desk.elements);
          let undone = 0;
          for (; undone < k && desk.undo(); undone++) perhaps(desk);
          for (; undone > 0; undone--) {
            desk.redo();
            perhaps(desk);
          }
          desk.deliver();
          // The generator's people put elements under each other's keys, as random ones never are; the server
          // knows the author of the last one only.
          assert.deepEqual(withoutAuthors(desk.elements), before);
        }),
        { numRuns: 1500 },
      );
    });
  }

  test("leave authors as they were, where keys are of one's own making", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), fc.nat(12), (acts, k) => {
        const desk = new Desk();
        let fresh = 0;
        const made = (/** @type {Change} */ one) =>
          one.op === "put"
            ? { ...one, key: `fresh${String(++fresh).padStart(3, "0")}` }
            : aimed(one, fresh);
        play(
          desk,
          acts.map(({ who, some }) => ({ who, some: some.map(made) })),
        );
        desk.deliver();
        const before = desk.elements;
        let undone = 0;
        while (undone < k && desk.undo()) undone++;
        while (undone-- > 0) desk.redo();
        desk.deliver();
        assert.deepEqual(desk.elements, before);
      }),
      { numRuns: 1000 },
    );
  });

  test("with others' edits among them never touch what others set", () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 20 }),
        fc.nat(6),
        key,
        fc.nat(3),
        (acts, k, where, x) => {
          const desk = new Desk();
          play(desk, acts);
          desk.deliver();
          for (let i = 0; i < k; i++) desk.undo();
          desk.deliver();
          const living = desk.document.has(where);
          desk.bob(set(where, { x: 100 + x }));
          const since = desk.log.clock;
          desk.deliver();
          for (let i = 0; i < k; i++) desk.redo();
          desk.deliver();
          const later = desk.log.transactions.slice(since).flatMap((one) => one.changes);
          const madeAnew = later.some((one) => one.op === "put" && one.key === where);
          const after = desk.elements[where];
          if (living && after && !madeAnew) assert.equal(after.x, 100 + x);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The change, meant for one of the elements made so far; its pieces under keys of their own. @param {Change} one @param {number} made @returns {Change} */
function aimed(one, made) {
  if (!("key" in one)) return one;
  const key = `fresh${String((KEYS.indexOf(one.key) % Math.max(1, made)) + 1).padStart(3, "0")}`;
  if (one.op !== "split") return { ...one, key };
  return {
    ...one,
    key,
    into: one.into.map(({ props: some }, i) => ({ key: `piece-${made}-${key}-${i}`, props: some })),
  };
}

/** @param {Record<string, any>} elements */
function withoutAuthors(elements) {
  return Object.fromEntries(
    Object.entries(elements).map(([key, { author: _, ...rest }]) => [key, rest]),
  );
}
