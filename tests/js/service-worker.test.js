// The service worker, with caches and network played by hand: what it answers, keeps and forgets (F8).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(
  new URL("../../static/site/service-worker.js", import.meta.url),
  "utf8",
);
const ORIGIN = "https://board.example.org";
const BOARD = "/draw/boards/0190a6a0-0000-7000-8000-000000000001/";
const SITE = {
  ...{ home: "/draw/", offline: "/draw/offline/", staticFiles: "/static/", words: "/draw/words/" },
  ...{ version: "v1", files: ["/static/board/main.0123456789ab.js"], immutable: true },
};

/** A cache, in memory. */
class FakeCache {
  /** @type {Map<string, Response>} */
  kept = new Map();
  put = async (/** @type {any} */ request, /** @type {Response} */ answer) =>
    void this.kept.set(address(request), answer.clone());
  match = async (/** @type {any} */ request) => this.kept.get(address(request))?.clone();
  delete = async (/** @type {any} */ request) => this.kept.delete(address(request));
  keys = async () => [...this.kept.keys()].map((url) => ({ url }));
}

class FakeCaches {
  /** @type {Map<string, FakeCache>} */
  all = new Map();
  open = async (/** @type {string} */ name) => {
    const cache = this.all.get(name) ?? new FakeCache();
    this.all.set(name, cache);
    return cache;
  };
  match = async (/** @type {any} */ request) => {
    for (const cache of this.all.values()) {
      const found = await cache.match(request);
      if (found) return found;
    }
    return undefined;
  };
  keys = async () => [...this.all.keys()];
  delete = async (/** @type {string} */ name) => this.all.delete(name);
}

/** @param {any} request */
function address(request) {
  return new URL(typeof request === "string" ? request : request.url, ORIGIN).href;
}

class Worker {
  caches = new FakeCaches();
  /** What the server says, by path; a function fails or waits. @type {Record<string, () => Response | Promise<Response>>} */
  server = {};
  /** @type {string[]} */
  asked = [];
  /** @type {string[]} */
  deleted = [];
  /** @type {Map<string, (event: any) => void>} */
  #listeners = new Map();

  constructor(site = {}) {
    vm.runInNewContext(SOURCE, {
      ...{ site: { ...SITE, ...site }, location: { origin: ORIGIN }, caches: this.caches },
      ...{
        URL,
        Response,
        Headers,
        Promise,
        Date,
        setTimeout: (/** @type {() => void} */ act) => setTimeout(act, 20),
      },
      indexedDB: { deleteDatabase: (/** @type {string} */ name) => this.deleted.push(name) },
      fetch: (/** @type {any} */ request) => this.#fetch(request),
      addEventListener: (/** @type {string} */ name, /** @type {any} */ act) =>
        this.#listeners.set(name, act),
      skipWaiting: async () => {},
      clients: { claim: async () => {} },
    });
  }

  /** @param {any} request */
  async #fetch(request) {
    const { pathname } = new URL(address(request));
    this.asked.push(pathname);
    const answer = this.server[pathname];
    if (!answer) throw new TypeError("no network");
    return answer();
  }

  /** @param {string} name @param {object} [event] */
  async happens(name, event = {}) {
    /** @type {Promise<unknown>[]} */
    const works = [];
    /** @type {Promise<Response> | null} */
    let answer = null;
    this.#listeners.get(name)?.({
      ...event,
      waitUntil: (/** @type {Promise<unknown>} */ work) => works.push(work),
      respondWith: (/** @type {Promise<Response>} */ given) => {
        answer = given;
      },
    });
    const given = await answer;
    await Promise.all(works);
    return /** @type {Response | null} */ (given);
  }

  /** @param {string} path @param {{mode?: string, method?: string}} [how] */
  asks(path, { mode = "navigate", method = "GET" } = {}) {
    return this.happens("fetch", { request: { url: ORIGIN + path, mode, method } });
  }

  get pages() {
    const kept = this.caches.all.get("whiteboard pages /draw/")?.kept.keys() ?? [];
    return [...kept].map((url) => new URL(url).pathname + new URL(url).search);
  }
}

/** @param {string} person @param {string} [text] */
function page(person, text = '<html lang="en">hello') {
  const headers = { "X-Whiteboard-Person": person, "X-Whiteboard-Version": "v1" };
  return () => new Response(text, { headers });
}

const gateway = (/** @type {number} */ status) => () => new Response("proxy", { status });

describe("what it leaves alone", () => {
  for (const [path, how] of /** @type {[string, object][]} */ ([
    ["/draw/live/events", { mode: "cors" }],
    ["/live/poll", { mode: "cors" }],
    ["/ws/boards/1/", { mode: "websocket" }],
    ["/api/boards/1/transactions", { mode: "cors" }],
    ["/draw/account/login/", {}],
    ["/admin/", {}],
    ["/draw/trash/", {}],
    [BOARD, { method: "POST" }],
    [`${BOARD}document`, { mode: "cors" }],
    [`${BOARD}comments`, { mode: "cors" }],
    ["/somewhere/else/", {}],
  ]))
    test(`${path} ${JSON.stringify(how)}`, async () => {
      assert.equal(await new Worker().asks(path, how), null);
    });
});

describe("pages", () => {
  test("come from the server, and without it as they were kept, marked so", async () => {
    const worker = new Worker();
    worker.server[BOARD] = page("7");
    const fresh = await (await worker.asks(BOARD))?.text();
    assert.equal(fresh, '<html lang="en">hello');
    delete worker.server[BOARD];
    assert.match(
      (await (await worker.asks(BOARD))?.text()) ?? "",
      /^<html data-kept="\d+" lang="en">/,
    );
  });

  for (const status of [502, 503, 504])
    test(`a proxy's ${status} counts as no network`, async () => {
      const worker = new Worker();
      worker.server[BOARD] = page("7");
      await worker.asks(BOARD);
      worker.server[BOARD] = gateway(status);
      assert.equal((await worker.asks(BOARD))?.status, 200);
    });

  test("a server that does not answer is not waited for, where there is a kept page", async () => {
    const worker = new Worker();
    worker.server[BOARD] = page("7");
    await worker.asks(BOARD);
    worker.server[BOARD] = () =>
      new Promise((_, fail) => setTimeout(() => fail(new TypeError("timed out")), 200));
    assert.match((await (await worker.asks(BOARD))?.text()) ?? "", /data-kept/);
  });

  test("what was not kept is answered by a page that says so", async () => {
    const worker = new Worker();
    worker.server["/draw/offline/"] = () => new Response("You are offline");
    await worker.happens("install");
    assert.equal(await (await worker.asks(BOARD))?.text(), "You are offline");
  });

  test("a board that is gone, or closed, is forgotten; a mishap is not kept", async () => {
    const worker = new Worker();
    worker.server[BOARD] = page("7");
    await worker.asks(BOARD);
    worker.server[BOARD] = gateway(500);
    assert.equal((await worker.asks(BOARD))?.status, 500);
    assert.ok(worker.pages.includes(BOARD));
    worker.server[BOARD] = gateway(404);
    assert.equal((await worker.asks(BOARD))?.status, 404);
    assert.ok(!worker.pages.includes(BOARD));
  });

  test("twenty boards are kept beside the list, the latest of them", async () => {
    const worker = new Worker();
    worker.server["/draw/"] = page("7");
    const boards = Array.from({ length: 25 }, (_, i) => `${BOARD.slice(0, -3)}${i + 10}/`);
    for (const board of boards) {
      worker.server[board] = page("7");
      await worker.asks("/draw/");
      await worker.asks(board);
    }
    const kept = worker.pages.filter((path) => path.includes("/boards/"));
    assert.deepEqual(kept, boards.slice(-20));
    assert.ok(worker.pages.includes("/draw/"));
  });

  test("a page asks for itself and the list, which are fetched once", async () => {
    const worker = new Worker();
    worker.server["/draw/"] = page("7");
    worker.server[BOARD] = page("7");
    const keep = [ORIGIN + BOARD, `${ORIGIN}/draw/`];
    await worker.happens("message", { data: { keep } });
    await worker.happens("message", { data: { keep } });
    assert.deepEqual(worker.asked, [BOARD, "/draw/"]);
    assert.deepEqual(worker.pages.toSorted(), ["/draw/", "/draw/?whose", BOARD].toSorted());
  });
});

describe("whose they are", () => {
  test("another person, or nobody any more: all that was kept is gone, and what can be fetched again", async () => {
    for (const next of ["8", "0"]) {
      const worker = new Worker();
      worker.server["/draw/"] = page("7");
      worker.server[BOARD] = page("7");
      await worker.asks(BOARD);
      await worker.asks("/draw/");
      assert.deepEqual(worker.deleted, []);
      worker.server["/draw/"] = page(next);
      await worker.asks("/draw/");
      assert.deepEqual(worker.deleted, ["whiteboard copies /draw/"]);
      assert.ok(!worker.pages.includes(BOARD));
      assert.equal(worker.pages.includes("/draw/"), next === "8");
    }
  });

  test("a page that asks for a name is not kept", async () => {
    const worker = new Worker();
    worker.server[BOARD] = page("0");
    await worker.asks(BOARD);
    assert.deepEqual(worker.pages, ["/draw/?whose"]);
  });
});

describe("files", () => {
  const FILE = "/static/board/main.0123456789ab.js";

  test("those named by their contents are fetched once, at installing", async () => {
    const worker = new Worker();
    worker.server[FILE] = () => new Response("code");
    worker.server["/draw/offline/"] = () => new Response("away");
    await worker.happens("install");
    delete worker.server[FILE];
    assert.equal(await (await worker.asks(FILE, { mode: "cors" }))?.text(), "code");
    assert.equal(worker.asked.filter((path) => path === FILE).length, 1);
  });

  test("in development the server is always asked first", async () => {
    const worker = new Worker({ immutable: false, files: [] });
    const source = "/static/board/main.js";
    for (const code of ["one", "two"]) {
      worker.server[source] = () => new Response(code);
      assert.equal(await (await worker.asks(source, { mode: "cors" }))?.text(), code);
    }
  });

  test("of older versions those stay that a kept page is made of, and those of the version before", async () => {
    const worker = new Worker({ version: "v4" });
    for (const version of ["v1", "v2", "v3"])
      await worker.caches.open(`whiteboard files /draw/ ${version}`);
    worker.server[BOARD] = page("7");
    worker.server["/draw/offline/"] = () => new Response("away");
    await worker.asks(BOARD);
    await worker.happens("install");
    await worker.happens("activate");
    const files = (await worker.caches.keys()).filter((name) => name.includes("files"));
    assert.deepEqual(
      files.map((name) => name.split(" ").at(-1)),
      ["v1", "v3", "v4"],
    );
  });
});
