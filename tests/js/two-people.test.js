// Two people on one board at once: frames in each other, moved and deleted while somebody draws in them; pages turned
// and deleted under a hand. In the end both have the same board, and see all that is on it.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keepConnected } from "../../static/board/editor/connecting.js";
import { Framing } from "../../static/board/editor/framing.js";
import { deleteWithContent, frameSelection } from "../../static/board/editor/framing-selection.js";
import { addPage, removePage } from "../../static/board/editor/pages.js";
import { PageTurner } from "../../static/board/editor/pages-turning.js";
import { framesAround } from "../../static/board/elements/framed.js";
import { kindOf } from "../../static/board/elements/index.js";
import { keepPlaced } from "../../static/board/elements/placing.js";
import { Sheet } from "../../static/board/elements/sheet.js";
import { DrawingBoard } from "./support/drawing-board.js";
import { box, nested, THING } from "./support/nested-frames.js";

/** @typedef {import("../../static/board/core/document.js").Transaction} Transaction */

const ELEMENTS = {
  ...nested(),
  "thing-02": box(600, 120, { z: "a4" }),
  "arrow-01": {
    kind: "arrow",
    x: 0,
    y: 0,
    z: "a5",
    color: "black",
    width: 2,
    points: "BgAAAAAA",
    from: THING,
    to: "thing-02",
  },
};

/** @param {number} author */
async function person(author) {
  const desk = new DrawingBoard(/** @type {any} */ (ELEMENTS), 4);
  await desk.whole();
  const { editor } = desk;
  const document = /** @type {import("../../static/board/core/document.js").Document} */ (
    editor.document
  );
  const sheet = new Sheet(document);
  editor.document = sheet;
  editor.spatial.load([]);
  keepPlaced(sheet, editor.spatial);
  editor.framing = new Framing(editor);
  keepConnected(editor);
  const pages = new PageTurner(editor);
  editor.pages = pages;
  let sent = 0;
  let seen = 0;
  return {
    desk,
    editor,
    document,
    sheet,
    pages,
    /** The next of what has been sent. @returns {Transaction[]} */
    next: () => (sent < desk.sent.length ? [/** @type {Transaction} */ (desk.sent[sent++])] : []),
    /** @param {readonly any[]} log @param {number} count */
    hear(log, count) {
      for (; count > 0 && seen < log.length; count--) document.confirm(log[seen++]);
    },
    author,
  };
}

/** @typedef {Awaited<ReturnType<typeof person>>} Person */

const place = fc.tuple(fc.integer({ min: -50, max: 700 }), fc.integer({ min: -50, max: 500 }));
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("press"),
      tool: fc.constantFrom("select", "select", "select", "rectangle", "frame", "pen", "arrow"),
      at: place,
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant("move"), at: place }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("release"), at: place }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant("hear"), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("reach"), count: fc.integer({ min: 1, max: 4 }) }),
  },
  fc.record({
    does: fc.constantFrom(
      "delete",
      "delete all",
      "undo",
      "redo",
      "frame",
      "add page",
      "delete page",
      "turn",
      "grab",
      "cancel",
    ),
  }),
);

/** @param {Person} who @param {any} what */
function act({ desk, editor, sheet, pages }, what) {
  switch (what.does) {
    case "press":
      if (editor.busy) return;
      editor.setTool(what.tool);
      editor.pointerDown(desk.at(what.at[0], what.at[1]));
      return;
    case "move":
      editor.pointerMove(desk.at(what.at[0], what.at[1]));
      return;
    case "release":
      editor.pointerUp(desk.at(what.at[0], what.at[1]));
      return;
    case "grab": {
      // Takes hold of a frame by its line, and pulls.
      const frame = [...sheet.entries()].find(([, { kind }]) => kind === "frame");
      if (editor.busy || !frame) return;
      const [, { x, y, h }] = frame;
      editor.setTool("select");
      editor.pointerDown(desk.at(Number(x), Number(y) + Number(h) / 2));
      editor.pointerMove(desk.at(Number(x) + 90, Number(y) + Number(h) / 2 + 40));
      return;
    }
    case "cancel":
      editor.pointerCancel();
      return;
    case "delete":
      editor.deleteSelection();
      return;
    case "delete all":
      deleteWithContent(editor);
      return;
    case "frame":
      frameSelection(editor, "Around");
      return;
    case "undo":
      editor.undo();
      return;
    case "redo":
      editor.redo();
      return;
    case "add page":
      pages.turnTo(addPage(editor, sheet.page));
      return;
    case "delete page":
      removePage(editor, sheet.page);
      return;
    case "turn":
      pages.turnBy(pages.place > 0 ? -1 : 1);
  }
}

test("whatever two people do to frames and pages at once, both have the same board and see all of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), step), { maxLength: 60 }), async (steps) => {
      const people = [await person(1), await person(2)];
      /** @type {any[]} */
      const log = [];
      const reach = (/** @type {Person} */ who) => {
        for (const transaction of who.next())
          log.push({ ...transaction, author: who.author, at: 0, clock: log.length + 1 });
      };
      for (const [first, what] of steps) {
        const who = /** @type {Person} */ (people[first ? 0 : 1]);
        if (what.does === "hear") who.hear(log, what.count);
        else if (what.does === "reach") for (let i = 0; i < what.count; i++) reach(who);
        else act(who, what);
        await null;
      }
      for (const who of people) {
        who.editor.pointerCancel();
        for (let before = -1; before < log.length; ) {
          before = log.length;
          reach(who);
        }
      }
      for (const who of people) who.hear(log, log.length);
      await null;
      compare(people);
    }),
    { numRuns: 150 },
  );
});

/** @param {Person[]} people */
function compare([ann, bob]) {
  assert.ok(ann && bob);
  assert.equal(ann.document.pending.length, 0);
  const [ours, theirs] = [ann, bob].map(({ document }) => new Map(document.entries()));
  assert.deepEqual(ours, theirs);
  for (const { sheet, document, editor } of [ann, bob]) {
    const fresh = new Sheet(document, sheet.page);
    assert.deepEqual(
      new Map(sheet.entries()),
      new Map(fresh.entries()),
      "as on a page just opened",
    );
    assert.ok(
      sheet.pages().some(([key]) => key === sheet.page),
      "nobody is on a page that is gone",
    );
    const get = (/** @type {string} */ key) => document.get(key);
    for (const [key, element] of sheet.entries()) {
      assert.ok(!framesAround(document.get(key) ?? element, get).includes(key));
      const { minX, maxX, minY, maxY } = kindOf(element).bounds(element);
      assert.ok(
        maxX > minX || maxY > minY || kindOf(element).frame(element).w === 0,
        `${key} is out of sight`,
      );
      assert.ok(editor.spatial.boundsOf(key), `${key} can't be found`);
    }
  }
}
