// Writing a text: others see it grow, two who write at once lose nothing, one undo takes it back.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import fc from "fast-check";
import { Camera } from "../../static/board/core/camera.js";
import { Document } from "../../static/board/core/document.js";
import { History } from "../../static/board/core/history.js";
import { SpatialIndex } from "../../static/board/core/spatial.js";
import { cleanText, WritingSession } from "../../static/board/editor/writing.js";
import { Editor } from "../../static/board/editor.js";
import { Log } from "./support/log.js";
import { settled, VirtualClock } from "./support/virtual-clock.js";

/** @typedef {import("../../static/board/core/document.js").Transaction} Transaction */

const KEY = "aaaaaaaa";
const note = (text = "") => ({ kind: "note", x: 0, y: 0, z: "a0", w: 200, h: 200, text });
const words = (text = "") => ({
  kind: "text",
  x: 0,
  y: 0,
  z: "a0",
  color: "black",
  size: 24,
  text,
});

/** The board's log, and a clock for everybody. */
let log = new Log();
let clock = new VirtualClock();
beforeEach(() => {
  log = new Log();
  clock = new VirtualClock();
});

/** Somebody at a board of their own page. */
class Desk {
  document = new Document();
  history = new History(this.document);
  /** @type {Transaction[]} */
  sent = [];
  /** @type {(string | null)[]} */
  drafts = [];
  /** What the page has been told. @type {string[]} */
  told = [];
  caret = 0;

  /** @param {number} author */
  constructor(author) {
    this.author = author;
    this.document.author = author;
    this.document.load(log.document());
    this.editor = new Editor({
      document: this.document,
      history: this.history,
      camera: new Camera(),
      spatial: new SpatialIndex(),
      session: { submit: (transactions) => this.sent.push(...transactions), schema: 2 },
      live: /** @type {any} */ ({
        selection: () => {},
        draft: (/** @type {string} */ _, /** @type {any} */ element) =>
          this.drafts.push(element?.text ?? null),
      }),
    });
  }

  /** @param {import("../../static/board/core/fold.js").Element} element */
  write(element, isNew = false) {
    const page = {
      onMerged: (/** @type {string} */ text, /** @type {(place: number) => number} */ moved) => {
        this.told.push(text);
        this.caret = moved(this.caret);
      },
      onChange: () => {},
      onGone: () => this.told.push("gone"),
    };
    this.session = new WritingSession({
      editor: this.editor,
      writing: { key: KEY, element: this.document.get(KEY) ?? element, isNew },
      page,
      clock,
    });
    this.session.begin();
    return this.session;
  }

  /** The board takes what has been sent. */
  send() {
    for (const transaction of this.sent.splice(0)) log.commit(transaction, this.author);
  }

  /** Hears everything that the board has taken. */
  async hear() {
    for (const transaction of log.transactions.slice(this.document.clock))
      this.document.confirm(structuredClone(transaction));
    await settled();
  }

  async deliver() {
    this.send();
    await this.hear();
  }

  get text() {
    return this.document.get(KEY)?.text;
  }
}

/** @param {import("../../static/board/core/fold.js").Element} element */
function onBoard(element) {
  log.commit({ id: "first", changes: [{ op: "put", key: KEY, element }] }, 9);
}

describe("a new text", () => {
  test("is a draft until the first pause with words in it", async () => {
    const ann = new Desk(1);
    const session = ann.write(words(), true);
    session.type("h");
    session.type("he");
    assert.deepEqual(ann.drafts, ["", "h", "he"]);
    assert.equal(ann.sent.length, 0);
    await clock.run(600);
    assert.deepEqual(ann.sent[0]?.changes, [{ op: "put", key: KEY, element: words("he") }]);
  });

  test("without a word has never been", () => {
    const ann = new Desk(1);
    const session = ann.write(words(), true);
    session.type("  ");
    session.close();
    assert.equal(ann.sent.length, 0);
    assert.equal(ann.drafts.at(-1), null);
  });

  test("that is written without a pause is seen growing all the same", async () => {
    const ann = new Desk(1);
    const session = ann.write(words(), true);
    for (let i = 1; i <= 20; i++) {
      session.type("x".repeat(i));
      await clock.run(100);
    }
    assert.equal(ann.sent[0]?.changes[0]?.op, "put");
  });

  test("takes the style that is chosen meanwhile", () => {
    const ann = new Desk(1);
    const session = ann.write(words(), true);
    session.type("bold");
    ann.editor.styles.text = { ...ann.editor.styles.text, bold: true, color: "red" };
    ann.editor.setStyle({});
    session.close();
    assert.equal(ann.document.get(KEY)?.color, "red");
    assert.equal(ann.document.get(KEY)?.bold, true);
  });
});

describe("writing", () => {
  test("is one step of undo, however many pauses it had", async () => {
    onBoard(note("was"));
    const ann = new Desk(1);
    const session = ann.write(note());
    for (const text of ["was a", "was ab", "was abc"]) {
      session.type(text);
      await clock.run(600);
      await ann.deliver();
    }
    session.close();
    assert.equal(ann.text, "was abc");
    ann.editor.undo();
    assert.equal(ann.text, "was");
    ann.editor.redo();
    assert.equal(ann.text, "was abc");
  });

  test("of nothing removes a text, but leaves a note", () => {
    onBoard(words("some"));
    const ann = new Desk(1);
    const session = ann.write(words());
    session.type("");
    session.close();
    assert.equal(ann.document.has(KEY), false);
    ann.editor.undo();
    assert.equal(ann.text, "some");
  });

  test("a new note is there at once, and goes with one undo", () => {
    const ann = new Desk(1);
    const session = ann.write(note(), true);
    assert.equal(ann.text, "");
    session.type("milk");
    session.close();
    assert.equal(ann.text, "milk");
    ann.editor.undo();
    assert.equal(ann.document.has(KEY), false);
  });

  test("a shape that loses its text has none", () => {
    const { text: _, ...bare } = { ...note(), kind: "rectangle", color: "black", width: 4 };
    onBoard(bare);
    const ann = new Desk(1);
    const session = ann.write(bare);
    session.type("in it");
    session.flush();
    session.type("");
    session.close();
    assert.equal(Object.hasOwn(ann.document.get(KEY) ?? {}, "text"), false);
  });

  test("ends when somebody removes what is written in", async () => {
    onBoard(note());
    const ann = new Desk(1);
    ann.write(note());
    log.commit({ id: "bob1", changes: [{ op: "remove", key: KEY }] }, 2);
    await ann.hear();
    assert.deepEqual(ann.told, ["gone"]);
  });

  test("that the server refuses isn't sent again and again", async () => {
    onBoard(note("was"));
    const ann = new Desk(1);
    const session = ann.write(note());
    session.type("was bad");
    session.flush();
    ann.document.refuse(ann.sent.splice(0)[0]?.id ?? "");
    await clock.run(5000);
    assert.equal(ann.sent.length, 0);
    session.type("was good");
    await clock.run(600);
    assert.equal(ann.sent.length, 1);
  });

  test("keeps to what the protocol takes", () => {
    assert.equal(cleanText("a\r\nb\rc\u0000\u0007\td"), "a\nb\nc\td");
    assert.equal(cleanText("😀".slice(0, 1)), "\ufffd");
    onBoard(note());
    const ann = new Desk(1);
    const session = ann.write(note());
    session.type("x".repeat(20_000));
    session.close();
    assert.equal(ann.text?.toString().length, 10_000);
  });
});

describe("another's change meanwhile", () => {
  test("is put into what is written, and the caret stays at its letters", async () => {
    onBoard(note("one two"));
    const ann = new Desk(1);
    const session = ann.write(note());
    session.type("one two three");
    ann.caret = 13;
    log.commit(
      { id: "bob1", changes: [{ op: "set", key: KEY, props: { text: "zero one two" } }] },
      2,
    );
    await ann.hear();
    assert.deepEqual(ann.told, ["zero one two three"]);
    assert.equal(ann.caret, 18);
    session.close();
    await ann.deliver();
    assert.equal(log.elements.get(KEY)?.text, "zero one two three");
  });

  test("waits until an input method has composed", async () => {
    onBoard(note("글"));
    const ann = new Desk(1);
    const session = ann.write(note());
    session.setComposing(true);
    session.type("글ㅎ");
    log.commit({ id: "bob1", changes: [{ op: "set", key: KEY, props: { text: "좋은 글" } }] }, 2);
    await ann.hear();
    await clock.run(2000);
    assert.deepEqual(ann.told, []);
    assert.equal(ann.sent.length, 0);
    session.type("글하");
    session.setComposing(false);
    assert.deepEqual(ann.told, ["좋은 글하"]);
  });

  test("that comes before one's own has arrived loses neither, even after closing", async () => {
    onBoard(note(""));
    const ann = new Desk(1);
    const bob = new Desk(2);
    const annWrites = ann.write(note());
    const bobWrites = bob.write(note());
    annWrites.type("from Ann");
    bobWrites.type("from Bob");
    annWrites.close();
    bobWrites.close();
    for (let i = 0; i < 4; i++) for (const desk of [ann, bob]) await desk.deliver();
    await ann.hear();
    assert.match(String(ann.text), /from Ann/);
    assert.match(String(ann.text), /from Bob/);
    assert.equal(ann.text, bob.text);
  });

  test("of two who write for long, in whatever order the board hears them, loses nothing", async () => {
    const step = fc.record({
      who: fc.nat(1),
      does: fc.constantFrom("write", "write", "send", "hear", "pause"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        log = new Log();
        clock = new VirtualClock();
        onBoard(note(""));
        const desks = [new Desk(1), new Desk(2)];
        const sessions = desks.map((desk) => desk.write(note()));
        let written = ["", ""];
        for (const { who, does } of steps) {
          const [desk, session] = [desks[who], sessions[who]];
          if (!desk || !session) continue;
          if (does === "send") desk.send();
          if (does === "hear") await desk.hear();
          if (does === "pause") await clock.run(600);
          if (does !== "write") continue;
          // Ann writes letters at the end, Bob digits at the start, each their own.
          const next =
            who === 0
              ? String.fromCharCode(97 + ((written[0] ?? "").length % 26))
              : String((written[1] ?? "").length % 10);
          written = written.map((all, i) => (i === who ? all + next : all));
          session.type(who === 0 ? session.text + next : next + session.text);
        }
        for (const session of sessions) session.close();
        for (let i = 0; i < 6; i++) for (const desk of desks) await desk.deliver();
        for (const desk of desks) await desk.hear();
        const end = String(log.elements.get(KEY)?.text);
        assert.equal(end.replace(/\d/g, ""), written[0]);
        assert.equal([...end.replace(/\D/g, "")].reverse().join(""), written[1]);
        for (const desk of desks) assert.equal(desk.text, end);
      }),
      { numRuns: 200 },
    );
  });
});
