// Styles of what is opened on demand: the page names them, disabled, so that nobody waits for them before.

/** @type {Map<string, Promise<void>>} */
const coming = new Map();

/** Comes back once they count. @param {string} id of the link */
export function styles(id) {
  const known = coming.get(id) ?? load(id);
  coming.set(id, known);
  return known;
}

/** @param {string} id @returns {Promise<void>} */
function load(id) {
  const link = document.getElementById(id);
  if (!(link instanceof HTMLLinkElement)) return Promise.resolve();
  return new Promise((resolve) => {
    // Without its looks it is better than not at all.
    link.addEventListener("load", () => resolve(), { once: true });
    link.addEventListener("error", () => resolve(), { once: true });
    link.disabled = false;
  });
}
