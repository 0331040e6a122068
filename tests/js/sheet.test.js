// The page in sight: which elements are on it, and what of them hangs on others.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Document } from "../../static/board/core/document.js";
import { addDerivations } from "../../static/board/elements/derived.js";
import { FIRST_PAGE, Sheet } from "../../static/board/elements/sheet.js";

/** @typedef {import("../../static/board/core/fold.js").Change} Change */

const KEYS = ["element-1", "element-2", "element-3", "element-4"];
const PAGES = [FIRST_PAGE, "other-page", "third-page"];

// An element called `from` another has that one's x.
addDerivations([
  {
    names: ["from"],
    targets: ({ from }) => [String(from)],
    derive: ({ from }, get) => ({ x: Number(get(String(from))?.x ?? -1) }),
  },
]);

function opened() {
  const document = new Document();
  document.load({ epoch: "e", clock: 0, elements: {} });
  return { document, sheet: new Sheet(document) };
}

/** @param {Record<string, string | boolean>} [props] @returns {Change} */
function otherPage(props = {}) {
  return { op: "put", key: "other-page", element: { kind: "page", z: "a1", ...props } };
}

/** @param {string} key @param {Record<string, string | number>} [props] @returns {Change} */
function put(key, props = {}) {
  return { op: "put", key, element: { kind: "rectangle", x: 0, y: 0, z: "a0", ...props } };
}

/** What a sheet made afresh shows. @param {Sheet} sheet */
function afresh(sheet) {
  const other = new Sheet(sheet.document);
  other.turnTo(sheet.page);
  return new Map(other.entries());
}

test("elements are on their own page, and on the first one without a name", () => {
  const { document, sheet } = opened();
  document.propose([
    put("element-1"),
    put("element-2", { page: "other-page" }),
    otherPage({ name: "Two" }),
  ]);
  assert.deepEqual([...sheet.keys()], ["element-1"]);
  assert.equal(sheet.size, 1);
  assert.equal(sheet.get("element-2"), undefined);
  assert.equal(sheet.written("element-2")?.page, "other-page");
  sheet.turnTo("other-page");
  assert.deepEqual([...sheet.keys()], ["element-2"]);
  assert.deepEqual(
    sheet.pages().map(([key]) => key),
    [FIRST_PAGE, "other-page"],
  );
});

test("a page is told of what comes to it and of what leaves it, not of what changes on others", () => {
  const { document, sheet } = opened();
  document.propose([otherPage(), put("element-1"), put("element-2", { page: "other-page" })]);
  /** @type {string[][]} */
  const told = [];
  sheet.subscribe(({ keys }) => told.push([...(keys ?? ["all"])]));
  document.propose([{ op: "set", key: "element-2", props: { x: 3 } }]);
  document.propose([{ op: "set", key: "element-1", props: { page: "other-page" } }]);
  document.propose([{ op: "set", key: "element-1", props: { x: 3 } }]);
  document.propose([{ op: "set", key: "element-1", props: { page: null } }]);
  assert.deepEqual(told, [["element-1"], ["element-1"]]);
  sheet.turnTo("other-page");
  assert.deepEqual(told.at(-1), ["all"]);
});

test("what is on a page that isn't there is on the first one that is listed", () => {
  const { document, sheet } = opened();
  document.propose([put("element-1", { page: "other-page" }), put("element-2")]);
  assert.deepEqual([...sheet.keys()], ["element-1", "element-2"]);
  /** @type {string[][]} */
  const told = [];
  sheet.subscribe(({ keys }) => told.push([...(keys ?? ["all"])].sort()));
  document.propose([otherPage()]);
  assert.deepEqual([...sheet.keys()], ["element-2"]);
  document.propose([{ op: "remove", key: "other-page" }]);
  assert.deepEqual([...sheet.keys()], ["element-1", "element-2"]);
  assert.deepEqual(told, Array(2).fill(["element-1", "other-page"]));
  // Where the first one is hidden, it is on the next.
  document.propose([
    { op: "put", key: FIRST_PAGE, element: { kind: "page", z: "a0", hidden: true } },
    { op: "put", key: "third-page", element: { kind: "page", z: "a2" } },
  ]);
  assert.deepEqual([...sheet.keys()], ["element-2"]);
  sheet.turnTo("third-page");
  assert.deepEqual([...sheet.keys()], ["element-1"]);
  assert.equal(sheet.written("element-1")?.page, "other-page", "nothing was written");
});

test("what goes with its page is never seen on another one", () => {
  const { document, sheet } = opened();
  document.propose([otherPage(), put("element-1", { page: "other-page" })]);
  sheet.subscribe(() => assert.ok(!sheet.has("element-1")));
  const removal = ["element-1", "other-page"].map((key) => ({
    op: /** @type {const} */ ("remove"),
    key,
  }));
  const { id } = document.propose(removal);
  document.refuse(id);
  for (const one of removal) document.propose([one]);
});

test("what hangs on an element changes with it, also by undo and when it goes", () => {
  const { document, sheet } = opened();
  document.propose([put("element-1", { x: 5 }), put("element-2", { from: "element-1" })]);
  assert.equal(sheet.get("element-2")?.x, 5);
  /** @type {string[][]} */
  const told = [];
  sheet.subscribe(({ keys }) => told.push([...(keys ?? [])].sort()));
  const { id } = document.propose([{ op: "set", key: "element-1", props: { x: 9 } }]);
  assert.equal(sheet.get("element-2")?.x, 9);
  document.refuse(id);
  assert.equal(sheet.get("element-2")?.x, 5);
  document.propose([{ op: "remove", key: "element-1" }]);
  assert.equal(sheet.get("element-2")?.x, -1);
  assert.deepEqual(told, Array(3).fill(["element-1", "element-2"]));
  assert.equal(document.get("element-2")?.x, 0, "nothing was written");
});

test("whatever changes come, the sheet is what a new one shows", () => {
  const key = fc.constantFrom(...KEYS);
  const page = fc.constantFrom(null, ...PAGES);
  const change = fc.oneof(
    fc.record({ op: fc.constant("put"), key, from: fc.option(key), page, x: fc.nat(9) }),
    fc.record({ op: fc.constant("set"), key, from: fc.option(key), page, x: fc.nat(9) }),
    fc.record({ op: fc.constant("remove"), key }),
    fc.record({ op: fc.constant("turn"), page: fc.constantFrom(...PAGES) }),
    fc.record({ op: fc.constant("page"), key: fc.constantFrom(...PAGES), hidden: fc.boolean() }),
    fc.record({ op: fc.constant("remove"), key: fc.constantFrom(...PAGES) }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const { document, sheet } = opened();
      for (const one of changes) {
        if (one.op === "turn") sheet.turnTo(String(/** @type {{page: string}} */ (one).page));
        else document.propose([changeOf(one)]);
        assert.deepEqual(new Map(sheet.entries()), afresh(sheet));
        assert.equal(sheet.size, [...sheet.keys()].length);
        assert.deepEqual(
          onAllPages(sheet),
          KEYS.filter((one) => document.has(one)),
        );
      }
    }),
  );
});

/** What is seen on one page or another, each as often as it is. @param {Sheet} sheet */
function onAllPages(sheet) {
  const other = new Sheet(sheet.document);
  const found = sheet.pages().flatMap(([page]) => {
    other.turnTo(page);
    return [...other.keys()];
  });
  other.close();
  return found.sort();
}

/** @param {any} one @returns {Change} */
function changeOf({ op, key, from, page, x, hidden }) {
  if (op === "page") return { op: "put", key, element: { kind: "page", z: "a0", hidden } };
  if (op === "remove") return { op, key };
  if (op === "set") return { op, key, props: { from, page, x } };
  return put(
    key,
    Object.fromEntries(Object.entries({ from, page, x }).filter(([, v]) => v !== null)),
  );
}
