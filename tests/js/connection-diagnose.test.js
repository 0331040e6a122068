// The connection page's judgement: from what a run has observed to what is wrong and which lines help.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setCatalogue } from "../../static/board/core/translate.js";
import { diagnose } from "../../static/site/connection/diagnose.js";

setCatalogue({});

/** @typedef {import("../../static/site/connection/observations.d.ts").Observations} Observations */
/** @typedef {import("../../static/site/connection/observations.d.ts").Seen} Seen */

/** @type {Seen} */
const SEEN = {
  headers: [["host", "board.example"]],
  head: 400,
  http: "1.1",
  scheme: "https",
  host: "board.example",
  accepts: true,
  public: [],
  proxies: 1,
  address: "192.0.2.1",
  plain: null,
};
const REPORT = { headers: [], head: 500, offered: [], chosen: "", address: "", abort: true };

/** A run in which everything was as it should be, but for what is given. @param {Partial<Observations>} [changed] @returns {Observations} */
function run(changed = {}) {
  return {
    origin: "https://board.example",
    echo: true,
    http: { status: 200, ms: 5, protocol: "h2", server: "", seen: SEEN, head: 300 },
    plain: { status: 426, ours: true },
    socket: { opened: true, ms: 8, code: null, report: REPORT, seen: null },
    echoed: { text: true, binary: true },
    pings: [1, 2],
    closed: { code: 4321, reason: "as you wish", clean: true },
    aborted: { code: 1006, clean: false },
    idle: { wanted: 25_000, held: 25_000, code: null },
    stream: { status: 200, pieces: [{ sent: 0, taken: 5, arrived: 8 }] },
    poll: { status: 200, late: 4 },
    held: { wanted: 25_000, held: 25_020, status: 200 },
    body: { status: 200, bytes: 200_000 },
    ...changed,
  };
}

/** A handshake that failed, with what the server had seen by then. @param {Partial<Seen>} seen @returns {Partial<Observations>} */
function shut(seen = {}) {
  const told = { ...SEEN, ...seen };
  return {
    socket: { opened: false, ms: 8, code: 1006, report: null, seen: told },
    http: {
      status: 200,
      ms: 5,
      protocol: "h2",
      server: "",
      seen: { ...told, plain: null },
      head: 300,
    },
  };
}

/** @param {Partial<Observations>} changed */
function ids(changed) {
  return diagnose(run(changed)).map(({ id }) => id);
}

/** @param {Partial<Observations>} changed */
function only(changed) {
  const found = diagnose(run(changed));
  assert.equal(found.length, 1, JSON.stringify(found));
  return /** @type {import("../../static/site/connection/finding.js").Finding} */ (found[0]);
}

test("where nothing is wrong it says so, and is sure when all has been seen", () => {
  assert.deepEqual([only({}).id, only({}).level, only({}).sure], ["fine", "good", "certain"]);
  assert.equal(only({ held: null }).sure, "likely");
});

test("a handshake that arrives as an ordinary request has lost its upgrade", () => {
  const found = only(shut({ plain: [["host", "board.example"]] }));
  assert.deepEqual([found.id, found.topic, found.sure], ["upgrade-dropped", "upgrade", "certain"]);
});

test("a page that the server takes for another site's", () => {
  for (const [seen, id, topic] of /** @type {[Partial<Seen>, string, string][]} */ ([
    [{ host: "127.0.0.1:8000" }, "host-changed", "host"],
    [{ scheme: "http" }, "scheme-unknown", "scheme"],
    [
      { scheme: "http", proxies: 0, headers: [["x-forwarded-proto", "https"]] },
      "scheme-not-believed",
      "scheme",
    ],
    [{ public: ["https://other.example"] }, "origin-unlisted", "host"],
  ])) {
    const found = only(shut({ ...seen, accepts: false }));
    assert.deepEqual([found.id, found.topic, found.own], [id, topic, true]);
  }
});

test("a lost upgrade is told before a foreign origin: it comes first on the way", () => {
  assert.deepEqual(ids(shut({ plain: [], accepts: false })), ["upgrade-dropped"]);
});

test("a path that a proxy refuses is told with what it answered", () => {
  for (const status of [403, 404, 400, 502, 0]) {
    const found = only({ ...shut(), plain: { status, ours: false } });
    assert.deepEqual([found.id, found.topic], ["path-refused", "upgrade"]);
    assert.match(found.text, new RegExp(String(status || "nothing")));
  }
});

test("an upgrade that is refused although all else comes through", () => {
  const found = only(shut());
  assert.deepEqual([found.id, found.sure], ["upgrade-refused", "likely"]);
  assert.equal(only(shut({ http: "1.0" })).sure, "certain");
});

test("silent sockets that are cut, before and after a ping", () => {
  const early = only({ idle: { wanted: 25_000, held: 5_000, code: 1006 } });
  assert.deepEqual([early.id, early.topic], ["idle-cut", "timeout"]);
  assert.match(early.text, /after 5 s, before/);
  const late = only({ idle: { wanted: 25_000, held: 15_000, code: 1006 } });
  assert.match(late.text, /although the server pings/);
});

test("streams that are gathered, or refused", () => {
  const late = [0, 300, 600].map((sent) => ({ sent, taken: sent + 5, arrived: 3000 }));
  assert.deepEqual(ids({ stream: { status: 200, pieces: late } }), ["stream-gathered"]);
  const never = [{ sent: 0, taken: 5, arrived: null }];
  assert.equal(only({ stream: { status: 200, pieces: never } }).topic, "buffering");
  assert.deepEqual(ids({ stream: { status: 502, pieces: [] } }), ["stream-refused"]);
  const slow = [0, 300].map((sent) => ({ sent, taken: sent + 400, arrived: sent + 800 }));
  assert.deepEqual(ids({ stream: { status: 200, pieces: slow } }), ["fine"], "a slow line is none");
});

test("polls that are cut, or not answered by the event", () => {
  const cut = only({ held: { wanted: 25_000, held: 10_000, status: 504 } });
  assert.deepEqual([cut.id, cut.topic], ["poll-cut", "timeout"]);
  assert.match(cut.text, /25 s was cut after 10 s/);
  assert.deepEqual(ids({ poll: { status: 504, late: null } }), ["poll-late"]);
});

test("bodies that are too big for a proxy", () => {
  const found = only({ body: { status: 413, bytes: 204_800 } });
  assert.deepEqual([found.id, found.topic, found.sure], ["body-too-big", "body", "certain"]);
  assert.match(found.text, /200 KiB was answered with 413/);
});

test("a proxy that the server has not been told of", () => {
  /** @type {Seen} */
  const seen = { ...SEEN, proxies: 0, headers: [["x-forwarded-for", "203.0.113.9"]] };
  const found = only({ http: { status: 200, ms: 5, protocol: "", server: "", seen, head: 300 } });
  assert.deepEqual([found.id, found.level, found.own], ["proxies-uncounted", "note", true]);
});

test("an echo that is switched off is no fault", () => {
  const found = only({
    echo: false,
    socket: null,
    idle: null,
    stream: null,
    poll: null,
    held: null,
  });
  assert.deepEqual([found.id, found.level], ["off", "note"]);
});

test("a server that is not ours", () => {
  const http = { status: 502, ms: 5, protocol: "", server: "", seen: null, head: 0 };
  assert.equal(diagnose(run({ http }))[0]?.id, "http");
});

test("several things can be wrong at once, the worst first", () => {
  const late = [{ sent: 0, taken: 5, arrived: null }];
  assert.deepEqual(
    ids({
      ...shut(),
      stream: { status: 200, pieces: late },
      held: { wanted: 25_000, held: 10_000, status: 504 },
      idle: null,
    }),
    ["upgrade-refused", "stream-gathered", "poll-cut"],
  );
});

test("what has not been observed is not judged", () => {
  const nothing = {
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
  assert.deepEqual(ids(nothing), ["fine"]);
});
