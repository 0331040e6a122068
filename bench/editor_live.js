// Runs in a board's page before its own scripts: notes what was asked for until the board was live.

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
