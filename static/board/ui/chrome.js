// What floats over the board keeps out of the way: it fades while somebody draws.

/** @param {{root: HTMLElement, canvas: HTMLElement, editor: import("../editor.js").Editor}} parts */
export function buildChrome({ root, canvas, editor }) {
  editor.subscribe(({ type }) => {
    if (type === "busy") root.toggleAttribute("data-drawing", editor.busy);
    if (type === "busy" || type === "tool") showCursor();
  });
  const showCursor = () => {
    const cursor = editor.tool?.cursor ?? "default";
    canvas.style.cursor = editor.busy && cursor === "grab" ? "grabbing" : cursor;
  };
  showCursor();
  return {
    /** @param {"open" | "closed" | null} hand while the view is dragged, whatever the tool */
    showHand(hand) {
      if (hand) canvas.style.cursor = hand === "closed" ? "grabbing" : "grab";
      else showCursor();
    },
  };
}

/** Closes the open menu or list when the board is touched. @param {HTMLElement} canvas */
export function closePopoversOn(canvas) {
  canvas.addEventListener("pointerdown", () => {
    for (const open of document.querySelectorAll("[popover]")) {
      if (open instanceof HTMLElement && open.matches(":popover-open")) open.hidePopover();
    }
    // Typing a title ends when the board is touched; the canvas itself takes no focus.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
  });
}
