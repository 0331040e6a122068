// Starts the painting worker; the page's policy allows this one script address and no other.

/** @typedef {import("./worker-painter.js").WorkerLike} WorkerLike */

/** The page's Content-Security-Policy allows a policy of this name. */
const POLICY = "whiteboard";

/** @typedef {{createPolicy: (name: string, rules: {createScriptURL: (url: string) => string}) => {createScriptURL: (url: string) => string}}} TrustedTypes */

/** @param {string} url as the page gives it @returns {WorkerLike | null} null where there is none, or it couldn't paint */
export function startWorker(url) {
  if (!url || typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return null;
  const worker = new Worker(trusted(url), { type: "module", name: "tiles" });
  return /** @type {WorkerLike} */ (/** @type {unknown} */ (worker));
}

/** @param {string} url */
function trusted(url) {
  const { trustedTypes } = /** @type {{trustedTypes?: TrustedTypes}} */ (globalThis);
  if (!trustedTypes) return ownScript(url, url);
  const policy = trustedTypes.createPolicy(POLICY, {
    createScriptURL: (given) => ownScript(given, url),
  });
  return policy.createScriptURL(url);
}

/** @param {string} given @param {string} only */
function ownScript(given, only) {
  if (given !== only || new URL(given, location.href).origin !== location.origin) {
    throw new TypeError(`only this site's own worker may be started, not ${given}`);
  }
  return given;
}
