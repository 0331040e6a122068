// Tells the others on this page of the board which pictures are on their way, and how far.

/**
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor/bringing.js").Bringing} Bringing
 * @typedef {import("../editor/bringing.js").Guest} Guest
 */

/** @param {{bringing: Bringing, editor: Editor, sender: import("../sync/company-sender.js").CompanySender}} parts */
export function tellOthers({ bringing, editor, sender }) {
  const tell = () => {
    const here = bringing.guests.filter(
      ({ page, progress }) => page === editor.document.page && progress.is !== "stuck",
    );
    sender.pictures(
      here.map(({ key, box, progress }) => ({ key, ...box, part: partOf(progress) })),
    );
  };
  bringing.subscribe(tell);
  editor.document.subscribe(({ source }) => source === "page" && tell());
}

/** @param {Guest["progress"]} progress */
function partOf(progress) {
  if (progress.is === "there") return 1;
  return progress.is === "sending" ? progress.part : 0;
}
