// A person's own library, as the server keeps it.

import { t } from "../core/translate.js";

/** @typedef {import("../core/fold.js").Element} Element */
/** Elements bring the key that they had, by which others of the item name them. @typedef {{key: string, name: string, board?: string, elements: Element[]}} Item */

/** Why it could not be done, as a sentence. */
export class LibraryError extends Error {}

export class LibraryServer {
  #url;
  #csrf;

  /** @param {{library: string, csrf: string}} config */
  constructor({ library, csrf }) {
    this.#url = library;
    this.#csrf = csrf;
  }

  /** @returns {Promise<Item[]>} */
  async items() {
    const { items } = await this.#ask("GET", "");
    return items;
  }

  /** @param {Item} item */
  async add(item) {
    await this.#ask("POST", "", item);
  }

  /** @param {string} key @param {string} name */
  async rename(key, name) {
    await this.#ask("PATCH", `${key}/`, { name });
  }

  /** @param {string} key */
  async remove(key) {
    await this.#ask("DELETE", `${key}/`);
  }

  /** @param {string} method @param {string} path @param {object} [fields] @returns {Promise<any>} */
  async #ask(method, path, fields) {
    let answer;
    try {
      answer = await fetch(this.#url + path, {
        method,
        headers: {
          "X-CSRFToken": this.#csrf,
          "Content-Type": "application/json",
          Accept: "application/json",
        },
        ...(fields && { body: JSON.stringify(fields) }),
      });
    } catch {
      throw new LibraryError(t("Can't reach the server. Your library is there again with it."));
    }
    if (!answer.ok) throw new LibraryError(await sentenceOf(answer));
    return answer.status === 204 ? null : answer.json();
  }
}

/** @param {Response} answer */
async function sentenceOf(answer) {
  const { error } = await answer.json().catch(() => ({ error: "" }));
  if (error === "full") return t("Your library is full. Remove something first.");
  if (error === "too_big" || answer.status === 413)
    return t("That is too much for one item of your library. Select less.");
  if (answer.status === 429) return t("That was too often. Try again in a while.");
  return t("That isn't possible now.");
}
