// A real document and editor with every tool, and a scripted pointer, without a page.

import { Camera } from "../../../static/board/core/camera.js";
import { Document } from "../../../static/board/core/document.js";
import { History } from "../../../static/board/core/history.js";
import { SpatialIndex } from "../../../static/board/core/spatial.js";
import { Editor } from "../../../static/board/editor.js";
import { keepPlaced } from "../../../static/board/elements/placing.js";
import { registerToolsNow } from "./tools.js";

/** @typedef {import("../../../static/board/core/document.js").Transaction} Transaction */
/** @typedef {import("../../../static/board/core/fold.js").Element} Element */
/** @typedef {[x: number, y: number]} Point */

export class DrawingBoard {
  /** @type {Transaction[]} */
  sent = [];
  /** What others were shown. @type {string[]} */
  live = [];
  /** @type {(Element | null)[]} */
  drafts = [];

  /** @param {Record<string, Element>} [elements] @param {number} [schema] */
  constructor(elements = {}, schema = 2) {
    const document = new Document();
    const spatial = new SpatialIndex();
    keepPlaced(document, spatial);
    document.load({ epoch: "e".repeat(22), clock: 0, elements });
    this.editor = new Editor({
      document,
      history: new History(document),
      camera: new Camera(),
      spatial,
      session: { submit: (transactions) => this.sent.push(...transactions), schema },
      live: /** @type {any} */ ({
        strokeStart: () => this.live.push("start"),
        strokePoints: () => {},
        strokeEnd: () => this.live.push("end"),
        selection: () => {},
        transform: () => {},
        /** @param {string} _key @param {Element | null} element */
        draft: (_key, element) => this.drafts.push(element),
      }),
    });
    registerToolsNow(this.editor);
  }

  /** What tools fetch once the first view is there. */
  async whole() {
    await Promise.all(this.editor.tools.map((tool) => tool.load?.()));
    return this;
  }

  /** @param {number} x @param {number} y @param {object} [more] @returns {import("../../../static/board/editor.js").PointerInfo} */
  at(x, y, more = {}) {
    const { x: px, y: py } = this.editor.camera.toScreen({ x, y });
    const rest = { pressure: 0.5, time: 0, button: 0, shift: false, alt: false, ctrl: false };
    return { x, y, px, py, pointerType: "mouse", coalesced: [], ...rest, ...more };
  }

  /** @param {string} tool @param {readonly Point[]} way @param {object} [more] */
  press(tool, way, more) {
    this.editor.setTool(tool);
    way.forEach(([x, y], i) => {
      const place = this.at(x, y, { time: i * 10, ...more });
      if (i === 0) this.editor.pointerDown(place);
      else this.editor.pointerMove(place);
    });
  }

  /** @param {string} tool @param {readonly Point[]} way @param {object} [more] */
  drag(tool, way, more) {
    this.press(tool, way, more);
    const [x, y] = way.at(-1) ?? [0, 0];
    this.editor.pointerUp(this.at(x, y, { time: way.length * 10, ...more }));
  }

  /** @param {number} x @param {number} y */
  click(x, y) {
    this.editor.pointerDown(this.at(x, y));
    this.editor.pointerUp(this.at(x, y));
  }

  get elements() {
    return [...this.editor.document.entries()].map(([, element]) => element);
  }

  /** The only one there is. */
  get element() {
    const [element, ...others] = this.elements;
    if (!element || others.length > 0) throw new Error(`${others.length + 1} elements`);
    return element;
  }
}
