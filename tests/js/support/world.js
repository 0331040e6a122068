// A few people on one board, each with document, history and session, and what must be true of them at all times.

import assert from "node:assert/strict";
import { applyChange } from "../../../static/board/core/fold.js";
import { CLEAN, FakeServer } from "./fake-server.js";
import { Chance } from "./random.js";
import { VirtualClock } from "./virtual-clock.js";

/**
 * @typedef {import("../../../static/board/core/fold.js").Change} Change
 * @typedef {import("../../../static/board/core/document.js").Document} Document
 * @typedef {{Document: typeof import("../../../static/board/core/document.js").Document,
 *   History: typeof import("../../../static/board/core/history.js").History,
 *   Session: typeof import("../../../static/board/sync/session.js").Session}} Parts
 */

const FAULTS = {
  lost: 0.03,
  repeated: 0.08,
  late: 0.12,
  cut: 0.015,
  deaf: 0.006,
  later: 0.05,
  unread: 0.15,
  reload: 0.15,
};
const WORK_MS = 12_000;
/** Less than a page waits before it asks again for a receipt: coming back alone must do. */
const SETTLE_MS = 14_000;
/** A page that was told to read the document afresh does so soon. */
const RELOAD_MS = 5000;

/** Runs one seed; throws where a rule is broken. @param {Parts} parts @param {number} seed */
export async function runWorld(parts, seed) {
  const world = new World(parts, seed);
  await world.work();
  await world.settle();
}

class World {
  clock = new VirtualClock();
  resting = false;
  #steps = 0;

  /** @param {Parts} parts @param {number} seed */
  constructor(parts, seed) {
    this.chance = new Chance(seed);
    const calm = seed % 4 === 0;
    const faults = calm ? { ...FAULTS, lost: 0, deaf: 0, cut: 0 } : FAULTS;
    this.server = new FakeServer(this.clock, this.chance, faults);
    const people = 2 + this.chance.whole(3);
    this.people = Array.from({ length: people }, (_, i) => new Participant(this, parts, i + 1));
  }

  async work() {
    for (const person of this.people) person.session.start();
    if (this.chance.happens(0.3)) {
      const at = this.chance.between(2000, WORK_MS);
      this.clock.setTimeout(() => {
        this.server.restore(this.chance.whole(this.server.log.clock + 1), this.chance.happens(0.5));
      }, at);
    }
    await this.clock.run(WORK_MS, () => this.#check());
  }

  async settle() {
    this.server.faults = CLEAN;
    this.resting = true;
    for (const person of this.people) person.rest();
    for (const wire of this.server.wires) wire.undeafen();
    this.clock.setTimeout(() => this.server.beat(), 1000);
    await this.clock.run(SETTLE_MS, () => this.#check());
    this.#check(true);
    for (const person of this.people) person.checkSettled();
  }

  #check(now = false) {
    if (!now && this.#steps++ % 3 > 0) return;
    for (const person of this.people) person.check();
  }
}

class Participant {
  #resting = false;
  #made = 0;
  /** Ids in the order of proposing. @type {string[]} */
  #proposed = [];
  /** Refused by the page itself, as the server closed on them twice. @type {Set<string>} */
  #guilty = new Set();
  /** @type {{sent: Set<string>, welcomed: number, notBefore: number} | null} */
  #line = null;
  /** @type {Set<string>} */
  #suspects = new Set();
  /** When the server said `reload`, until the document is asked for. @type {number | null} */
  #toldToReload = null;

  /** @param {World} world @param {Parts} parts @param {number} number */
  constructor(world, { Document, History, Session }, number) {
    this.world = world;
    this.number = number;
    this.document = new Document();
    this.document.author = world.chance.happens(0.5) ? number : null;
    this.history = new History(this.document);
    this.session = new Session({
      document: this.document,
      url: "socket",
      documentUrl: "document",
      openTransport: (_, handlers) => this.#open(handlers),
      fetchDocument: () => {
        this.#toldToReload = null;
        return world.server.document();
      },
      clock: world.clock,
      hints: null,
      random: world.chance.next,
      fallback: {
        url: "live",
        load: async () => ({ Choosing: /** @type {any} */ (restless(world)) }),
      },
    });
    this.session.subscribe((event) => {
      if (event.type === "refused" && !world.server.refused.has(event.id))
        this.#guilty.add(event.id);
    });
    this.#workOn();
  }

  rest() {
    this.#resting = true;
  }

  #workOn() {
    this.world.clock.setTimeout(
      () => {
        if (this.#resting) return;
        this.#act();
        this.#workOn();
      },
      this.world.chance.between(1, 700),
    );
  }

  // -- what a person does ----------------------------------------------------------------------------

  #act() {
    const { chance } = this.world;
    const what = chance.next();
    if (what < 0.15) this.#submit(this.history.undo());
    else if (what < 0.25) this.#submit(this.history.redo());
    else {
      const changes = Array.from({ length: 1 + chance.whole(3) }, () => this.#change());
      this.#submit(this.history.commit(changes, { label: "act" }));
    }
  }

  /** @param {readonly {id: string}[]} transactions */
  #submit(transactions) {
    for (const { id } of transactions) this.#proposed.push(id);
    this.session.submit(/** @type {any} */ (transactions));
    this.check();
  }

  /** @returns {Change} */
  #change() {
    const { chance } = this.world;
    const keys = [...this.document.keys()];
    const key =
      keys.length > 0 && chance.happens(0.95) ? chance.one(keys) : `nobody${chance.whole(1000)}`;
    const what = chance.next();
    if (what < 0.3 || keys.length < 3)
      return { op: "put", key: this.#key(), element: this.#element() };
    if (what < 0.68) return { op: "set", key, props: this.#props() };
    if (what < 0.73)
      return { op: "set", key, props: { x: chance.whole(5) }, if: { x: chance.whole(5) } };
    if (what < 0.84) return { op: "remove", key };
    if (what < 0.86) return { op: "clear" };
    if (what < 0.98) {
      const into = Array.from({ length: chance.whole(3) }, () => ({
        key: this.#key(),
        props: { x: chance.whole(5) },
      }));
      return { op: "split", key, into };
    }
    return { op: "set", key, props: { [chance.one(["refuse", "explode"])]: true } };
  }

  #key() {
    return `${this.number}made${String(++this.#made).padStart(5, "0")}`;
  }

  #element() {
    const { chance } = this.world;
    return {
      kind: "stroke",
      x: chance.whole(5),
      y: chance.whole(5),
      color: chance.one(["black", "red"]),
    };
  }

  #props() {
    const { chance } = this.world;
    return chance.one([
      { x: chance.whole(5) },
      { y: chance.whole(5), color: "blue" },
      { note: chance.happens(0.5) ? "n" : null },
    ]);
  }

  // -- what goes over the line -------------------------------------------------------------------------

  /** @param {import("../../../static/board/sync/transports/websocket.js").TransportHandlers} handlers */
  #open(handlers) {
    const line = { sent: new Set(), welcomed: -1, notBefore: 0 };
    if (this.session.state !== "live") this.#toldToReload = null;
    const wire = this.world.server.connect(this.number, {
      ...handlers,
      text: (text) => {
        this.#heard(line, JSON.parse(text));
        handlers.text(text);
      },
    });
    return {
      sendText: (/** @type {string} */ text) => {
        this.#judge(line, JSON.parse(text));
        wire.fromClient(text);
      },
      sendBinary: () => {},
      close: () => wire.cut(1005),
      bufferedAmount: 0,
    };
  }

  /** @param {NonNullable<Participant["line"]>} line @param {any} message */
  #heard(line, message) {
    // Of connections side by side the one that is welcomed last is the one.
    if (message.type === "welcome") {
      line.welcomed = message.clock;
      if (line !== this.#line) this.#toldToReload = null;
      this.#line = line;
    }
    if (line !== this.#line) return;
    if (message.type === "reload") this.#toldToReload ??= this.world.clock.now();
    if (message.type === "later") {
      for (const id of message.ids) line.sent.delete(id);
      const open = this.document.pending.some(({ id }) => message.ids.includes(id));
      if (open)
        line.notBefore = Math.max(line.notBefore, this.world.clock.now() + message.after_ms);
    }
    if (message.type === "bye" && message.code === 4400) {
      for (const { id } of this.document.pending) if (line.sent.has(id)) this.#suspects.add(id);
    }
  }

  /** R5 of each message that a page sends. @param {NonNullable<Participant["line"]>} line @param {any} message */
  #judge(line, message) {
    if (message.type !== "commit") return;
    assert.ok(
      this.world.clock.now() >= line.notBefore,
      "R5: sent before the server's later was over",
    );
    assert.ok(
      line.welcomed >= 0 && this.document.clock >= line.welcomed,
      "R5: sent before the tail was applied",
    );
    const pending = this.document.pending.map(({ id }) => id);
    for (const { id } of message.transactions) {
      const before = pending.slice(0, pending.indexOf(id));
      assert.ok(pending.includes(id), "R5: sent what isn't pending");
      assert.ok(
        before.every((one) => line.sent.has(one)),
        "R5: overtaken",
      );
      line.sent.add(id);
    }
    if (pending.some((id) => this.#suspects.has(id))) {
      assert.equal(message.transactions.length, 1, "R5: after 4400 pending goes one at a time");
      assert.equal(
        message.transactions[0].id,
        pending[0],
        "R5: after 4400 the next waits for the answer",
      );
    }
  }

  get line() {
    return this.#line;
  }

  // -- what must be true ---------------------------------------------------------------------------------

  check() {
    const { server, clock } = this.world;
    const { pending } = this.document;
    const told = this.#toldToReload ?? Infinity;
    assert.ok(clock.now() - told < RELOAD_MS, "R7: told to reload");
    const view = new Map(this.document.entries());
    assert.equal(this.document.size, view.size, "the size is the number of entries");
    const naive = this.#naive();
    if (!plainlyAlike(view, naive))
      assert.equal(JSON.stringify(sorted(view)), JSON.stringify(sorted(naive)), "R14, R5: view");
    const ids = new Set(pending.map(({ id }) => id));
    for (const id of this.#proposed) {
      const known =
        ids.has(id) || server.committed.has(id) || server.refused.has(id) || this.#guilty.has(id);
      assert.ok(known, "R3: a transaction that is neither pending, nor committed, nor refused");
    }
    assert.equal(this.session.saved === "saved", pending.length === 0, "the saved mark");
    assert.equal(this.session.waiting, pending.length);
  }

  /** The fold of the log up to the document's clock, and pending over it. */
  #naive() {
    const states = this.world.server.states.get(this.document.epoch ?? "") ?? [new Map()];
    const confirmed = states[this.document.clock];
    assert.ok(confirmed, `R1: there is no clock ${this.document.clock} in ${this.document.epoch}`);
    const elements = new Map(confirmed);
    for (const { changes } of this.document.pending) {
      for (const change of changes) applyChange(elements, change, this.document.author);
    }
    return elements;
  }

  checkSettled() {
    const { server } = this.world;
    assert.equal(this.session.state, "live", "R7: comes back");
    assert.equal(this.document.epoch, server.epoch, "R1: the epoch");
    assert.equal(this.document.clock, server.log.clock, "R14: the clock");
    assert.equal(this.session.waiting, 0, "R5: everything is answered");
    assert.deepEqual(
      new Map(sorted(new Map(this.document.entries()))),
      new Map(sorted(server.log.elements)),
    );
    for (const id of this.#guilty)
      assert.ok(!server.committed.has(id), "R5: refused, but committed");
    this.#checkOrder();
  }

  /** R5: nothing of one session overtakes its earlier transaction. */
  #checkOrder() {
    const order = new Map(this.#proposed.map((id, i) => [id, i]));
    const mine = this.world.server.log.transactions.flatMap(({ id }) => order.get(id) ?? []);
    assert.deepEqual(
      mine,
      mine.toSorted((a, b) => a - b),
      "R5: overtaken in the log",
    );
    assert.equal(new Set(mine).size, mine.length, "R2: committed twice");
  }
}

/** A choosing that begins another connection beside the one there is, now and then, for no reason at all. @param {World} world */
function restless(world) {
  return class {
    first = null;
    /** @type {any} */
    #rival = null;

    /** @param {import("../../../static/board/sync/transports/choosing.js").Host} host @param {any} options */
    constructor(host, { first }) {
      const again = () =>
        world.clock.setTimeout(
          () => {
            if (this.#rival) host.giveUp(this.#rival);
            this.#rival = world.resting ? null : host.begin(first);
            if (!world.resting) again();
          },
          world.chance.between(200, 4000),
        );
      again();
      this.host = host;
    }
    race() {}
    failed() {
      if (this.host && !this.#rival) this.host.lost();
      this.#rival = null;
    }
    welcomed() {
      this.#rival = null;
    }
    ended() {}
    hint() {}
    stop() {
      this.#rival = null;
    }
  };
}

/** Quicker than to sort, thousands of times a run; where it is false the sorted texts decide. @param {Map<string, any>} one @param {Map<string, any>} other */
function plainlyAlike(one, other) {
  if (one.size !== other.size) return false;
  for (const [key, element] of one) {
    const twin = other.get(key);
    if (!twin) return false;
    const names = Object.keys(element);
    if (names.length !== Object.keys(twin).length) return false;
    if (!names.every((name) => element[name] === twin[name])) return false;
  }
  return true;
}

/** By key, properties by name. @param {Map<string, any>} elements @returns {[string, Record<string, any>][]} */
function sorted(elements) {
  return [...elements]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, element]) => [key, Object.fromEntries(Object.entries(element).sort())]);
}
