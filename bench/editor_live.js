// Runs in a board's page before its own scripts: notes what was asked for until the board was live.

/** What is fetched because something takes so long hardly counts: a slow machine is no slow line. */
const PATIENCE_MS = 500;
const MORE_PATIENCE = 10;

const { setTimeout: begin } = globalThis;
Object.assign(globalThis, {
  setTimeout: (/** @type {() => void} */ act, ms = 0) =>
    begin(act, ms < PATIENCE_MS ? ms : ms * MORE_PATIENCE),
});

const observer = new MutationObserver(() => {
  if (document.documentElement?.dataset.connection !== "live") return;
  observer.disconnect();
  const loaded = [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource"),
  ].map((entry) => entry.name);
  Object.assign(globalThis, { loadedUntilLive: [...new Set(loaded)] });
});
observer.observe(document, { attributes: true, subtree: true, childList: true });
