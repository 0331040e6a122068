// Starts the painting worker; the page's policy allows the addresses of its own workers and no others.

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

/** Which scripts the page may start: each is named by the page itself. @type {Set<string>} */
const own = new Set();
/** A policy of a name can be made once. @type {ReturnType<TrustedTypes["createPolicy"]> | undefined} */
let policy;

/** @param {string} url as the page gives it */
export function trusted(url) {
  own.add(url);
  const { trustedTypes } = /** @type {{trustedTypes?: TrustedTypes}} */ (globalThis);
  policy ??= trustedTypes?.createPolicy(POLICY, { createScriptURL: ownScript });
  return policy?.createScriptURL(url) ?? ownScript(url);
}

/** @param {string} given */
function ownScript(given) {
  if (!own.has(given) || new URL(given, location.href).origin !== location.origin) {
    throw new TypeError(`only this site's own workers may be started, not ${given}`);
  }
  return given;
}
