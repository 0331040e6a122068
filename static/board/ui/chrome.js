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
  /** @type {"open" | "closed" | null} */
  let held = null;
  // Beside the tool's own cursor there are those of what lies under a pointer that only hovers.
  canvas.addEventListener("pointermove", (event) => {
    if (held || editor.busy || event.buttons !== 0 || !editor.tool?.cursorAt) return;
    canvas.style.cursor = editor.tool.cursorAt(hovering(event, editor));
  });
  return {
    /** @param {"open" | "closed" | null} hand while the view is dragged, whatever the tool */
    showHand(hand) {
      held = hand;
      if (hand) canvas.style.cursor = hand === "closed" ? "grabbing" : "grab";
      else showCursor();
    },
  };
}

/** @param {PointerEvent} event @param {import("../editor.js").Editor} editor @returns {import("../editor.js").PointerInfo} */
function hovering(event, { camera }) {
  const [px, py] = [event.clientX, event.clientY];
  const type = event.pointerType;
  return {
    ...camera.toBoard({ x: px, y: py }),
    px,
    py,
    pressure: 0,
    time: event.timeStamp,
    pointerType: type === "pen" || type === "touch" ? type : "mouse",
    button: -1,
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
    coalesced: [],
  };
}

/** What a browser would do to the page with these, the board does itself, or nobody. */
export function keepPageStill() {
  // Ctrl and wheel over a bar would zoom the page instead of the board.
  window.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), {
    passive: false,
  });
  // A clicked button would keep the focus, and the next space bar press it again instead of panning.
  document.addEventListener("click", (event) => {
    const byPointer = event.detail > 0;
    const button = event.target instanceof Element ? event.target.closest(".bar button") : null;
    if (byPointer && button instanceof HTMLElement) button.blur();
  });
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
