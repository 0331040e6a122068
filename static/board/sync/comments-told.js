// What a page knows of a board's comments: what the server has told, with what is still on its way laid over it; pure.

/** @typedef {{id: number, name: string}} Named */
/** @typedef {{id: number, name: string, color: string}} Somebody */

/**
 * @typedef {object} ToldComment
 * @property {number} id
 * @property {string} uid
 * @property {Somebody | null} author null: no longer there
 * @property {number} at ms since 1970, like all times here
 * @property {number | null} edited
 * @property {boolean} removed
 * @property {string} text
 * @property {readonly number[]} mentions
 */

/**
 * @typedef {object} ToldThread
 * @property {number} id
 * @property {number} x relative to its element's own, if it has one
 * @property {number} y
 * @property {string | null} element
 * @property {string | null} [page] null: the first
 * @property {{x: number, y: number} | null} was_at where its element was that has been removed
 * @property {number} created
 * @property {number | null} resolved
 * @property {Named | null} resolved_by
 * @property {number} talk
 * @property {boolean} unread
 * @property {boolean} mentions_me
 * @property {readonly ToldComment[]} comments
 */

/** What is on its way. Threads go by their first comment's uid, which they have before they have a number. */
/**
 * @typedef {{kind: "thread", uid: string, x: number, y: number, element: string | null, page?: string | null, text: string,
 *   mentions: readonly number[], at: number}} NewThread
 * @typedef {{kind: "reply", uid: string, to: string, text: string, mentions: readonly number[], at: number, place?: Place}} Reply place: of its thread, which may be gone before it is sent
 * @typedef {{kind: "edit", uid: string, to: string, text: string, mentions: readonly number[], at: number, place?: Place}} Edit
 * @typedef {{kind: "remove", uid: string, to: string}} Remove
 * @typedef {{kind: "resolve", to: string, resolved: boolean}} Resolve
 * @typedef {{kind: "seen", to: string, talk: number}} Seen
 * @typedef {NewThread | Reply | Edit | Remove | Resolve | Seen} Deed
 * @typedef {{id: string, deed: Deed, refused: string | null}} Sending id: of what is kept of it on this device; refused: why
 * @typedef {Pick<ToldThread, "x" | "y" | "element" | "page">} Place
 */

/** @typedef {Omit<ToldComment, "id"> & {id: number | null, state: "said" | "waiting" | "refused", code: string | null}} ShownComment */
/**
 * @typedef {Omit<ToldThread, "id" | "comments"> & {key: string, id: number | null,
 *   comments: readonly ShownComment[]}} ShownThread
 */

/** @param {ToldThread} thread */
export function keyOf(thread) {
  return thread.comments[0]?.uid ?? `thread-${thread.id}`;
}

/** Nothing older replaces what is newer. @param {ReadonlyMap<number, ToldThread>} known @param {readonly ToldThread[]} told @returns {Map<number, ToldThread>} */
export function merged(known, told) {
  const all = new Map(known);
  for (const thread of told) {
    const before = all.get(thread.id);
    if (!before || before.talk <= thread.talk) all.set(thread.id, thread);
  }
  return all;
}

/** Without what has arrived although no answer came back. @param {readonly Sending[]} sendings @param {Iterable<ToldThread>} threads */
export function stillWaiting(sendings, threads) {
  const said = new Set([...threads].flatMap(({ comments }) => comments.map(({ uid }) => uid)));
  return sendings.filter(
    ({ deed }) => !(deed.kind === "thread" || deed.kind === "reply") || !said.has(deed.uid),
  );
}

/** @param {Iterable<ToldThread>} threads @param {readonly Sending[]} sendings @param {Somebody} me @returns {ShownThread[]} the oldest first */
export function shown(threads, sendings, me) {
  /** @type {Map<string, ShownThread>} */
  const found = new Map();
  for (const thread of threads) {
    const key = keyOf(thread);
    const comments = thread.comments.map((comment) => asSaid(comment));
    found.set(key, { ...thread, key, comments });
  }
  for (const sending of sendings) lay(found, sending, me);
  return [...found.values()].sort((a, b) => a.created - b.created);
}

/** @param {ToldComment} comment @returns {ShownComment} */
function asSaid(comment) {
  return { ...comment, state: "said", code: null };
}

/** @param {Map<string, ShownThread>} found @param {Sending} sending @param {Somebody} me */
function lay(found, sending, me) {
  const { deed } = sending;
  if (deed.kind === "thread") {
    found.set(deed.uid, newThread(deed, ownComment(sending, deed, me)));
    return;
  }
  const thread = found.get(deed.to);
  if (thread) found.set(deed.to, after(thread, sending, me));
  else if ((deed.kind === "reply" || deed.kind === "edit") && deed.place)
    // Nobody's words are out of sight because what they belong to is.
    found.set(deed.uid, newThread({ ...deed, ...deed.place }, ownComment(sending, deed, me)));
}

/** @param {ShownThread} thread @param {Sending} sending @param {Somebody} me @returns {ShownThread} */
function after(thread, sending, me) {
  const { deed } = sending;
  switch (deed.kind) {
    case "reply": {
      const comment = ownComment(sending, deed, me);
      return { ...thread, resolved: null, comments: [...thread.comments, comment] };
    }
    case "edit":
      return withComment(thread, deed.uid, {
        ...{ text: deed.text, mentions: deed.mentions, removed: false },
        ...stateOf(sending),
      });
    case "remove":
      return withComment(thread, deed.uid, { text: "", removed: true });
    case "resolve":
      return { ...thread, resolved: deed.resolved ? thread.created : null, resolved_by: me };
    case "seen":
      return { ...thread, unread: thread.unread && thread.talk > deed.talk };
    default:
      return thread;
  }
}

/** @param {ShownThread} thread @param {string} uid @param {Partial<ShownComment>} change @returns {ShownThread} */
function withComment(thread, uid, change) {
  const comments = thread.comments.map((comment) =>
    comment.uid === uid ? { ...comment, ...change } : comment,
  );
  return { ...thread, comments };
}

/** @param {Sending} sending @param {NewThread | Reply | Edit} deed @param {Somebody} me @returns {ShownComment} */
function ownComment(sending, { uid, at, text, mentions }, me) {
  const rest = { id: null, edited: null, removed: false };
  return { ...rest, uid, author: me, at, text, mentions, ...stateOf(sending) };
}

/** @param {Sending} sending @returns {Pick<ShownComment, "state" | "code">} */
function stateOf({ refused }) {
  return { state: refused === null ? "waiting" : "refused", code: refused };
}

/** Whether somebody has written it, and would miss it. @param {Deed} deed */
export function isWritten({ kind }) {
  return kind === "thread" || kind === "reply" || kind === "edit";
}

/** @param {Place & {uid: string, at: number}} deed @param {ShownComment} first @returns {ShownThread} */
function newThread({ uid, x, y, element, page = null, at }, first) {
  const rest = { was_at: null, resolved: null, resolved_by: null, talk: 0 };
  const marks = { unread: false, mentions_me: false };
  return {
    ...rest,
    ...marks,
    key: uid,
    id: null,
    x,
    y,
    element,
    page,
    created: at,
    comments: [first],
  };
}

/** Whether nothing is left in it to read. @param {ShownThread} thread */
export function isGone({ comments }) {
  return comments.every(({ removed }) => removed);
}

/** Whether there is something to answer: not where the server did not take what the thread begins with. @param {ShownThread | null} thread null: it is only being written */
export function takesAnswers(thread) {
  return thread?.id !== null || thread.comments[0]?.state !== "refused";
}

/** What somebody hasn't read and may want to. @param {readonly ShownThread[]} threads */
export function unreadOf(threads) {
  return threads.filter((thread) => thread.unread && thread.resolved === null && !isGone(thread));
}

/** Where a deed goes, and what with; null: its thread or comment isn't there (any more). @param {Deed} deed @param {Iterable<ToldThread>} threads @returns {{path: string, body: object} | null} */
export function requestOf(deed, threads) {
  if (deed.kind === "thread") {
    const { kind: _, at: __, ...body } = deed;
    return { path: "", body };
  }
  const thread = [...threads].find((each) => keyOf(each) === deed.to);
  if (!thread) return null;
  const path = `/${thread.id}`;
  switch (deed.kind) {
    case "reply":
      return { path, body: { uid: deed.uid, text: deed.text, mentions: deed.mentions } };
    case "resolve":
      return { path: `${path}/resolve`, body: { resolved: deed.resolved } };
    case "seen":
      return { path: `${path}/seen`, body: { talk: deed.talk } };
    default: {
      const comment = thread.comments.find(({ uid }) => uid === deed.uid);
      if (!comment) return null;
      const body = deed.kind === "edit" ? { text: deed.text, mentions: deed.mentions } : {};
      return { path: `${path}/${comment.id}/${deed.kind}`, body };
    }
  }
}
