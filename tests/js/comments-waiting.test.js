// F8 for words: what was written and not sent outlives the page, is sent once, and nothing refused is out of sight.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { Comments } from "../../static/board/sync/comments.js";
import { CommentsWaiting } from "../../static/board/sync/offline/comments-waiting.js";
import { openComments } from "../../static/board/sync/offline/database.js";
import { WorkStore } from "../../static/board/sync/offline/store.js";
import { ANN, CommentsServer, listener } from "./support/comments-server.js";
import { bookIn, Channels, Locks, turns } from "./support/pages.js";

const LONG = 100_000;
/** @type {CommentsServer} */
let server;
/** @type {Locks} */
let locks;
/** @type {Channels} */
let channels;
/** @type {Channels} */
let forgotten;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new CommentsServer();
  locks = new Locks();
  channels = new Channels();
  forgotten = new Channels();
});

/** A page of the one browser. @param {string} state @param {number} [person] */
async function open(state, person = ANN.id) {
  const page = listener(server);
  page.becomes(state);
  page.session.board = { talk: server.talk };
  const { clock, session } = page;
  let over = false;
  const comments = new Comments({
    ...{ session, clock, me: () => ({ ...ANN, id: person }), now: () => 7 },
    ask: async (path, body) => (over ? null : server.ask(path, body)),
  });
  const tab = `tab ${Math.random()}`;
  const disk = async () => {
    if (over) throw new Error("this page is gone");
    return openComments("/");
  };
  /** @type {WorkStore<import("../../static/board/sync/offline/database.js").CommentRow>} */
  const store = new WorkStore({
    ...{ open: disk, board: "board", person, tab, clock },
    changed: () => {},
  });
  const waiting = new CommentsWaiting({
    comments,
    store,
    tabs: {
      ...{ tab, board: `board ${person}`, clock, now: clock.now },
      locks: /** @type {any} */ (locks.of(page)),
      channel: /** @type {any} */ (channels.open()),
      book: bookIn(disk),
    },
    forgotten: /** @type {any} */ (forgotten.open()),
    now: clock.now,
  });
  await waiting.start();
  await turns(10);
  return {
    ...page,
    ...{ comments, store, waiting },
    /** No handler, no goodbye. */
    crash() {
      over = true;
      comments.close();
      store.close();
      locks.letGo(page);
      waiting.stop();
    },
  };
}

/** @param {Awaited<ReturnType<typeof open>>} page @param {string} text */
function say(page, text) {
  return page.comments.open({ x: 1, y: 2, element: null, text, mentions: [] });
}

/** @param {Awaited<ReturnType<typeof open>>} page */
async function live(page) {
  page.becomes("live");
  page.hears();
  for (let times = 0; times < 20; times++) {
    await page.clock.run(LONG / 20);
    await turns(4);
  }
}

/** @param {Awaited<ReturnType<typeof open>>} page */
const states = ({ comments }) =>
  comments.threads.map((thread) => thread.comments.map(({ text, state }) => `${text} ${state}`));

test("a comment and its answer wait again on the next visit, and are sent once", async () => {
  const first = await open("offline");
  const key = say(first, "Why?");
  first.comments.reply(key, "Because.", []);
  assert.equal(first.waiting.onlyHere, 2);
  await first.store.written();
  assert.equal(first.waiting.onlyHere, 0);
  first.crash();

  const second = await open("offline");
  assert.deepEqual(states(second), [["Why? waiting", "Because. waiting"]]);
  await live(second);
  assert.deepEqual(server.texts, [["Why?", "Because."]]);
  assert.deepEqual(await second.store.waiting(), []);
  second.crash();
  const third = await open("live");
  assert.equal(third.comments.waiting, 0);
});

test("what had arrived before the page died is not said again", async () => {
  server.fates = ["lost"];
  const first = await open("live");
  say(first, "Why?");
  await first.clock.run(10);
  await first.store.written();
  first.crash();
  const second = await open("live");
  await live(second);
  assert.deepEqual(server.texts, [["Why?"]]);
  assert.deepEqual(await second.store.waiting(), []);
});

test("an answer is seen before its thread has been read, and is sent after", async () => {
  server.say("Why?");
  const first = await open("live");
  first.hears();
  await first.clock.run(10);
  first.becomes("offline");
  first.comments.reply(String(first.comments.threads[0]?.key), "So.", []);
  await first.store.written();
  first.crash();

  const second = await open("offline");
  assert.deepEqual(states(second), [["So. waiting"]]);
  await live(second);
  assert.deepEqual(server.texts, [["Why?", "So."]]);
  assert.deepEqual(states(second), [["Why? said", "So. said"]]);
});

test("another tab says what a closed one left, once; while it lives, nobody does", async () => {
  const [first, second] = [await open("offline"), await open("offline")];
  say(first, "Mine");
  say(second, "And mine");
  await first.store.written();
  await second.store.written();
  assert.equal(second.comments.waiting, 1);
  first.crash();
  await turns(20);
  assert.equal(second.comments.waiting, 2);
  await live(second);
  assert.deepEqual(server.texts.flat().sort(), ["And mine", "Mine"]);
  assert.deepEqual(await second.store.waiting(), []);
});

test("another person on this device neither sees nor sends them", async () => {
  const anns = await open("offline");
  say(anns, "Why?");
  await anns.store.written();
  anns.crash();
  const bobs = await open("live", 2);
  await live(bobs);
  assert.deepEqual([server.texts, bobs.comments.waiting], [[], 0]);
});

test("what was refused is there on the next visit, until it is sent again or taken back", async () => {
  server.fates = [409];
  const first = await open("live");
  const key = say(first, "Why?");
  await first.clock.run(10);
  await first.store.written();
  first.crash();
  const second = await open("live");
  await live(second);
  assert.deepEqual(states(second), [["Why? refused"]]);
  second.comments.remove(key, key);
  assert.deepEqual(await second.store.waiting(), []);
  assert.deepEqual(server.texts, []);
});

test("an answer to a thread that is gone stays in sight where the thread was", async () => {
  server.say("Why?");
  const first = await open("live");
  first.hears();
  await first.clock.run(10);
  first.becomes("offline");
  first.comments.reply(String(first.comments.threads[0]?.key), "So.", []);
  await first.store.written();
  first.crash();
  server.threads = [];
  const second = await open("offline");
  await live(second);
  assert.deepEqual(states(second), [["So. refused"]]);
});

test("a change of one's comment that is refused keeps its words", async () => {
  const page = await open("live");
  const key = say(page, "Why?");
  await page.clock.run(10);
  server.fates = [403];
  page.comments.edit(key, key, "Why not?", []);
  await page.clock.run(10);
  assert.deepEqual(states(page), [["Why not? refused"]]);
  page.comments.remove(key, key);
  assert.deepEqual(states(page), [["Why? said"]]);
});

test("what was refused and is forgotten is gone from the page that shows it, and nothing else is", async () => {
  server.fates = [409];
  const page = await open("live");
  say(page, "Why?");
  await page.clock.run(10);
  page.becomes("offline");
  say(page, "And why?");
  await page.store.written();
  const refused = page.comments.unsaid.filter((sending) => sending.refused !== null);
  forgotten.open().postMessage(refused.map(({ id }) => id));
  await turns(4);
  assert.deepEqual(states(page), [["And why? waiting"]]);
  await page.store.written();
  assert.equal((await page.store.waiting()).length, 1);
});
