// The comments of a board in the browser: read when there is something newer, sent until they have arrived, once.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import fc from "fast-check";
import { Comments } from "../../static/board/sync/comments.js";
import { isGone, merged, takesAnswers, unreadOf } from "../../static/board/sync/comments-told.js";
import { ANN, CommentsServer, listener } from "./support/comments-server.js";

const LONG = 200_000;
/** @type {CommentsServer} */
let server;
/** @type {ReturnType<typeof listener>} */
let page;
/** @type {Comments} */
let comments;

beforeEach(() => {
  server = new CommentsServer();
  page = listener(server);
  comments = onPage();
});

function onPage() {
  const { session, clock } = page;
  return new Comments({ session, clock, me: () => ANN, ask: server.ask, now: () => 7 });
}

/** @param {string} text */
function open(text) {
  return comments.open({ x: 1, y: 2, element: null, text, mentions: [] });
}

const shownTexts = () => comments.threads.map((thread) => thread.comments.map(({ text }) => text));

test("where nobody has said anything nothing is asked", async () => {
  page.hears();
  await page.clock.run(LONG);
  assert.deepEqual(server.asked, []);
});

test("what is newer is read once, and only that", async () => {
  const first = server.say("Why?");
  page.hears();
  await page.clock.run(10);
  page.hears();
  await page.clock.run(10);
  server.answer(first, "So.");
  server.say("Other");
  page.hears();
  await page.clock.run(10);
  assert.deepEqual(server.asked, ["?since=0", "?since=1"]);
  assert.deepEqual(shownTexts(), [["Why?", "So."], ["Other"]]);
});

test("what one says is seen at once, and asks for nothing more once it has arrived", async () => {
  const key = open("Why?");
  comments.reply(key, "I know.", []);
  assert.deepEqual(shownTexts(), [["Why?", "I know."]]);
  assert.equal(comments.get(key)?.comments[0]?.state, "waiting");
  assert.equal(comments.waiting, 2);
  await page.clock.run(10);
  page.hears();
  await page.clock.run(10);
  assert.deepEqual(server.asked, ["", "/1"]);
  assert.deepEqual(server.texts, [["Why?", "I know."]]);
  const thread = comments.get(key);
  assert.deepEqual([thread?.id, thread?.comments[1]?.state, comments.waiting], [1, "said", 0]);
});

test("without a connection it waits, and goes when there is one", async () => {
  page.becomes("offline");
  const key = open("Why?");
  comments.reply(key, "Because.", []);
  comments.resolve(key, true);
  await page.clock.run(LONG);
  assert.deepEqual(server.asked, []);
  assert.ok(comments.get(key)?.resolved);
  page.becomes("live");
  await page.clock.run(10);
  assert.deepEqual(server.texts, [["Why?", "Because."]]);
  assert.equal(server.threads[0]?.resolved, 5);
});

test("an answer that is lost costs another sending, not another comment", async () => {
  server.fates = ["lost", "away", 503, 429, "fine"];
  open("Why?");
  await page.clock.run(LONG);
  assert.equal(server.asked.length, 5);
  assert.deepEqual(server.texts, [["Why?"]]);
  assert.equal(comments.waiting, 0);
});

test("what has arrived without an answer is found by reading", async () => {
  server.fates = ["lost"];
  open("Why?");
  await page.clock.run(1);
  page.hears();
  await page.clock.run(LONG);
  assert.ok(server.asked.includes("?since=0"));
  assert.deepEqual([shownTexts(), server.texts], [[["Why?"]], [["Why?"]]]);
  assert.equal(comments.waiting, 0);
});

test("what is refused stays to be read, sent again or taken back", async () => {
  /** @type {string[]} */
  const codes = [];
  comments.subscribe((event) => event.type === "refused" && codes.push(event.code));
  server.fates = [409, 403];
  const [first, second] = [open("One"), open("Two")];
  await page.clock.run(LONG);
  assert.deepEqual(codes, ["code-409", "code-403"]);
  assert.equal(comments.get(first)?.comments[0]?.state, "refused");
  comments.sendAgain(first);
  comments.remove(second, second);
  await page.clock.run(10);
  assert.deepEqual(server.texts, [["One"]]);
  assert.deepEqual(shownTexts(), [["One"]]);
});

test("what begins a thread and is refused takes no answers; one that is refused leaves its thread open", async () => {
  server.fates = [403];
  const first = open("One");
  assert.ok(takesAnswers(comments.get(first)), "while it is on its way");
  await page.clock.run(LONG);
  assert.ok(!takesAnswers(comments.get(first)));
  comments.sendAgain(first);
  assert.ok(takesAnswers(comments.get(first)), "while it is tried again");
  await page.clock.run(10);
  server.fates = [403];
  comments.reply(first, "And?", []);
  await page.clock.run(LONG);
  assert.deepEqual(shownTexts(), [["One", "And?"]]);
  assert.ok(takesAnswers(comments.get(first)));
  assert.ok(takesAnswers(null), "a comment that is only being written");
});

test("a board that may not be read is not asked for again until something is new", async () => {
  server.say("Why?");
  server.fates = [404];
  page.hears();
  await page.clock.run(LONG);
  assert.equal(server.asked.length, 1);
  server.say("And?");
  page.hears();
  await page.clock.run(10);
  assert.equal(comments.threads.length, 2);
});

test("what has been seen isn't unread any more, until somebody says more", async () => {
  const thread = server.say("Why?");
  page.hears();
  await page.clock.run(10);
  const key = String(comments.threads[0]?.key);
  assert.equal(unreadOf(comments.threads).length, 1);
  comments.see(key);
  assert.equal(unreadOf(comments.threads).length, 0);
  assert.equal(comments.waiting, 0, "nobody waits for that");
  await page.clock.run(10);
  assert.equal(unreadOf(comments.threads).length, 0);
  server.answer(thread, "So.");
  page.hears();
  await page.clock.run(10);
  assert.equal(unreadOf(comments.threads).length, 1);
});

test("whom one may mention is read when it is needed, and once", async () => {
  await Promise.all([comments.findPeople(), page.clock.run(10)]);
  await comments.findPeople();
  assert.deepEqual(comments.people, [ANN]);
  assert.deepEqual(server.asked, ["?since=0"]);
});

test("in a crowd not all ask in the same moment, and each asks within half a second", async () => {
  page.isCrowded(1000);
  server.say("Why?");
  for (let times = 0; times < 5; times++) page.hears();
  assert.deepEqual(server.asked, []);
  await page.clock.run(500);
  assert.deepEqual(server.asked, ["?since=0"]);
  assert.equal(comments.threads.length, 1);
});

test("a board put back from a backup is read afresh", async () => {
  server.say("Why?");
  server.say("And?");
  page.hears();
  await page.clock.run(10);
  server.threads.pop();
  server.talk = 1;
  page.livesAnew();
  page.hears();
  await page.clock.run(10);
  assert.deepEqual(shownTexts(), [["Why?"]]);
});

test("older news replaces nothing newer", () => {
  const one = server.say("Why?");
  const before = structuredClone(one);
  const after = structuredClone(server.answer(one, "So."));
  const known = merged(new Map(), [after]);
  assert.equal(merged(known, [before]).get(one.id), after);
});

test("a thread without a word left is gone", async () => {
  const key = open("Why?");
  await page.clock.run(10);
  comments.remove(key, key);
  const [thread] = comments.threads;
  assert.ok(thread && isGone(thread));
});

const FATE = fc.constantFrom(.../** @type {const} */ (["fine", "fine", "away", "lost", 503, 429]));
const STEP = fc.oneof(
  fc.constantFrom("open", "reply", "other", "hear", "offline", "live", "wait", "see"),
);

test("whatever is lost, everything is said once and in its order, and all see the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { maxLength: 30 }), fc.array(FATE), async (steps, fates) => {
      server = new CommentsServer();
      server.fates = [...fates];
      page = listener(server);
      comments = onPage();
      /** @type {string[]} */
      const said = [];
      for (const [at, step] of steps.entries()) {
        const text = `text ${at}`;
        const last = comments.threads.at(-1);
        if (step === "open") said.push(text) && open(text);
        else if (step === "reply" && last) said.push(text) && comments.reply(last.key, text, []);
        else if (step === "other") server.say(text) && said.push(text);
        else if (step === "hear") page.hears();
        else if (step === "see" && last) comments.see(last.key);
        else if (step === "wait") await page.clock.run(1500);
        else if (step === "offline" || step === "live") page.becomes(step);
      }
      page.becomes("live");
      page.hears();
      await page.clock.run(LONG * 10);
      page.hears();
      await page.clock.run(LONG * 10);
      assert.deepEqual(server.texts.flat().sort(), [...said].sort());
      assert.deepEqual(shownTexts(), server.texts);
      assert.equal(comments.waiting, 0);
      comments.close();
    }),
    { numRuns: 200 },
  );
});
