// What a session tells of itself, and how far its connections have come: types alone.

/**
 * @typedef {import("../protocol").Someone} Someone
 * @typedef {import("../protocol").Paper} Paper
 * @typedef {import("./link.js").Link} Link
 * @typedef {import("./live.js").LiveRecord} LiveRecord
 * @typedef {import("./transports/index.js").TransportName} TransportName
 */

/**
 * What a board is like beside its elements.
 * @typedef {object} BoardHead
 * @property {string} title
 * @property {boolean} frozen
 * @property {Paper} paper
 * @property {readonly number[]} pens people (by number) who hold the pen
 * @property {boolean} ownOnly people change only what they drew
 * @property {boolean} muted oneself
 * @property {number} talk version of the comments
 * @property {import("../protocol").NoticeCode | null} notice what was last done to it from outside
 * @property {number} noticed when, in ms
 */

/** @typedef {"connecting" | "live" | "offline" | "denied"} SessionState */
/** @typedef {"saved" | "saving" | "waiting"} Saved */

/**
 * @typedef {{type: "state"}
 *   | {type: "people", joined: readonly Someone[], left: readonly number[]}
 *   | {type: "board"}
 *   | {type: "refused", id: string, code: string, why: string}
 *   | {type: "live", records: LiveRecord[]}
 *   | {type: "denied", code: number, why: string}
 *   | {type: "error", error: unknown}} SessionEvent
 */

/**
 * How far a connection has come.
 * @typedef {object} Connection
 * @property {Link} link
 * @property {TransportName} transport
 * @property {number | null} welcomed when, by the session's clock
 * @property {boolean} greeted whether hello has been said since the document was read
 * @property {number | null} target the clock to reach before anything is sent; null before welcome
 * @property {boolean} caughtUp
 * @property {number} rereads
 */

export {};
