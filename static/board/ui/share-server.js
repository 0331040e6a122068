// Asking the server about a board's sharing and order, and what it answers.

import { t } from "../core/translate.js";

/**
 * @typedef {import("../protocol").Role} Role
 * @typedef {import("../protocol").Audience} Audience
 */

/** @typedef {{person: number, name: string, color: string, role: Role, link: string, stays: boolean}} Member stays: nobody can change them */
/** @typedef {{id: number, role: Role, label: string, created: number, expires: number | null, uses: number, most: number | null, state: "good" | "expired" | "used"}} Invite */
/** @typedef {{id: number, kind: "ban" | "mute", person: number | null, name: string, address: boolean, reason: string, until: number | null}} Restraint */
/** @typedef {{person: number, name: string, until: number | null}} Pen */

/**
 * Lists are there for those who may share.
 * @typedef {object} Sharing
 * @property {Role} role
 * @property {boolean} member
 * @property {boolean} isOwner
 * @property {Audience} audience
 * @property {string} address
 * @property {Member[]} [members]
 * @property {Invite[]} [invites]
 * @property {Restraint[]} [restraints]
 * @property {Pen[]} [pens]
 */

/** @typedef {{link: string, squares: string[]}} Code a link as the squares of a QR code */

/** @typedef {{ok: true, answer: any} | {ok: false, say: string}} Outcome */

export class ShareServer {
  #url;
  #csrf;

  /** @param {{sharing: string, csrf: string}} config */
  constructor({ sharing, csrf }) {
    this.#url = sharing;
    this.#csrf = csrf;
  }

  /** @returns {Promise<Sharing | null>} null: it can't be had now */
  async read() {
    return this.#get("");
  }

  /** The code of the board's own address. @returns {Promise<Code | null>} */
  async code() {
    return this.#get("code/");
  }

  /** @param {string} path below the board's sharing @param {Record<string, string | number | boolean>} [fields] @returns {Promise<Outcome>} */
  async send(path, fields = {}) {
    try {
      const answer = await fetch(this.#url + path, {
        method: "POST",
        headers: {
          "X-CSRFToken": this.#csrf,
          "Content-Type": "application/json",
          Accept: "application/json",
        },
        body: JSON.stringify(fields),
      });
      if (answer.ok) return { ok: true, answer: await answer.json() };
      return { ok: false, say: await sentenceOf(answer) };
    } catch {
      return { ok: false, say: t("Can't reach the server. Nothing was changed.") };
    }
  }

  /** @param {string} path */
  async #get(path) {
    try {
      const answer = await fetch(this.#url + path, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}

/** @param {Response} answer */
async function sentenceOf(answer) {
  if (answer.status === 409) return (await answer.json()).say;
  if (answer.status === 429) return t("That was too often. Try again in a while.");
  return t("That isn't possible any more.");
}
