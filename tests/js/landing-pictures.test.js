// A picture that the server has becomes an element, and is kept on the device until the server has that too (R2, F8).

import "../../static/board/elements/others.js";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Landing } from "../../static/board/ui/images-landing.js";
import { takeBackCommand } from "../../static/board/ui/images-takeback.js";
import { desk, rectangle } from "./support/desk.js";

const ASSET = "a".repeat(22);
const CELL = { x: 0, y: 0, w: 40, h: 30 };

/** @param {string} key @param {object} [more] @returns {any} */
function guest(key, more = {}) {
  return { key, batch: "batch", name: key, page: undefined, box: CELL, ...more };
}

function harbour() {
  const { editor, document, sent } = desk();
  /** @type {Map<string, any>} */
  const disk = new Map();
  /** @type {any[]} */
  const guests = [];
  const without = (/** @type {any} */ one) => void guests.splice(guests.indexOf(one), 1);
  /** @type {any} */
  const bringing = {
    guests,
    latest: "batch",
    /** @type {[any, string][]} */
    back: [],
    subscribe: () => () => {},
    leave: without,
    remove: without,
    restore: async (/** @type {any[]} */ found) =>
      void bringing.back.push(...found.map(({ row }) => [row.key, row.why])),
    comeBack: (/** @type {any} */ one, /** @type {string} */ why) => bringing.back.push([one, why]),
  };
  const waiting = {
    isPut: async (/** @type {string} */ key, /** @type {any} */ put) => void disk.set(key, put),
    mark: async (/** @type {{key: string}} */ { key }, /** @type {string | null} */ why) =>
      void disk.set(key, why),
    drop: async (/** @type {string} */ key) => void disk.delete(key),
  };
  const landing = new Landing({ editor, board: document, bringing, waiting });
  let clock = 0;
  return {
    ...{ editor, document, sent, disk, bringing, landing },
    command: takeBackCommand({ bringing, editor, landing }),
    /** @param {{id: string, changes: readonly any[]}} transaction */
    confirm: ({ id, changes }) =>
      document.confirm({ clock: ++clock, id, author: 7, at: 0, changes: [...changes] }),
    /** @param {...any} some */
    bring(...some) {
      guests.push(...some);
    },
  };
}

describe("landing", () => {
  test("its transaction is written down, and all of it forgotten with the receipt", () => {
    const { landing, document, disk, confirm } = harbour();
    const one = guest("picture-1");
    assert.ok(landing.put(one, ASSET));
    const [pending] = document.pending;
    assert.ok(pending);
    assert.equal(disk.get("picture-1").id, pending.id);
    assert.equal(disk.get("picture-1").element.asset, ASSET);
    confirm(pending);
    assert.equal(disk.size, 0);
    assert.equal(document.get("picture-1")?.kind, "image");
  });

  test("one that replaces another takes its place, as one step, and is forgotten with the receipt", () => {
    const { landing, document, disk, confirm, editor } = harbour();
    const old = { kind: "image", ...CELL, z: "a0", asset: "b".repeat(22), alt: "Old" };
    document.propose([{ op: "put", key: "picture-1", element: Object.freeze(old) }]);
    for (const one of [...document.pending]) confirm(one);
    disk.set("guest-0001", null);
    const read = { width: 400, height: 100 };
    assert.ok(landing.put(guest("guest-0001", { replaces: "picture-1", read }), ASSET));
    const { asset, alt, w, h, y } = document.get("picture-1") ?? {};
    assert.deepEqual([asset, alt, w, h, y], [ASSET, undefined, 40, 10, 10]);
    assert.ok(disk.has("guest-0001"));
    for (const one of [...document.pending]) confirm(one);
    assert.equal(disk.size, 0);
    editor.undo();
    assert.equal(document.get("picture-1")?.asset, "b".repeat(22));
  });

  test("where the picture that it replaces has gone it comes as one of its own; refused, it keeps its place", () => {
    const { landing, document, bringing } = harbour();
    const read = { width: 400, height: 100 };
    landing.put(guest("guest-0001", { replaces: "gone-00001", read }), ASSET);
    assert.equal(document.get("guest-0001")?.asset, ASSET);
    const other = guest("guest-0002", { replaces: "guest-0001", read });
    landing.put(other, "c".repeat(22));
    document.refuse(String(document.pending.at(-1)?.id));
    assert.equal(document.get("guest-0001")?.asset, ASSET);
    assert.deepEqual(bringing.back, [[other, "not_allowed"]]);
  });

  test("what an earlier page had put goes again by the same id; what is there needs nothing", () => {
    const { landing, document, disk, confirm } = harbour();
    const put = { id: "t".repeat(22), element: { kind: "image", ...CELL, z: "a0", asset: ASSET } };
    document.propose([{ op: "put", key: "there-0001", element: rectangle(0, 0) }]);
    for (const key of ["picture-1", "there-0001", "picture-2"]) disk.set(key, null);
    const row = (/** @type {string} */ key, /** @type {any} */ was = null) =>
      /** @type {any} */ ({ row: { key, put: was }, bytes: new Blob() });
    const left = landing.restore([row("picture-1", put), row("there-0001"), row("picture-2")]);
    assert.deepEqual(
      left.map(({ row: { key } }) => key),
      ["picture-2"],
    );
    assert.ok(document.pending.some(({ id }) => id === put.id));
    assert.ok(!disk.has("there-0001"));
    for (const one of [...document.pending]) confirm(one);
    assert.ok(!disk.has("picture-1"));
    assert.equal(document.get("picture-1")?.asset, ASSET);
  });

  test("refused after all, or where nobody may draw any more, it keeps its place and says why", () => {
    const { landing, document, bringing, editor } = harbour();
    const one = guest("picture-1");
    landing.put(one, ASSET);
    const id = String(document.pending[0]?.id);
    assert.ok(!landing.isBack(id));
    document.refuse(id);
    assert.deepEqual(bringing.back, [[one, "not_allowed"]]);
    assert.ok(landing.isBack(id));
    editor.readOnly = true;
    assert.ok(!landing.put(one, ASSET));
    assert.equal(bringing.back.length, 2);
    assert.equal(document.pending.length, 0);
  });

  test("one that an earlier page had put is back at its place too once it is refused", () => {
    const { landing, document, bringing, disk } = harbour();
    const put = { id: "t".repeat(22), element: { kind: "image", ...CELL, z: "a0", asset: ASSET } };
    const row = /** @type {any} */ ({ key: "picture-1", put });
    assert.deepEqual(landing.restore([{ row, bytes: new Blob() }]), []);
    document.refuse(put.id);
    assert.deepEqual(bringing.back, [["picture-1", "not_allowed"]]);
    assert.equal(disk.get("picture-1"), "not_allowed");
    assert.ok(landing.isBack(put.id));
  });

  test("it comes to the page that it was brought to, though another one is in sight", () => {
    const { landing, document, editor } = harbour();
    landing.put(guest("picture-1", { page: "page-00002" }), ASSET);
    assert.equal(document.get("picture-1")?.page, "page-00002");
    assert.equal(editor.selection.size, 0);
  });
});

describe("undo while pictures are on their way", () => {
  test("gives up those of the last bringing, also the ones that are there", () => {
    const { landing, document, bringing, command, bring } = harbour();
    const [one, two] = [guest("picture-1"), guest("picture-2")];
    bring(guest("earlier-1", { batch: "earlier" }), one, two);
    landing.put(one, ASSET);
    assert.ok(document.has("picture-1"));
    assert.ok(command.enabled());
    command.run();
    assert.deepEqual(
      bringing.guests.map((/** @type {any} */ { key }) => key),
      ["earlier-1"],
    );
    assert.ok(!document.has("picture-1"));
    assert.ok(!command.enabled());
  });

  test("means what was done since, where something was", () => {
    const { editor, command, bring } = harbour();
    bring(guest("picture-1"));
    editor.commit([{ op: "put", key: "stroke-01", element: rectangle(0, 0) }], "draw");
    assert.ok(!command.enabled());
  });
});
