// F8: pictures on their way are on the disk of the device, within a limit, and each is one page's to send.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { transactionWith } from "../../static/board/editor/bringing-transaction.js";
import { openPictures, PictureStore } from "../../static/board/sync/offline/pictures.js";

const HOME = "/";
const ROW = {
  ...{ batch: "batch", name: "photo.png", page: undefined, zoom: 1, size: 0 },
  ...{ cell: { x: 0, y: 0, w: 40, h: 30 }, read: null, why: null, put: null },
};

/** @param {string} tab @param {{board?: string, person?: number, most?: number}} [options] */
function store(tab, options = {}) {
  const open = () => openPictures(HOME);
  return new PictureStore({ open, board: "board", person: 7, tab, ...options });
}

/** @param {string} key @param {number} order */
function row(key, order) {
  return { ...ROW, key, order };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("pictures that wait", () => {
  test("a page takes over what another one left, with its bytes and in its order, once", async () => {
    const gone = store("gone");
    assert.equal(await gone.keep(row("second", 2), new Blob(["two"])), "kept");
    assert.equal(await gone.keep(row("first", 1), new Blob(["one"])), "kept");
    const heirs = [store("heir"), store("other")];
    assert.deepEqual(await heirs[0]?.tabs(), new Set(["gone"]));
    const found = (await Promise.all(heirs.map((heir) => heir.adopt("gone")))).flat();
    assert.deepEqual(
      found.map(({ row: { key } }) => key),
      ["first", "second"],
    );
    assert.equal(await found[1]?.bytes.text(), "two");
    assert.deepEqual(await gone.tabs(), new Set([found[0]?.row ? "heir" : ""]));
  });

  test("nobody sees another's, nor another board's", async () => {
    await store("gone").keep(row("mine", 1), new Blob(["one"]));
    assert.deepEqual(await store("heir", { person: 8 }).adopt("gone"), []);
    assert.deepEqual(await store("heir", { board: "another" }).adopt("gone"), []);
    assert.equal((await store("heir").adopt("gone")).length, 1);
  });

  test("what is known of it changes without its bytes; dropped it is gone, and there is room again", async () => {
    const here = store("here", { most: 5 });
    assert.equal(await here.keep(row("one", 1), new Blob(["1234"])), "kept");
    assert.equal(await here.keep(row("two", 2), new Blob(["56"])), "full");
    // The same one packed anew takes the place of what it was.
    assert.equal(await here.keep(row("one", 1), new Blob(["12345"])), "kept");
    const put = { id: "id", element: Object.freeze({ kind: "image" }) };
    await here.change("one", { why: "quota_board", put });
    const [found] = await store("heir").adopt("here");
    assert.equal(found?.row.why, "quota_board");
    assert.deepEqual(found?.row.put, put);
    assert.equal(await found?.bytes.text(), "12345");
    await here.drop("one");
    assert.deepEqual(await here.tabs(), new Set());
    assert.equal(await here.keep(row("two", 2), new Blob(["56"])), "kept");
  });

  test("where nothing can be kept it says so, and tries again the next time", async () => {
    let fails = true;
    const open = () => (fails ? Promise.reject(new Error("not allowed")) : openPictures(HOME));
    const here = new PictureStore({ open, board: "board", person: 7, tab: "here" });
    assert.equal(await here.keep(row("one", 1), new Blob(["1"])), "failed");
    await here.drop("one");
    fails = false;
    assert.equal(await here.keep(row("one", 1), new Blob(["1"])), "kept");
  });
});

test("the transaction that puts a picture is found by its key, the last one first", () => {
  const put = (/** @type {string} */ id, /** @type {string} */ key) =>
    Object.freeze({
      id,
      changes: [{ op: /** @type {const} */ ("put"), key, element: Object.freeze({ kind: id }) }],
    });
  const pending = [put("a", "one"), put("b", "two"), put("c", "one")];
  assert.deepEqual(transactionWith(pending, "one"), { id: "c", element: { kind: "c" } });
  assert.equal(transactionWith(pending, "three"), null);
});
