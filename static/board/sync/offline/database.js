// Where this browser keeps what a board needs without a network: own work, and copies that can be fetched again.

import { openDB } from "../../../npm/idb.js";

/**
 * @typedef {import("../../core/document.js").Transaction} Transaction
 * @typedef {import("../../core/document.js").CommittedTransaction} CommittedTransaction
 * @typedef {import("../../core/fold.js").Element} Element
 * @typedef {import("../comments-told.js").Sending} Sending
 */

/**
 * Something of one's own. Whose it is and in which order it comes stands beside it.
 * @typedef {object} OwnRow
 * @property {string} id
 * @property {string} board
 * @property {number} person
 * @property {string} tab the open page that sends it
 * @property {number} order
 */

/**
 * A transaction without an answer.
 * @typedef {object} Unanswered
 * @property {number} at when it was made, in ms
 * @property {string} title of the board
 * @property {Transaction["changes"]} changes
 */

/** @typedef {OwnRow & Unanswered} WaitingRow */
/** What the server said no to. @typedef {WaitingRow & {code: string, why: string, away: boolean, told?: boolean}} RefusedRow away: made while there was no connection; told: its person knows, and wants to be told no more */
/** A comment, or what is done to one, without an answer or refused. @typedef {OwnRow & Sending} CommentRow */

/** An open page, where there are no locks: `seen` goes on while it lives. @typedef {{tab: string, seen: number}} TabRow */

/** A board as it was at `clock`; its elements are in `parts` of the same `making`. @typedef {{board: string, person: number, epoch: string, clock: number, making: string, parts: number, schema: number, accepts: number, at: number}} CopyRow accepts: the newest schema that the server took then */
/** @typedef {{board: string, making: string, part: number, elements: (readonly [string, Element])[]}} PartRow */
/** What came after the copy. @typedef {{board: string, epoch: string, clock: number, transaction: CommittedTransaction}} LaterRow */

/** @typedef {import("../../../npm/idb.js").IDBPDatabase<any>} Database */

/** Own work: nobody but its person or its receipt takes anything out of it. @param {string} home the address of the list of boards */
export function openWork(home) {
  return openOwn(`whiteboard work ${home}`);
}

/** Own words, in a database of their own: pages of an older version need not let go of the other one. @param {string} home */
export function openComments(home) {
  return openOwn(`whiteboard comments ${home}`);
}

/** @param {string} name */
function openOwn(name) {
  return openDB(name, 1, {
    upgrade(database) {
      for (const name of ["waiting", "refused"]) {
        const store = database.createObjectStore(name, { keyPath: "id" });
        store.createIndex("whose", ["board", "person"]);
      }
      database.createObjectStore("tabs", { keyPath: "tab" });
    },
    blocking: (_, __, event) => closed(event),
  });
}

/** The name of the other database; the service worker deletes it when another person comes. @param {string} home */
export function copiesName(home) {
  return `whiteboard copies ${home}`;
}

/** Copies of boards. @param {string} home */
export function openCopies(home) {
  return openDB(copiesName(home), 1, {
    upgrade(database) {
      database.createObjectStore("copies", { keyPath: "board" });
      database.createObjectStore("parts", { keyPath: ["board", "making", "part"] });
      database.createObjectStore("later", { keyPath: ["board", "clock"] });
    },
    blocking: (_, __, event) => closed(event),
  });
}

/** Another version, or its deletion, must not wait for this page. @param {IDBVersionChangeEvent} event */
function closed(event) {
  const { target } = event;
  if (target instanceof IDBDatabase) target.close();
}
