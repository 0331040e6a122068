// The board without a network: keeps what waits and a copy of the board here, and the page itself.

import { transactionId } from "../core/ids.js";
import { Copies, readCopy } from "../sync/offline/copies.js";
import { openCopies, openWork } from "../sync/offline/database.js";
import { WorkStore } from "../sync/offline/store.js";
import { Waiting } from "../sync/offline/waiting.js";
import { REAL_CLOCK } from "../sync/timers.js";
import { keepThisPage } from "./offline-page.js";

/**
 * @typedef {import("../sync/session.js").Session} Session
 * @typedef {import("./config.js").Config} Config
 * @typedef {{session: Session, config: Config}} Parts
 */

/** A board that comes and goes at once needs no copy. */
const IDLE_MS = 1000;

/** @type {{store: WorkStore, parts: Parts} | null} */
let kept = null;
/** Of refused changes on earlier visits: their transactions. @type {Set<string>} */
const earlier = new Set();

/** @type {(page: {tab: string, waiting: Waiting}) => void} */
let begin = () => {};
/** This page among those of the browser, once it keeps what waits. @type {Promise<{tab: string, waiting: Waiting}>} */
export const pageHere = new Promise((resolve) => {
  begin = resolve;
});

/** @param {Parts} parts */
export async function keepOffline(parts) {
  if (kept) return;
  const { session, config } = parts;
  const tab = transactionId();
  const open = () => openWork(config.home);
  const store = new WorkStore({
    open,
    board: config.board,
    person: config.person.id,
    tab,
    clock: REAL_CLOCK,
    changed: () => session.keeping({ fails: store.fails }),
  });
  kept = { store, parts };
  const waiting = new Waiting({
    document: session.document,
    session,
    store,
    tabs: {
      ...{ tab, board: `${config.board} ${config.person.id}`, locks: navigator.locks },
      ...{ channel: new BroadcastChannel(`whiteboard ${config.home}`), book: bookIn(open) },
      ...{ clock: REAL_CLOCK, now: Date.now },
    },
    title: () => session.board?.title ?? config.title,
    now: Date.now,
  });
  session.keeping({ onlyHere: () => waiting.onlyHere, dismissed: (before) => dismissed(before) });
  // A page that may come back out of the browser's memory is not gone.
  window.addEventListener("pagehide", ({ persisted }) => persisted || waiting.stop());
  askToStay(session);
  await waiting.start();
  begin({ tab, waiting });
  await countRefused(session, store);
  await keepThisPage(parts, () => keepCopies(parts));
}

/** The board as it was when it was last open here; null where there is no copy. @param {Session} session @param {Config} config */
export async function boardKeptHere(session, config) {
  const { home, board, person } = config;
  const found = await readCopy(() => openCopies(home), board, person.id).catch(() => null);
  // What the server took then it will take again: all tools are there.
  if (found && session.state !== "live") session.schema = found.accepts;
  return found?.document ?? null;
}

/** What could not be saved: for the sheet that shows it. */
export async function unsaved() {
  if (!kept) return null;
  const { store, parts } = kept;
  const { session, config } = parts;
  const rows = await store.refused();
  const refused = rows.map((row) => ({ code: row.code, row }));
  const denial = session.denial && `${session.denial.code}`;
  const shutOut = denial ? (await store.waiting()).map((row) => ({ code: denial, row })) : [];
  const comments = await commentsKept(config, denial);
  return {
    board: config.board,
    title: session.board?.title ?? config.title,
    unsaved: [...refused, ...shutOut],
    comments: comments?.unsaid ?? [],
    saved: async () => {
      store.tellNoMore(rows);
      await store.written();
      session.keeping({ refused: 0 });
    },
    forget: async () => {
      for (const { row } of refused) store.forget("refused", row.id);
      for (const { row } of shutOut) store.forget("waiting", row.id);
      await Promise.all([store.written(), comments?.forget()]);
      session.keeping({ refused: 0 });
    },
  };
}

/** @param {Config} config @param {string | null} denial why nothing can be sent any more */
async function commentsKept(config, denial) {
  const { leftComments } = await import("./comments-kept.js");
  return leftComments(config, denial).catch(() => null);
}

/** What was refused is told of on every visit, until its person has a file of it or wants to hear no more. @param {Session} session @param {WorkStore} store */
async function countRefused(session, store) {
  try {
    for (const { id, told } of await store.refused()) {
      if (told) store.forget("refused", id);
      else earlier.add(id);
    }
    session.keeping({ refused: earlier.size });
  } catch {
    // Nothing to be read here.
  }
}

/** @param {boolean} before whether those of earlier visits are meant, or those of this one */
async function dismissed(before) {
  if (!kept) return;
  const { store } = kept;
  const rows = await store.refused().catch(() => []);
  store.tellNoMore(rows.filter(({ id }) => earlier.has(id) === before));
}

/** Browsers clear the storage of sites that they think unimportant; not while work waits in it. @param {Session} session */
function askToStay(session) {
  const stop = session.subscribe(() => {
    if (session.waiting === 0 || session.state === "live") return;
    stop();
    navigator.storage?.persist?.().catch(() => {});
  });
}

/** @param {Parts} parts */
function keepCopies({ session, config }) {
  const copies = new Copies({
    open: () => openCopies(config.home),
    document: session.document,
    board: config.board,
    person: config.person.id,
    accepts: () => session.schema,
    idle: () => new Promise((resolve) => whenIdle(resolve)),
    now: Date.now,
  });
  const follow = () => {
    if (session.denial) void copies.remove();
  };
  session.subscribe(follow);
  follow();
}

/** @param {(value: unknown) => void} act */
function whenIdle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: IDLE_MS });
  else setTimeout(act, IDLE_MS);
}

/** @param {() => ReturnType<typeof openWork>} open @returns {import("../sync/offline/tabs.js").TabBook} */
export function bookIn(open) {
  /** @type {ReturnType<typeof openWork> | null} */
  let opening = null;
  const database = () => (opening ??= open());
  return {
    put: async (row) => (await database()).put("tabs", row),
    get: async (tab) => (await database()).get("tabs", tab),
    remove: async (tab) => (await database()).delete("tabs", tab),
  };
}
