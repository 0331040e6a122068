// A server in this process: follows docs/protocol.md, over a network that loses, repeats, delays and cuts.

import { Log } from "./log.js";

/**
 * @typedef {import("./random.js").Chance} Chance
 * @typedef {import("./virtual-clock.js").VirtualClock} VirtualClock
 * @typedef {import("../../../static/board/sync/transports/websocket.js").TransportHandlers} TransportHandlers
 * @typedef {import("../../../static/board/core/document.js").Transaction} Transaction
 */

/** @typedef {{lost: number, repeated: number, late: number, cut: number, deaf: number, later: number, unread: number, reload: number}} Faults */

/** @type {Faults} */
export const CLEAN = {
  lost: 0,
  repeated: 0,
  late: 0,
  cut: 0,
  deaf: 0,
  later: 0,
  unread: 0,
  reload: 0,
};

export class FakeServer {
  epoch = "epoch0";
  log = new Log();
  /** The elements at each clock, by epoch. @type {Map<string, Map<string, any>[]>} */
  states = new Map([["epoch0", [new Map()]]]);
  /** Ids that were ever committed, in whatever epoch. @type {Set<string>} */
  committed = new Set();
  /** @type {Set<string>} */
  refused = new Set();
  /** @type {Set<Wire>} */
  wires = new Set();
  #slots = 0;

  /** Whether it is in the log, which a restored board has begun anew. @param {string} id */
  hasLogged(id) {
    return this.log.transactions.some((transaction) => transaction.id === id);
  }

  /** @param {VirtualClock} clock @param {Chance} chance @param {Faults} faults */
  constructor(clock, chance, faults) {
    this.clock = clock;
    this.chance = chance;
    this.faults = faults;
  }

  /** @param {number} person @param {TransportHandlers} handlers */
  connect(person, handlers) {
    const wire = new Wire(this, person, ++this.#slots, handlers);
    this.wires.add(wire);
    return wire;
  }

  /** The document of now or, as from a cache, of some earlier clock. */
  async document() {
    await new Promise((resolve) =>
      this.clock.setTimeout(() => resolve(0), this.chance.between(2, 150)),
    );
    if (this.chance.happens(this.faults.unread)) throw new Error("the network is down");
    const states = this.states.get(this.epoch) ?? [];
    const back = this.chance.happens(0.3) ? this.chance.whole(5) : 0;
    const clock = Math.max(0, this.log.clock - back);
    return structuredClone({
      epoch: this.epoch,
      clock,
      elements: Object.fromEntries(states[clock] ?? []),
    });
  }

  /** @param {Transaction} transaction @param {number} person */
  commit(transaction, person) {
    const before = this.log.clock;
    const committed = this.log.commit(transaction, person);
    this.committed.add(transaction.id);
    if (this.log.clock > before) this.states.get(this.epoch)?.push(new Map(this.log.elements));
    return { committed, fresh: this.log.clock > before };
  }

  /** From a backup: what came after it is gone, and the board has another epoch (R1). @param {number} clock @param {boolean} cut */
  restore(clock, cut) {
    const kept = this.log.transactions.slice(0, clock);
    this.epoch = `epoch${this.states.size}`;
    this.states.set(this.epoch, [new Map()]);
    this.log = new Log();
    for (const { id, changes, author } of kept) this.commit({ id, changes }, author);
    if (cut) for (const wire of this.wires) wire.cut(1006);
  }

  /** R6: what the group has lost shows at the next beat, by the last clock. */
  beat() {
    const last = this.log.transactions.at(-1);
    for (const wire of this.wires) {
      if (wire.greeted && last) wire.commits([last]);
      // A board restored to its beginning has no last clock to show.
      else wire.cut(1006);
    }
  }
}

/** One connection, with its two directions. */
export class Wire {
  greeted = false;
  #reading = false;
  #ended = false;
  #closing = false;
  #deaf = false;
  #sentFrames = 0;
  /** What was put off, in its order. @type {string[]} */
  #late = [];
  /** The life of the board that it has said hello to. @type {string | null} */
  #epoch = null;
  #upAt = 0;
  #downAt = 0;

  /** @param {FakeServer} server @param {number} person @param {number} slot @param {TransportHandlers} handlers */
  constructor(server, person, slot, handlers) {
    this.server = server;
    this.person = person;
    this.slot = slot;
    this.handlers = handlers;
    this.#after(server.chance.between(1, 30), () => handlers.open());
  }

  /** @param {number} ms @param {() => void} act */
  #after(ms, act) {
    this.server.clock.setTimeout(() => this.#ended || act(), ms);
  }

  // -- from the client -----------------------------------------------------------------------------

  /** @param {string} text */
  fromClient(text) {
    if (this.#ended || this.#deaf) return;
    this.#upAt = Math.max(this.#upAt, this.server.clock.now() + this.server.chance.between(1, 30));
    this.#after(
      this.#upAt - this.server.clock.now(),
      () => this.#deaf || this.#hear(JSON.parse(text)),
    );
  }

  /** @param {any} message */
  #hear(message) {
    if (this.#closing) return;
    if (!this.greeted && message.type !== "hello") this.close(4400);
    else if (message.type === "hello") this.#hello(message);
    else if (message.type === "commit") this.#commit(message.transactions);
    else if (message.type === "ping") this.send({ type: "pong" });
    else if (message.type === "got" && message.frames > this.#sentFrames) this.close(4400);
  }

  /** @param {{epoch: string | null, since: number}} hello */
  #hello({ epoch, since }) {
    const { log, chance, faults } = this.server;
    this.greeted = true;
    this.#epoch = this.server.epoch;
    this.#late = [];
    const you = {
      slot: this.slot,
      person: this.person,
      name: `person ${this.person}`,
      color: "blue",
    };
    const { clock } = log;
    this.send({
      type: "welcome",
      you,
      role: "editor",
      epoch: this.server.epoch,
      clock,
      schema: 2,
      title: "t",
      frozen: false,
      people: [you],
    });
    this.#reading = epoch !== this.server.epoch || since > clock;
    if (this.#reading) return;
    if (chance.happens(faults.reload)) {
      this.#reading = true;
      this.send({ type: "reload", clock });
      return;
    }
    const tail = log.transactions.slice(since);
    while (tail.length > 0) this.commits(tail.splice(0, 1 + chance.whole(6)));
  }

  /** @param {Transaction[]} transactions */
  #commit(transactions) {
    const { chance, faults } = this.server;
    // Meant for another life of the board: comes again after the next hello, in order (R1).
    if (this.#epoch !== this.server.epoch) return;
    const text = JSON.stringify(transactions);
    if (text.includes('"explode"')) {
      this.close(4400);
      return;
    }
    for (const transaction of transactions) {
      // R2: the id is looked up before anything else is judged.
      if (this.server.hasLogged(transaction.id)) {
        this.#write(transaction);
        continue;
      }
      // Some may have been committed by another connection, which the page has left.
      this.#late = this.#late.filter((id) => !this.server.hasLogged(id));
      const holds = this.#late.length > 0 && this.#late[0] !== transaction.id;
      if (holds || chance.happens(faults.later)) {
        if (!this.#late.includes(transaction.id)) this.#late.push(transaction.id);
        this.send({
          type: "later",
          ids: [transaction.id],
          after_ms: Math.round(chance.between(20, 400)),
        });
        continue;
      }
      this.#late = this.#late.filter((id) => id !== transaction.id);
      if (JSON.stringify(transaction).includes('"refuse"')) this.#refuse(transaction.id);
      else this.#write(transaction);
    }
  }

  /** @param {string} id */
  #refuse(id) {
    this.server.refused.add(id);
    this.send({ type: "refused", id, code: "bad_change", why: "told to" });
  }

  /** The writer goes on with what it has, whatever becomes of the connection. @param {Transaction} transaction */
  #write(transaction) {
    const { server } = this;
    const { epoch } = server;
    server.clock.setTimeout(() => {
      if (epoch !== server.epoch) return;
      const { committed, fresh } = server.commit(transaction, this.person);
      // To its sender alone, by no way that loses: nothing later would show that it is missing.
      if (!fresh) this.send({ type: "commits", epoch, transactions: [committed] });
      else
        for (const wire of server.wires)
          if (wire.greeted && !wire.#reading) wire.commits([committed]);
    }, 5);
  }

  // -- to the client -------------------------------------------------------------------------------

  /** In order, as a socket does. @param {any} message */
  send(message) {
    this.#downAt = Math.max(
      this.#downAt,
      this.server.clock.now() + this.server.chance.between(1, 20),
    );
    this.#deliver(message, this.#downAt - this.server.clock.now());
  }

  /** Lost, twice or late, as a channel layer may have it. @param {any[]} transactions */
  commits(transactions) {
    const { chance, faults, epoch } = this.server;
    const message = { type: "commits", epoch, transactions };
    if (chance.happens(faults.cut)) this.cut(1006);
    if (chance.happens(faults.deaf)) this.#deaf = true;
    if (chance.happens(faults.lost)) return;
    if (chance.happens(faults.repeated)) this.#deliver(message, chance.between(1, 300));
    if (chance.happens(faults.late)) this.#deliver(message, chance.between(1, 700));
    else this.send(message);
  }

  /** @param {any} message @param {number} ms */
  #deliver(message, ms) {
    if (this.#ended || this.#deaf) return;
    this.#sentFrames += 1;
    const text = JSON.stringify(message);
    this.#after(ms, () => this.#deaf || this.handlers.text(text));
  }

  /** @param {number} code */
  close(code) {
    this.#closing = true;
    this.send({ type: "bye", code, why: "told to" });
    this.#after(this.#downAt - this.server.clock.now() + 1, () => this.cut(code));
  }

  /** Whatever is under way is gone. @param {number} code */
  cut(code) {
    if (this.#ended) return;
    this.#ended = true;
    this.server.wires.delete(this);
    this.server.clock.setTimeout(() => this.handlers.close(code), 1);
  }

  /** A link that died silently is cut at last. */
  undeafen() {
    if (this.#deaf) this.cut(1006);
  }
}
