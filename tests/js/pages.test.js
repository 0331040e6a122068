// Pages of a board: order, copies, what goes and what stays, and which one is in sight.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { isElement } from "../../static/board/core/schema.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { destinationOf, linkFrom, linkTo, placeIn } from "../../static/board/editor/links.js";
import {
  addPage,
  duplicatePage,
  elementsOn,
  hiddenPages,
  hidePage,
  mayRemove,
  movePage,
  neighbourOf,
  pagesOf,
  removePage,
  renamePage,
} from "../../static/board/editor/pages.js";
import { PageTurner } from "../../static/board/editor/pages-turning.js";
import { Editor } from "../../static/board/editor.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { FIRST_PAGE, Sheet } from "../../static/board/elements/sheet.js";
import { LivePeople } from "../../static/board/sync/people.js";
import { findText } from "../../static/board/ui/find.js";
import { looksIn, withLooks } from "../../static/board/ui/pages-looks.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */
/** @typedef {import("../../static/board/core/document.js").Transaction} Transaction */

const TWO = "page-two";

/** @param {number} x @param {Record<string, string | number>} [more] @returns {Element} */
function box(x, more = {}) {
  return { kind: "rectangle", x, y: 0, w: 40, h: 40, z: "a1", color: "black", width: 2, ...more };
}

/** @param {Record<string, Element>} [elements] @param {ReadonlySet<any>} [may] */
function opened(elements = {}, may) {
  const document = new Document();
  document.load({
    epoch: "e",
    clock: 0,
    elements: {
      "element-1": box(0, { text: "Apple" }),
      "element-2": box(500, { page: TWO, text: "Pear apple" }),
      [TWO]: { kind: "page", z: "a1", name: "Two" },
      ...elements,
    },
  });
  const sheet = new Sheet(document);
  const spatial = new SpatialIndex();
  keepPlaced(sheet, spatial);
  /** @type {Transaction[]} */
  const sent = [];
  const editor = new Editor({
    document: sheet,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: (some) => sent.push(...some), schema: 4, may: may ?? null },
    live: /** @type {any} */ ({ selection() {}, transform() {}, draft() {} }),
  });
  editor.camera.resize(1000, 700);
  const turner = new PageTurner(editor);
  editor.pages = turner;
  return { document, sheet, editor, turner, sent };
}

/** @param {Sheet} sheet */
const names = (sheet) => pagesOf(sheet).map(({ name }) => name);

test("a new page comes behind the one in sight, and pages go where they are moved", () => {
  const { editor, sheet, sent } = opened();
  addPage(editor, FIRST_PAGE, { name: "New" });
  assert.deepEqual(names(sheet), ["", "New", "Two"]);
  movePage(editor, TWO, 0);
  assert.deepEqual(names(sheet), ["Two", "", "New"]);
  movePage(editor, FIRST_PAGE, 2);
  assert.deepEqual(names(sheet), ["Two", "New", ""]);
  renamePage(editor, FIRST_PAGE, "  One ");
  assert.deepEqual(names(sheet), ["Two", "New", "One"]);
  for (const { changes } of sent)
    for (const change of changes) if (change.op === "put") assert.ok(isElement(change.element));
  while (editor.history.canUndo) editor.undo();
  assert.deepEqual(names(sheet), ["", "Two"]);
});

test("a copy of a page has copies of all that is on it, which name each other", () => {
  const { editor, sheet } = opened({
    "frame-01": { kind: "frame", x: 0, y: 0, w: 90, h: 90, z: "a0", page: TWO },
    "inside-1": box(10, { page: TWO, frame: "frame-01", group: "group-one" }),
    "linked-1": box(20, { page: TWO, from: "inside-1@0.5,1", group: "group-one" }),
  });
  const key = duplicatePage(editor, TWO, "Two (copy)");
  assert.deepEqual(names(sheet), ["", "Two", "Two (copy)"]);
  const copies = new Map(elementsOn(sheet, key));
  assert.equal(copies.size, 4);
  const inside = [...copies].find(([, one]) => one.frame);
  const linked = [...copies.values()].find((one) => one.from);
  assert.equal(copies.get(String(inside?.[1].frame))?.kind, "frame");
  assert.equal(linked?.from, `${inside?.[0]}@0.5,1`);
  assert.equal(linked?.group, inside?.[1].group);
  assert.notEqual(linked?.group, "group-one");
  editor.undo();
  assert.equal(elementsOn(sheet, key).length, 0);
});

test("a page goes with all that is on it, in one step; the first is hidden, and one always stays", async () => {
  const { editor, sheet, turner } = opened();
  assert.equal(removePage(editor, FIRST_PAGE), true);
  assert.deepEqual(names(sheet), ["Two"]);
  assert.equal(elementsOn(sheet, FIRST_PAGE).length, 0);
  await null;
  assert.equal(sheet.page, TWO);
  assert.equal(mayRemove(editor, TWO), false);
  assert.equal(removePage(editor, TWO), false);
  editor.undo();
  assert.deepEqual(names(sheet), ["", "Two"]);
  assert.equal(sheet.page, FIRST_PAGE);
  assert.equal(turner.place, 0);
});

test("a large page goes in as many transactions as it takes, and comes back by one undo", () => {
  const many = Object.fromEntries(
    Array.from({ length: 2500 }, (_, i) => [`element-${10_000 + i}`, box(i, { page: TWO })]),
  );
  const { editor, sheet, sent } = opened(many);
  removePage(editor, TWO);
  assert.ok(sent.length > 2);
  editor.undo();
  assert.equal(elementsOn(sheet, TWO).length, 2501);
});

test("whoever may not change what others have locked can't delete it with its page", () => {
  const { editor, document } = opened(
    { "element-3": { ...box(0, { page: TWO, author: 2 }), locked: true } },
    new Set(),
  );
  document.author = 1;
  assert.equal(mayRemove(editor, TWO), false);
});

test("a page that is deleted while one is on it leaves one on its neighbour, and says so", async () => {
  const { document, sheet, turner } = opened();
  let told = 0;
  turner.onGone = () => told++;
  turner.turnTo(TWO);
  const changes = /** @type {const} */ ([{ op: "remove", key: TWO }]);
  document.confirm({ id: "t".repeat(22), clock: 1, author: 2, at: 0, changes: [...changes] });
  await null;
  assert.equal(sheet.page, FIRST_PAGE);
  assert.equal(told, 1);
});

test("each page has its own view, and a sheet of a given size is seen whole at first", () => {
  const { editor, turner } = opened({ "page-three": { kind: "page", z: "a2", w: 2000, h: 1000 } });
  editor.camera.lookAt({ x: 77, y: 7 }, 2);
  turner.turnTo("page-three");
  assert.ok(editor.camera.viewBounds().maxX >= 2000);
  assert.deepEqual(turner.boundsOfSheet(), { minX: 0, minY: 0, maxX: 2000, maxY: 1000 });
  turner.turnBy(-1);
  assert.ok(editor.camera.viewBounds().maxX > 500);
  turner.turnBy(-1);
  assert.deepEqual([editor.camera.middle.x, editor.camera.zoom], [77, 2]);
  turner.turnBy(-1);
  assert.equal(turner.place, 0);
});

test("what is undone on another page is seen there", () => {
  const { editor, sheet, turner } = opened();
  editor.setOf(["element-1"], "move", () => ({ x: 9 }));
  turner.turnTo(TWO);
  editor.undo();
  assert.equal(sheet.page, FIRST_PAGE);
  turner.turnTo(TWO);
  editor.redo();
  assert.equal(sheet.page, FIRST_PAGE);
});

test("hidden pages aren't listed, and are found again while something is on them", () => {
  const { editor, sheet } = opened();
  hidePage(editor, TWO, true);
  assert.deepEqual([names(sheet), hiddenPages(sheet)], [[""], [TWO]]);
  hidePage(editor, FIRST_PAGE, true);
  assert.deepEqual(names(sheet), [""]);
  hidePage(editor, TWO, false);
  assert.deepEqual(names(sheet), ["", "Two"]);
});

test("the neighbour is the page before, or the next one where there is none", () => {
  const pages = ["a", "b", "c"].map((key, i) => ({ key, element: {}, name: "", number: i + 1 }));
  const without = (/** @type {string} */ gone) => pages.filter(({ key }) => key !== gone);
  assert.equal(neighbourOf(pages, without("b"), "b"), "a");
  assert.equal(neighbourOf(pages, without("a"), "a"), "b");
  assert.equal(neighbourOf(pages, without("c"), "c"), "b");
});

test("text is found on all pages, in their order", () => {
  const { sheet } = opened({
    "frame-01": { kind: "frame", x: 0, y: 0, w: 9, h: 9, z: "a0", page: TWO, name: "Apples" },
  });
  assert.deepEqual(findText(sheet, "apple"), ["element-1", "frame-01", "element-2"]);
});

test("links lead out of the board or to a place on it, and nowhere else", () => {
  const board = "https://board.test/boards/1/";
  assert.deepEqual(placeIn("#page=page-two"), { type: "page", page: TWO });
  assert.deepEqual(placeIn("#element=element-1"), { type: "element", key: "element-1" });
  for (const wrong of ["#page=", "#page=<b>", "#view=1,2,3", "#view=1,2,-3,4", "#other=element-1"])
    assert.equal(placeIn(wrong), null);
  const view = placeIn("#view=-10,20.5,300,200@page-two");
  assert.ok(view);
  assert.equal(linkTo(view), "#view=-10,20.5,300,200@page-two");
  for (const wrong of ["javascript:alert(1)", "data:text/html,x", "file:///etc", "", "nothing"])
    assert.equal(destinationOf(wrong), null);
  assert.equal(linkFrom("example.org/a b", board), "https://example.org/a%20b");
  assert.equal(linkFrom("ann@example.org", board), "mailto:ann@example.org");
  assert.equal(linkFrom(`${board}#page=page-two`, board), "#page=page-two");
  assert.equal(linkFrom("javascript:alert(1)", board), null);
  const away = destinationOf("https://example.org/x");
  assert.equal(away?.type === "away" && away.host, "example.org");
});

test("views of pages are kept by board and read with care", () => {
  const looks = new Map([[TWO, { x: 1, y: 2, zoom: 3 }]]);
  const kept = withLooks(withLooks(null, "1 b", looks), "1 c", new Map());
  assert.deepEqual(looksIn(kept, "1 b"), [[TWO, { x: 1, y: 2, zoom: 3 }]]);
  assert.deepEqual(looksIn(kept, "2 b"), []);
  const bad = { boards: [{ name: "1 b", looks: { [TWO]: { x: "1", y: 2, zoom: 0 } } }, 5] };
  assert.deepEqual(looksIn(bad, "1 b"), []);
});

test("people on another page aren't seen here", () => {
  const document = new Document();
  const people = new Map([[2, { slot: 2, person: 2, name: "Bob", color: "red" }]]);
  const session = /** @type {any} */ ({ document, people, state: "live", subscribe: () => {} });
  const sight = { page: FIRST_PAGE };
  const live = new LivePeople(session, undefined, sight);
  const cursor = /** @type {const} */ ({ type: "cursor", slot: 2, x: 1, y: 2 });
  live.receive([cursor], 0);
  assert.equal(live.cursors().length, 1);
  live.receive([{ type: "page", slot: 2, page: TWO }, cursor], 0);
  live.receive([{ type: "selection", slot: 2, keys: ["element-1"] }], 0);
  assert.deepEqual([live.cursors().length, live.selections().size], [0, 0]);
  sight.page = TWO;
  assert.deepEqual([live.cursors().length, live.selections().size], [1, 1]);
});
