// Keeps one's comments on this device until they have arrived, and finds those that an earlier visit has left.

import { transactionId } from "../core/ids.js";
import { isWritten } from "../sync/comments-told.js";
import { CommentsWaiting } from "../sync/offline/comments-waiting.js";
import { openComments } from "../sync/offline/database.js";
import { WorkStore } from "../sync/offline/store.js";
import { REAL_CLOCK } from "../sync/timers.js";
import { bookIn } from "./offline.js";

/**
 * @typedef {import("../sync/comments.js").Comments} Comments
 * @typedef {import("../sync/offline/database.js").CommentRow} CommentRow
 * @typedef {import("../sync/session.js").Session} Session
 * @typedef {import("./config.js").Config} Config
 */

/** @param {Config} config @param {string} tab @param {() => void} [changed] @returns {WorkStore<CommentRow>} */
function storeOf({ home, board, person }, tab, changed = () => {}) {
  const whose = { board, person: person.id, tab };
  return new WorkStore({ ...whose, open: () => openComments(home), clock: REAL_CLOCK, changed });
}

/** What is forgotten is so on every page that shows it. @param {Config} config */
function forgottenOn({ home }) {
  return new BroadcastChannel(`whiteboard forgotten ${home}`);
}

/** @param {{comments: Comments, session: Session, config: Config, changed: () => void}} parts changed: something was kept, or could not be */
export async function keepComments({ comments, session, config, changed }) {
  const tab = transactionId();
  const store = storeOf(config, tab, changed);
  const waiting = new CommentsWaiting({
    comments,
    store,
    tabs: {
      ...{ tab, board: `comments of ${config.board} ${config.person.id}`, locks: navigator.locks },
      channel: new BroadcastChannel(`whiteboard ${config.home}`),
      book: bookIn(() => openComments(config.home)),
      ...{ clock: REAL_CLOCK, now: Date.now },
    },
    forgotten: forgottenOn(config),
    now: Date.now,
  });
  const count = () => session.keeping({ comments: comments.waiting });
  comments.subscribe(count);
  count();
  window.addEventListener("pagehide", ({ persisted }) => persisted || waiting.stop());
  await waiting.start();
  return waiting;
}

/** Whether an earlier visit, or another page, has left any. @param {Config} config */
export async function anyKept(config) {
  const store = storeOf(config, "");
  try {
    return (await store.waiting()).length > 0;
  } catch {
    // Where nothing can be read nothing is kept.
    return false;
  } finally {
    store.close();
  }
}

/** What is written and was refused, or can't be sent any more. @param {Config} config @param {string | null} denial why */
export async function leftComments(config, denial) {
  const store = storeOf(config, "");
  const rows = (await store.waiting()).filter(({ deed }) => isWritten(deed));
  const unsaid = rows.filter(({ refused }) => refused !== null || denial !== null);
  return {
    unsaid: unsaid.map(({ id, deed, refused }) => ({ id, deed, refused: refused ?? denial })),
    forget: async () => {
      for (const { id } of unsaid) store.forget("waiting", id);
      await store.written();
      const channel = forgottenOn(config);
      channel.postMessage(unsaid.map(({ id }) => id));
      channel.close();
    },
  };
}
