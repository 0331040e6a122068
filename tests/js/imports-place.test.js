// What was read comes to the board as one step, all of it or nothing; our own file loses nothing.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { encodePoints } from "../../static/board/core/points.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { Editor } from "../../static/board/editor.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { Sheet } from "../../static/board/elements/sheet.js";
import { readBoard } from "../../static/board/exchange/board-reading.js";
import { readChanges } from "../../static/board/exchange/changes-reading.js";
import { ReadError } from "../../static/board/exchange/format.js";
import { Gathering } from "../../static/board/exchange/gathering.js";
import { opened } from "../../static/board/exchange/opening.js";
import { place } from "../../static/board/exchange/place.js";
import { fileOf } from "../../static/board/sync/offline/file.js";
import { Select } from "../../static/board/tools/select.js";

/** @typedef {Record<string, any>} Loose */

const BOX = { kind: "rectangle", x: 0, y: 0, w: 100, h: 60, color: "black", width: 2 };
const MIDDLE = { x: 500, y: 500 };

/** @param {number} [schema] */
function board(schema = 4) {
  const document = new Document();
  const sheet = new Sheet(document);
  const spatial = new SpatialIndex();
  keepPlaced(sheet, spatial);
  /** @type {any[]} */
  const sent = [];
  const editor = new Editor({
    document: sheet,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: (transactions) => sent.push(...transactions), schema },
    live: /** @type {any} */ ({ selection() {}, transform() {}, draft() {} }),
  });
  editor.register(new Select(editor));
  document.load({ epoch: "e".repeat(22), clock: 0, elements: {} });
  editor.setTool("select");
  return { editor, document, sheet, sent };
}

/** @param {(gathering: Gathering) => void} fill */
function gathered(fill) {
  const gathering = new Gathering();
  fill(gathering);
  return gathering.taken();
}

const noUpload = () => assert.fail("nothing to be sent");

test("elements get new names everywhere, and come with their middle where it should be", async () => {
  const { editor, sheet, sent } = board();
  const points = encodePoints(
    [
      { x: 0, y: 0, pressure: 1 },
      { x: 10, y: 0, pressure: 1 },
    ],
    2,
    false,
  );
  const taken = gathered((gathering) => {
    gathering.put("frame", { ...BOX, kind: "frame", w: 400, h: 300 });
    gathering.put("a", { ...BOX, frame: "frame", group: "g/h", link: "#element=b" });
    gathering.put("b", { ...BOX, x: 300, group: "g" });
    gathering.put("line", {
      kind: "arrow",
      x: 0,
      y: 0,
      points,
      color: "red",
      width: 1,
      from: "a",
      to: "b@0,0.5",
      frame: "gone",
    });
  });
  const placed = await place(editor, taken, { middle: MIDDLE, upload: noUpload });
  assert.deepEqual(placed, { elements: 4, pages: 0, left: [] });
  const entries = [...sheet.document.entries()];
  const [frame, a, b, line] = entries.map(([key]) => key);
  const [, first = {}, , arrow = {}] = entries.map(([, element]) => /** @type {Loose} */ (element));
  assert.equal(first.frame, frame);
  assert.equal(first.link, `#element=${b}`);
  assert.deepEqual([arrow.from, arrow.to, arrow.frame], [a, `${b}@0,0.5`, undefined]);
  assert.equal(first.group.split("/")[0], entries[2]?.[1].group);
  const bounds = editor.boundsOf([String(frame), String(line)]);
  assert(bounds && Math.abs((bounds.minX + bounds.maxX) / 2 - 500) < 3);
  assert.equal(editor.selection.size, 4);
  assert.equal(sent.length, 1);
  const orders = entries.map(([, element]) => String(element.z));
  assert.deepEqual(orders, [...orders].sort(), "in the order of painting");
});

test("however many transactions it takes, undo takes all of it back in one step", async () => {
  const { editor, document, sent } = board();
  const taken = gathered((gathering) => {
    for (let i = 0; i < 2500; i++) gathering.put(`k${i}`, { ...BOX, x: i });
  });
  const { elements } = await place(editor, taken, { middle: null, upload: noUpload });
  assert.deepEqual([elements, document.size, sent.length > 2], [2500, 2500, true]);
  editor.undo();
  assert.equal(document.size, 0);
  editor.redo();
  assert.equal(document.size, 2500);
});

test("several pages become pages behind the one in sight", async () => {
  const { editor, sheet } = board();
  const taken = gathered((gathering) => {
    gathering.turn({ key: "p1", name: "One", w: 595, h: 842 });
    gathering.put("a", { ...BOX, locked: true });
    gathering.put("b", { ...BOX, link: "#page=p2" });
    gathering.turn({ key: "p2", name: "Two" });
    gathering.put("c", BOX);
  });
  const placed = await place(editor, taken, { middle: MIDDLE, upload: noUpload });
  assert.deepEqual([placed.elements, placed.pages], [3, 2]);
  const pages = sheet.pages();
  assert.deepEqual(
    pages.map(([, { name, w }]) => [name, w]),
    [
      [undefined, undefined],
      ["One", 595],
      ["Two", undefined],
    ],
  );
  assert.equal(sheet.page, pages[1]?.[0], "the first of them is in sight");
  const [[, b = {}] = []] = [...sheet.entries()].filter(([, element]) => element.link);
  assert.deepEqual([b.x, b.link], [0, `#page=${pages[2]?.[0]}`]);
  assert.equal(editor.selection.size, 1, "what is locked isn't selected");
  editor.undo();
  assert.equal(sheet.document.size, 0);
});

test("pictures are sent before anything is on the board, each once and only those in use", async () => {
  const { editor, document } = board();
  const taken = gathered((gathering) => {
    for (const id of ["one", "pdf", "spare"]) gathering.assets.set(id, new Blob([id]));
    gathering.put("a", { ...BOX, kind: "image", asset: "one", source: "pdf#3" });
    gathering.put("b", { ...BOX, kind: "image", asset: "one" });
  });
  /** @type {string[]} */
  const sent = [];
  const upload = async (/** @type {Blob} */ blob) => {
    assert.equal(document.size, 0);
    sent.push(await blob.text());
    return `asset${String(sent.length).padStart(17, "0")}`;
  };
  await place(editor, taken, { middle: null, upload });
  assert.deepEqual(sent, ["one", "pdf"]);
  const [first = {}] = [...document.entries()].map(([, element]) => element);
  assert.deepEqual(
    [first.asset, first.source],
    ["asset00000000000000001", "asset00000000000000002#3"],
  );
});

test("nothing is on the board where a picture is refused, or where it is given up", async () => {
  const { editor, document } = board();
  const taken = gathered((gathering) => {
    gathering.assets.set("one", new Blob(["x"]));
    gathering.put("a", BOX);
    gathering.put("b", { ...BOX, kind: "image", asset: "one" });
  });
  const upload = () => Promise.reject(new ReadError("This board has no room."));
  await assert.rejects(place(editor, taken, { middle: null, upload }), {
    message: "This board has no room.",
  });
  const told = () => {
    throw new Error("given up");
  };
  await assert.rejects(place(editor, taken, { middle: null, upload, told }), {
    message: "given up",
  });
  assert.deepEqual([document.size, editor.history.canUndo], [0, false]);
});

test("what no server would take is counted, and never sent", async () => {
  const { editor, document } = board();
  const taken = gathered((gathering) => {
    gathering.put("good", BOX);
    gathering.put("far", { ...BOX, x: 2e6 });
    gathering.put("odd", { ...BOX, color: "url(x)" });
    gathering.put("page", { kind: "page" });
    gathering.put("without", { ...BOX, kind: "image", asset: "gone" });
    gathering.put("__proto__", { ...BOX, kind: "ellipse" });
  });
  const { elements, left } = await place(editor, taken, { middle: MIDDLE, upload: noUpload });
  assert.deepEqual(
    [elements, left],
    [2, [{ what: "Elements that can't be on this board", count: 4 }]],
  );
  assert.equal(document.size, 2);
});

test("an older server gets only what it knows", async () => {
  const { editor, document } = board(2);
  const taken = gathered((gathering) => {
    gathering.put("a", BOX);
    gathering.put("b", { ...BOX, link: "https://example.org/" });
  });
  const { elements } = await place(editor, taken, { middle: null, upload: noUpload });
  assert.deepEqual([elements, document.size], [1, 1]);
});

test("our own file comes back as it was", async () => {
  const { editor, sheet } = board();
  const elements = {
    bbbbbbbb: { ...BOX, z: "a1", text: "two", page: "pagepage" },
    aaaaaaaa: { ...BOX, z: "a2", author: 7, from: "bbbbbbbb", kind: "arrow", points: "AAAAAA" },
    cccccccc: { ...BOX, z: "a0", kind: "image", asset: "a".repeat(22), alt: "a dot" },
  };
  const pages = { pagepage: { kind: "page", z: "b0", name: "Second", w: 800, h: 600 } };
  const assets = { ["a".repeat(22)]: { media: "image/png", data: "iVBORw0KGgo=" } };
  const text = JSON.stringify({
    format: "whiteboard",
    version: 1,
    title: "T",
    pages,
    elements,
    assets,
  });
  const taken = readBoard(text);
  assert.deepEqual(
    taken.pages.map(({ name, w, elements: each }) => [name, w, each.length]),
    [
      [undefined, undefined, 2],
      ["Second", 800, 1],
    ],
  );
  assert.deepEqual(
    [...taken.assets].map(([, { type, size }]) => [type, size]),
    [["image/png", 8]],
  );
  await place(editor, taken, { middle: null, upload: async () => "b".repeat(22) });
  const [picture] = [...sheet.entries()].map(([, { z: _, page: __, ...rest }]) => rest);
  assert.deepEqual(picture, { ...BOX, kind: "image", asset: "b".repeat(22), alt: "a dot" });
});

test("changes that the server had refused come back from the file that they were saved as", async () => {
  const { editor, sheet } = board();
  /** @type {import("../../static/board/protocol").Change[]} */
  const changes = [
    { op: "put", key: "aaaaaaaa", element: { ...BOX, z: "a1", text: "mine" } },
    { op: "put", key: "bbbbbbbb", element: { ...BOX, z: "a0" } },
    { op: "set", key: "aaaaaaaa", props: { x: 40 } },
    { op: "set", key: "another1", props: { x: 40 } },
    { op: "remove", key: "bbbbbbbb" },
  ];
  const row = { id: "I".repeat(22), at: 0, changes };
  const text = fileOf({
    board: "B",
    title: "T",
    unsaved: [{ code: "frozen", row: /** @type {any} */ (row) }],
  });
  const taken = readChanges(text);
  assert.deepEqual(
    taken.left.map(({ count }) => count),
    [1],
  );
  await place(editor, taken, { middle: null, upload: noUpload });
  const texts = [...sheet.entries()].map(([, element]) => element.text);
  assert.deepEqual(texts, ["mine"]);
});

test("a damaged file of changes is read as far as it can be", () => {
  const changes = [
    null,
    { op: "put", key: "", element: BOX },
    { op: "put", key: "aaaaaaaa", element: 5 },
    { op: "put", key: "__proto__", element: BOX },
    { op: "set", key: "__proto__", props: null },
    { op: "split", key: "__proto__", into: [{ key: "cccccccc" }] },
  ];
  const transactions = [{ changes }, { changes: 7 }, 8];
  const text = JSON.stringify({ format: "whiteboard-changes", version: 1, transactions });
  const taken = readChanges(text);
  assert.deepEqual(
    [taken.pages.map(({ elements }) => elements.length), taken.left.map(({ count }) => count)],
    [[1], [5]],
  );
});

test("files of newer versions, and of other programs, are refused in words", () => {
  const newer = JSON.stringify({ format: "whiteboard", version: 2, elements: {} });
  assert.throws(() => readBoard(newer), /newer version/);
  assert.throws(() => readBoard("{}"), /isn't a file of a whiteboard/);
  assert.throws(() => readBoard("{"), /damaged/);
});

test("an empty file is called empty, and one of another kind is not", async () => {
  const empty = opened(new File([], "lesson.board.json"), () => {});
  await assert.rejects(empty, { name: "Error", message: "This file is empty." });
  const other = opened(new File(["words"], "words.txt"), () => {});
  await assert.rejects(other, /of a kind that can't be opened/);
});
