// A tool whose code comes when it is needed, or once the board is there: the first view doesn't wait for it.

/**
 * @typedef {import("../editor.js").PointerInfo} PointerInfo
 * @typedef {import("../editor.js").Tool} Tool
 */

/** What is known of it before. @typedef {Pick<Tool, "name" | "cursor" | "changes"> & Partial<Pick<Tool, "style" | "schema" | "needs">>} Description */

/** @param {Description} description @param {() => Promise<Tool>} make @returns {Tool & {load: () => Promise<void>}} */
export function laterTool(description, make) {
  const { cursor } = description;
  /** @type {Tool | null} */
  let tool = null;
  /** @type {Promise<void> | null} */
  let coming = null;
  /** What the pointer has done meanwhile. @type {((tool: Tool) => void)[]} */
  let missed = [];

  const load = () => {
    coming ??= make().then(
      (made) => {
        tool = made;
        for (const act of missed.splice(0)) act(made);
      },
      () => {
        // Without a connection it can't come now; the next press asks again.
        coming = null;
        missed = [];
      },
    );
    return coming;
  };
  /** @param {(tool: Tool) => void} act */
  const perform = (act) => {
    if (tool) {
      act(tool);
      return;
    }
    missed.push(act);
    load();
  };

  return {
    ...description,
    get cursor() {
      return tool?.cursor ?? cursor;
    },
    get coming() {
      return tool === null;
    },
    cursorAt: (at) => tool?.cursorAt?.(at) ?? tool?.cursor ?? cursor,
    onPointerDown: (at) => perform((made) => made.onPointerDown(at)),
    onPointerMove: (at) => perform((made) => made.onPointerMove(at)),
    onPointerUp: (at) => perform((made) => made.onPointerUp(at)),
    onCancel: () => perform((made) => made.onCancel()),
    onEscape: () => tool?.onEscape?.() ?? false,
    unfinished: () => tool?.unfinished?.() ?? false,
    get keepsInk() {
      return tool?.keepsInk ?? false;
    },
    load,
  };
}
