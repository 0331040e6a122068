// This page without a network: the service worker, and what a page that it kept needs once there is a network.

import { trusted } from "../view/start-worker.js";

/**
 * @typedef {import("../sync/session.js").Session} Session
 * @typedef {import("./config.js").Config} Config
 */

/** Drawing comes first, and so does whatever else the page still fetches. */
const AFTER_MS = 1000;

/** Only where the browser lets pages be kept; `keeping` is called then. @param {{session: Session, config: Config}} parts @param {() => void} keeping */
export async function keepThisPage({ session, config }, keeping) {
  if (!("serviceWorker" in navigator)) return;
  await live(session);
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  try {
    const url = /** @type {string} */ (/** @type {unknown} */ (trusted(config.offline)));
    await navigator.serviceWorker.register(url, { scope: config.home });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: [location.href, new URL(config.home, location.href).href] });
    keeping();
    if (document.documentElement.dataset.kept !== undefined) await refresh(config);
  } catch {
    // Not allowed here, or the connection is gone again: the page works as ever, it only needs a network.
  }
}

/** @param {Session} session @returns {Promise<void>} */
function live(session) {
  return new Promise((resolve) => {
    const look = () => {
      if (session.state !== "live") return;
      stop();
      resolve();
    };
    const stop = session.subscribe(look);
    look();
  });
}

/** A page that was kept for days may hold tokens that have changed. @param {Config} config */
async function refresh(config) {
  const page = await (await fetch(location.href, { credentials: "same-origin" })).text();
  const found = /<script id="board-config" type="application\/json">(.*?)<\/script>/s.exec(page);
  if (found?.[1]) Object.assign(config, JSON.parse(found[1]));
}
