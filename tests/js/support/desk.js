// A board with an editor and its tools, and a hand that moves the pointer, without a page.

import { Camera } from "../../../static/board/core/camera.js";
import { Document } from "../../../static/board/core/document.js";
import { History } from "../../../static/board/core/history.js";
import { SpatialIndex } from "../../../static/board/core/spatial.js";
import { Editor } from "../../../static/board/editor.js";
import { keepPlaced } from "../../../static/board/elements/placing.js";
import { Select } from "../../../static/board/tools/select.js";

/**
 * @typedef {import("../../../static/board/core/document.js").Transaction} Transaction
 * @typedef {import("../../../static/board/core/fold.js").Element} Element
 * @typedef {import("../../../static/board/editor.js").PointerInfo} PointerInfo
 * @typedef {import("../../../static/board/sync/live.js").Transform} Transform
 */

/** An unfilled one, unless it says otherwise. @param {number} x @param {number} y @param {number} w @param {number} h @param {Record<string, string | number | boolean>} [more] @returns {Element} */
export function rectangle(x, y, w = 100, h = 60, more = {}) {
  return { kind: "rectangle", x, y, w, h, z: "a1", color: "black", width: 2, ...more };
}

/** @param {Record<string, Element>} [elements] */
export function desk(elements = {}) {
  const document = new Document();
  const spatial = new SpatialIndex();
  keepPlaced(document, spatial);
  /** @type {Transaction[]} */
  const sent = [];
  /** @type {(Transform | null)[]} */
  const transforms = [];
  const nothing = () => {};
  const editor = new Editor({
    document,
    history: new History(document),
    camera: new Camera(),
    spatial,
    session: { submit: (transactions) => sent.push(...transactions), schema: 2 },
    live: /** @type {any} */ ({
      strokeStart: nothing,
      strokePoints: nothing,
      strokeEnd: nothing,
      selection: nothing,
      draft: nothing,
      transform: (/** @type {Transform | null} */ transform) => transforms.push(transform),
    }),
  });
  editor.camera.resize(1000, 700);
  editor.register(new Select(editor));
  document.load({ epoch: "e".repeat(22), clock: 0, elements: structuredClone(elements) });
  editor.setTool("select");
  editor.set({ snapToObjects: false });
  let time = 0;

  /** @param {number} x @param {number} y @param {Partial<PointerInfo>} [more] @returns {PointerInfo} */
  const at = (x, y, more = {}) => {
    const { x: px, y: py } = editor.camera.toScreen({ x, y });
    const keys = { shift: false, alt: false, ctrl: false };
    const rest = { pressure: 0.5, time, button: 0, coalesced: [] };
    return { x, y, px, py, pointerType: "mouse", ...rest, ...keys, ...more };
  };

  return {
    editor,
    document,
    sent,
    transforms,
    at,
    /** Long enough after whatever came before. @param {number} x @param {number} y @param {Partial<PointerInfo>} [more] */
    click(x, y, more) {
      time += 1000;
      editor.pointerDown(at(x, y, more));
      editor.pointerUp(at(x, y, more));
    },
    /** @param {number} x @param {number} y */
    doubleClick(x, y) {
      this.click(x, y);
      time += 100;
      editor.pointerDown(at(x, y));
      editor.pointerUp(at(x, y));
    },
    /** Without letting go. @param {[number, number]} from @param {[number, number]} to @param {Partial<PointerInfo>} [more] */
    pull(from, to, more) {
      time += 1000;
      editor.pointerDown(at(...from, more));
      editor.pointerMove(at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, more));
      editor.pointerMove(at(...to, more));
    },
    /** @param {[number, number]} from @param {[number, number]} to @param {Partial<PointerInfo>} [more] */
    drag(from, to, more) {
      this.pull(from, to, more);
      editor.pointerUp(at(...to, more));
    },
    selected: () => [...editor.selection].sort(),
    /** @param {string} key @returns {Record<string, any>} */
    get: (key) => document.get(key) ?? {},
  };
}
