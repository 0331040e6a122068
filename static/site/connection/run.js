// One run: all checks in their order, the same stroke four ways, and what takes longer beside them.

import { t } from "../../board/core/translate.js";
import { acceptOf } from "./accept.js";
import * as http from "./checks-http.js";
import * as socket from "./checks-socket.js";
import * as outcomes from "./outcomes.js";
import { race } from "./race.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./check-list.js").CheckId} CheckId
 * @typedef {{socket: string, link: string, seen: string, frame: string, echo: boolean, hold: number, laps: boolean}} Config
 */
/**
 * @typedef {object} View
 * @property {import("./figures.js").Writer} write
 * @property {import("./watched.js").Log} log
 * @property {(id: CheckId) => void} begin
 * @property {(id: CheckId, outcome: import("./outcomes.js").Outcome) => void} show
 * @property {(name: import("../../board/sync/transports/index.js").TransportName, share: number) => void} lap
 */

/** @type {CheckId[]} */
const ON_A_SOCKET = ["accept", "subprotocol", "origin", "echo", "pings", "close", "abort", "idle"];
/** @type {CheckId[]} */
const OVER_LINKS = ["stream", "poll", "body", "held"];

export class Run {
  /** @type {Observations} */
  seen;
  /** @type {import("./race.js").Lap[]} */
  laps = [];
  accept = "";
  over = false;
  #config;
  #view;
  /** What takes longer goes on beside everything else. @type {Promise<void>[]} */
  #beside = [];

  /** @param {Config} config @param {View} view */
  constructor(config, view) {
    this.#config = config;
    this.#view = view;
    this.seen = {
      origin: location.origin,
      echo: config.echo,
      http: null,
      plain: null,
      socket: null,
      echoed: null,
      pings: [],
      closed: null,
      aborted: null,
      idle: null,
      stream: null,
      poll: null,
      held: null,
      body: null,
    };
  }

  /** Until each has been observed, but for those that take longer. */
  async checks() {
    const { begin, show, write } = this.#view;
    begin("http");
    this.seen.http = await http.askOnce(this.#config.seen);
    show("http", outcomes.ofHttp(this.seen.http, write));
    if (!this.#config.echo) {
      const why = t("Not tested: the echo is switched off.");
      for (const id of /** @type {CheckId[]} */ (["handshake", ...ON_A_SOCKET, ...OVER_LINKS]))
        show(id, outcomes.untested(why));
      return;
    }
    await this.#sockets();
    await this.#links();
  }

  async race() {
    const { http: first, socket: shaken } = this.seen;
    if (!this.#config.echo || !this.#config.laps) return;
    const handshake =
      shaken?.opened && shaken.report ? { head: shaken.report.head, accept: this.accept } : null;
    const head = first?.head ?? 0;
    const { socket: address, link } = this.#config;
    this.laps = await race({ socket: address, link, head, handshake }, this.#view.lap);
  }

  /** What takes longer. */
  async rest() {
    await Promise.all(this.#beside);
    this.over = true;
  }

  async #sockets() {
    const { begin, show, write, log } = this.#view;
    begin("handshake");
    const shaken = await socket.shakeHands(this.#config, log);
    this.seen.socket = shaken.socket;
    this.seen.plain = shaken.plain;
    show("handshake", outcomes.ofHandshake(shaken.socket, write));
    if (!shaken.socket.opened || !shaken.socket.report) {
      for (const id of ON_A_SOCKET)
        show(id, outcomes.untested(t("Not tested: there is no open socket.")));
      return;
    }
    await this.#understanding(shaken.socket.report, shaken.watched);
    await this.#talking(shaken.watched);
    this.#beside.push(this.#silence());
  }

  /** @param {import("./observations.d.ts").Report} report @param {import("./watched.js").Watched} watched */
  async #understanding(report, watched) {
    const { begin, show, log } = this.#view;
    begin("accept");
    const key = report.headers.find(([name]) => name === "sec-websocket-key")?.[1] ?? "";
    this.accept = key && (await acceptOf(key));
    if (key) show("accept", outcomes.ofAccept(key, this.accept));
    else show("accept", outcomes.untested(t("Not tested: the key did not arrive.")));
    begin("subprotocol");
    const refused = await socket.offerUnknown(this.#config.socket, log);
    show("subprotocol", outcomes.ofSubprotocol(socket.OFFERED, watched.protocol, refused));
    begin("origin");
    show("origin", outcomes.ofOrigin(await socket.tryWithoutOrigin(this.#config.frame)));
  }

  /** @param {import("./watched.js").Watched} watched */
  async #talking(watched) {
    const { begin, show, write, log } = this.#view;
    begin("echo");
    this.seen.echoed = await socket.echo(watched);
    show("echo", outcomes.ofEcho(this.seen.echoed, socket.WORDS));
    begin("pings");
    this.seen.pings = await socket.roundTrips(watched);
    show("pings", outcomes.ofPings(this.seen.pings, write));
    begin("close");
    this.seen.closed = await socket.closeCleanly(watched);
    show("close", outcomes.ofClose(this.seen.closed, socket.ASKED));
    begin("abort");
    const able = this.seen.socket?.report?.abort;
    this.seen.aborted = able ? await socket.abort(this.#config.socket, log) : null;
    if (this.seen.aborted) show("abort", outcomes.ofAbort(this.seen.aborted));
    else show("abort", outcomes.untested(t("Not tested: this server cannot cut a line.")));
  }

  async #silence() {
    const { begin, show, write, log } = this.#view;
    begin("idle");
    this.seen.idle = await socket.beSilent(this.#config.socket, this.#config.hold, log);
    if (this.seen.idle) show("idle", outcomes.ofIdle(this.seen.idle, write));
    else show("idle", outcomes.untested(t("Not tested: there is no open socket.")));
  }

  async #links() {
    const { begin, show, write } = this.#view;
    const { link } = this.#config;
    this.#beside.push(this.#holding());
    begin("stream");
    this.seen.stream = await http.watchStream(link);
    show("stream", outcomes.ofStream(this.seen.stream, write));
    begin("poll");
    this.seen.poll = await http.watchPoll(link);
    show("poll", outcomes.ofPoll(this.seen.poll, write));
    begin("body");
    this.seen.body = await http.sendLarge(link);
    show("body", outcomes.ofBody(this.seen.body, write));
  }

  async #holding() {
    const { begin, show, write } = this.#view;
    begin("held");
    this.seen.held = await http.watchHeld(this.#config.link, this.#config.hold);
    show("held", outcomes.ofHeld(this.seen.held, write));
  }
}
