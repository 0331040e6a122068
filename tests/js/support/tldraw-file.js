// Files as tldraw writes them, of records that its own packages have made and found right.

import { Store } from "@tldraw/store";
import {
  AssetRecordType,
  createBindingId,
  createShapeId,
  createTLSchema,
  PageRecordType,
  toRichText,
} from "@tldraw/tlschema";

/** @typedef {Record<string, any>} Loose */

const schema = createTLSchema();
const COMMON = {
  x: 0,
  y: 0,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  typeName: "shape",
};
const STYLE = { color: "black", dash: "solid", size: "m", fill: "none" };
const LABEL = {
  font: "sans",
  align: "middle",
  verticalAlign: "middle",
  growY: 0,
  url: "",
  labelColor: "black",
  scale: 1,
};

/** @type {Record<string, (props: Loose) => Loose>} */
const DEFAULTS = {
  geo: (props) => ({
    geo: "rectangle",
    w: 100,
    h: 60,
    richText: toRichText(""),
    ...STYLE,
    ...LABEL,
    ...props,
  }),
  note: (props) => ({
    color: "yellow",
    size: "m",
    fontSizeAdjustment: 0,
    richText: toRichText(""),
    ...LABEL,
    ...props,
  }),
  text: (props) => ({
    color: "black",
    size: "m",
    font: "draw",
    textAlign: "start",
    w: 80,
    scale: 1,
    autoSize: true,
    richText: toRichText("text"),
    ...props,
  }),
  frame: (props) => ({ w: 300, h: 200, name: "", color: "black", ...props }),
  group: (props) => props,
  draw: (props) => ({
    ...STYLE,
    segments: [],
    isComplete: true,
    isClosed: false,
    isPen: false,
    scale: 1,
    ...props,
  }),
  highlight: (props) => ({
    color: "yellow",
    size: "m",
    segments: [],
    isComplete: true,
    isPen: false,
    scale: 1,
    ...props,
  }),
  line: (props) => ({
    color: "black",
    dash: "solid",
    size: "m",
    spline: "line",
    points: {},
    scale: 1,
    ...props,
  }),
  arrow: (props) => ({
    ...{
      kind: "arc",
      labelColor: "black",
      ...STYLE,
      arrowheadStart: "none",
      arrowheadEnd: "arrow",
      font: "draw",
    },
    ...{
      start: { x: 0, y: 0 },
      end: { x: 100, y: 0 },
      bend: 0,
      text: "",
      labelPosition: 0.5,
      scale: 1,
      elbowMidPoint: 0.5,
    },
    ...props,
  }),
  image: (props) => ({
    w: 100,
    h: 60,
    playing: true,
    url: "",
    assetId: null,
    crop: null,
    flipX: false,
    flipY: false,
    altText: "",
    ...props,
  }),
  bookmark: (props) => ({ w: 300, h: 320, assetId: null, url: "", ...props }),
  embed: (props) => ({ w: 300, h: 320, url: "", ...props }),
  video: (props) => ({
    w: 100,
    h: 60,
    time: 0,
    playing: true,
    autoplay: true,
    url: "",
    assetId: null,
    altText: "",
    ...props,
  }),
};

export class TldrawFile {
  /** @type {Loose[]} */
  records = [];
  #count = 0;
  /** @type {string} */
  #page = "";

  constructor() {
    this.page("Page 1");
  }

  /** @param {string} name */
  page(name) {
    const index = /** @type {any} */ (`a${++this.#count}`);
    const record = PageRecordType.create({ name, index });
    this.records.push(record);
    this.#page = record.id;
    return this;
  }

  /** @param {string} type @param {Loose} [props] @param {Loose} [more] @returns {string} its id */
  shape(type, props = {}, more = {}) {
    const id = createShapeId(`s${++this.#count}`);
    const index = `a${this.#count.toString(36).padStart(1, "0")}`;
    const all = DEFAULTS[type]?.(props) ?? props;
    this.records.push({ ...COMMON, id, type, index, parentId: this.#page, props: all, ...more });
    return id;
  }

  /** @param {string} arrow @param {string} to @param {"start" | "end"} terminal @param {Loose} [props] */
  bind(arrow, to, terminal, props = {}) {
    const rest = {
      normalizedAnchor: { x: 0.5, y: 0.5 },
      isExact: false,
      isPrecise: false,
      snap: "none",
    };
    this.records.push({
      ...{ id: createBindingId(`b${++this.#count}`), typeName: "binding", type: "arrow", meta: {} },
      ...{ fromId: arrow, toId: to, props: { terminal, ...rest, ...props } },
    });
  }

  /** @param {string | null} src @returns {string} its id */
  asset(src) {
    const props = { w: 2, h: 1, name: "a.png", isAnimated: false, mimeType: "image/png", src };
    const record = AssetRecordType.create(/** @type {any} */ ({ type: "image", props, meta: {} }));
    this.records.push(record);
    return record.id;
  }

  /** Through tldraw's own store, which throws at what isn't right. */
  text() {
    const store = new Store({
      schema: /** @type {any} */ (schema),
      props: /** @type {any} */ ({ defaultName: "", onMount() {}, assets: {} }),
    });
    store.put(/** @type {any} */ (this.records));
    return JSON.stringify({
      tldrawFileFormatVersion: 1,
      schema: schema.serialize(),
      records: store.allRecords(),
    });
  }

  /** As its clipboard has it. */
  content() {
    const of = (/** @type {string} */ name) =>
      this.records.filter(({ typeName }) => typeName === name);
    const shapes = of("shape");
    const roots = shapes.filter(({ parentId }) => parentId.startsWith("page:"));
    return {
      ...{ shapes, bindings: of("binding"), assets: of("asset") },
      ...{ rootShapeIds: roots.map(({ id }) => id), schema: schema.serialize() },
    };
  }
}

export { toRichText };
