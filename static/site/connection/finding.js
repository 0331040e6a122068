// Something that a run has found, in plain words. Pure.

import { t } from "../../board/core/translate.js";

/**
 * @typedef {"upgrade" | "host" | "scheme" | "buffering" | "timeout" | "body"} Topic the lines of boards/connection/proxies.py
 * @typedef {"certain" | "likely"} Sure
 * @typedef {object} Finding
 * @property {string} id
 * @property {"good" | "note" | "bad"} level
 * @property {Sure} sure
 * @property {string} title
 * @property {string} text
 * @property {Topic | null} topic
 * @property {boolean} own whether the whiteboard itself has to be told something too
 */

/** @param {Partial<Finding> & {id: string, title: string, text: string}} finding @returns {Finding} */
export function finding(finding) {
  return { level: "bad", sure: "certain", topic: null, own: false, ...finding };
}

/** What an answer was, as it stands in a sentence. @param {number} status 0 without one */
export function statusOrNothing(status) {
  return status || t("nothing");
}
