// What the server tells the page of a board.

/**
 * @typedef {object} Config
 * @property {string} board
 * @property {string} title
 * @property {{id: number, name: string, color: string}} person
 * @property {import("../protocol").Role} role
 * @property {import("../protocol").Action[]} may
 * @property {string} socket
 * @property {string} document
 * @property {string} [connection] where connections are looked into
 * @property {string} comments
 * @property {string} worker
 * @property {string} assets address below which the board's pictures are
 * @property {string} pdfWorker
 * @property {string} language
 * @property {string} rename
 * @property {import("../protocol").Paper} paper
 * @property {string} setPaper
 * @property {string} trash
 * @property {string} home
 * @property {string} nickname
 * @property {string} sharing
 * @property {string} report
 * @property {string} csrf
 * @property {string} offline the script that opens pages without a network
 * @property {string} library where a person's own library is
 * @property {string} words where further translated words are; empty: there are none
 */

export {};
