// The list of boards without a network: keeps itself, says that it is a kept one, and shows what still waits here.

import { openWork } from "../board/sync/offline/database.js";
import { changesFileName, fileOf } from "../board/sync/offline/file.js";

/** @typedef {import("../board/sync/offline/database.js").WaitingRow} WaitingRow */
/** @typedef {import("../board/sync/offline/database.js").RefusedRow} RefusedRow */
/** @typedef {{store: "waiting" | "refused", row: WaitingRow | RefusedRow}} Left */
/** @typedef {{createPolicy: (name: string, rules: {createScriptURL: (url: string) => string}) => {createScriptURL: (url: string) => string}}} TrustedTypes */

/** What is younger may be on its way from another page just now. */
const ON_ITS_WAY_MS = 10_000;

const place = document.getElementById("offline");
const { person = "", home = "/", worker = "" } = place?.dataset ?? {};

/** @param {string} selector @param {ParentNode} [within] */
function find(selector, within = document) {
  const found = within.querySelector(selector);
  return found instanceof HTMLElement ? found : null;
}

async function keepThisPage() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(trusted(worker), { scope: home });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ keep: [new URL(home, location.href).href] });
}

/** @param {string} url */
function trusted(url) {
  const { trustedTypes } = /** @type {{trustedTypes?: TrustedTypes}} */ (globalThis);
  const policy = trustedTypes?.createPolicy("whiteboard", { createScriptURL: ownScript });
  return policy?.createScriptURL(url) ?? ownScript(url);
}

/** @param {string} given */
function ownScript(given) {
  if (given !== worker)
    throw new TypeError(`only this site's own worker may be started, not ${given}`);
  return given;
}

/** This page was kept, and there is no server now. */
async function sayThatItIsKept() {
  if (document.documentElement.dataset.kept === undefined) return;
  const line = find(".offline-line");
  if (line) line.hidden = false;
  window.addEventListener("online", () => location.reload(), { once: true });
  for (const card of document.querySelectorAll("[data-board]")) {
    const link = card.querySelector("a[data-title]");
    if (!(link instanceof HTMLAnchorElement) || (await caches.match(link.href))) continue;
    card.classList.add("not-here");
  }
}

async function showWhatIsLeft() {
  const database = await openWork(home);
  /** @type {Map<string, Left[]>} */
  const boards = new Map();
  for (const store of /** @type {const} */ (["waiting", "refused"]))
    for (const row of await database.getAll(store)) {
      const { board, at, away = true } = row;
      if (String(row.person) !== person || at > Date.now() - ON_ITS_WAY_MS || !away) continue;
      boards.set(board, [...(boards.get(board) ?? []), { store, row }]);
    }
  const section = find(".offline-left");
  const list = find("ul", section ?? document);
  if (!section || !list || boards.size === 0) return;
  for (const [board, left] of boards) list.append(item(board, left, database));
  section.hidden = false;
}

/** @param {string} board @param {Left[]} left @param {import("../board/sync/offline/database.js").Database} database */
function item(board, left, database) {
  const made = /** @type {DocumentFragment} */ (template().content.cloneNode(true));
  const title = left.at(-1)?.row.title ?? "";
  const link = made.querySelector("a");
  if (link) link.href = `${home}boards/${board}/`;
  const name = find("bdi", made);
  if (name && title) name.textContent = title;
  const count = find("[data-count]", made);
  if (count) count.textContent = String(left.length);
  find("[data-save]", made)?.addEventListener("click", () => save(board, title, left));
  const forget = find("[data-forget]", made);
  forget?.addEventListener("click", () => void forgetThem(forget, left, database));
  return made;
}

/** @returns {HTMLTemplateElement} */
function template() {
  return /** @type {HTMLTemplateElement} */ (document.querySelector(".offline-left template"));
}

/** @param {string} board @param {string} title @param {readonly Left[]} left */
function save(board, title, left) {
  const unsaved = left.map(({ row }) => ({ code: "code" in row ? row.code : "waiting", row }));
  const text = fileOf({ board, title, unsaved });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = changesFileName(title);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Pressed twice: there is no way back. @param {HTMLElement} button @param {readonly Left[]} left @param {import("../board/sync/offline/database.js").Database} database */
async function forgetThem(button, left, database) {
  if (button.dataset.really) {
    button.textContent = button.dataset.really;
    delete button.dataset.really;
    return;
  }
  for (const { store, row } of left) await database.delete(store, row.id);
  button.closest("li")?.remove();
  const section = find(".offline-left");
  if (section && !section.querySelector("li")) section.hidden = true;
}

if (place) {
  // Storage may be blocked, and the server gone: then the page is what it was before.
  for (const part of [sayThatItIsKept, showWhatIsLeft, keepThisPage]) part().catch(() => {});
}
