// The editor: what the person at this page is doing with the board. Knows tools by their interface,
// the canvas and the page not at all.

import { effectOf } from "./core/fold.js";
import { expand, union } from "./core/geometry.js";
import { translation } from "./core/matrix.js";
import { compareElements } from "./core/order.js";
import { FIRST_SETTINGS } from "./editor/settings.js";
import { NO_PREVIEW } from "./editor/shapes.js";
import { FIRST_STYLES } from "./editor/style.js";
import { kindOf } from "./elements/index.js";
import { isSet } from "./elements/kind.js";
import { FIRST_PAGE } from "./elements/sheet.js";

/**
 * @typedef {import("./core/geometry.js").Bounds} Bounds
 * @typedef {import("./core/camera.js").Camera} Camera
 * @typedef {import("./core/document.js").DocumentView} Document
 * @typedef {import("./core/fold.js").Change} Change
 * @typedef {import("./core/fold.js").Element} Element
 * @typedef {import("./core/history.js").History} History
 * @typedef {import("./core/spatial.js").SpatialIndex} SpatialIndex
 * @typedef {import("./core/document.js").Transaction} Transaction
 * @typedef {import("./sync/live-sender.js").LiveSender} LiveSender
 */

/**
 * @typedef {import("./editor/shapes.js").OwnStroke} OwnStroke
 * @typedef {import("./editor/shapes.js").PointerInfo} PointerInfo
 * @typedef {import("./editor/shapes.js").PointerSample} PointerSample
 * @typedef {import("./editor/shapes.js").Preview} Preview
 * @typedef {import("./editor/shapes.js").Tool} Tool
 */

/**
 * @typedef {"tool" | "style" | "selection" | "history" | "document" | "preview" | "busy" | "rights" | "settings"
 *   | "writing"} EditorEvent
 */

/** @typedef {import("./core/matrix.js").Matrix} Matrix */
/** @typedef {import("./protocol").Patch} Patch */
/** @typedef {import("./editor/settings.js").Settings} Settings */
/** @typedef {import("./editor/shapes.js").Writing} Writing */
/** @typedef {import("./editor/style.js").Style} Style */
/** @typedef {import("./editor/style.js").StyleName} StyleName */

/**
 * What the editor needs of a session.
 * @typedef {object} Submitter
 * @property {(transactions: Transaction[]) => void} submit
 * @property {number} schema the newest that the server accepts
 * @property {ReadonlySet<import("./protocol").Action> | null} [may] what one may do now; without it, everything
 * @property {{ownOnly: boolean} | null} [board]
 */

/** A mouse needs to hit the ink this closely, in pixels; a finger covers more. */
const REACH = { mouse: 6, pen: 8, touch: 14 };
/** Room for the bars that lie over the board: one at the top, style and tools at the bottom. */
const FIT_PADDING = { top: 72, bottom: 124, side: 32 };
const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());

export class Editor {
  /** @type {Map<string, Tool>} */
  #tools = new Map();
  /** @type {Set<(event: {type: EditorEvent}) => void>} */
  #listeners = new Set();
  /** The tool that has the pointer while it is down; the current one may change meanwhile. @type {Tool | null} */
  #holder = null;
  #readOnly = false;
  /** What was in the hand when the board became read-only. @type {string | null} */
  #laidDown = null;

  /** @type {Tool | null} */
  tool = null;
  /** @type {Record<StyleName, Style>} */
  styles = { ...FIRST_STYLES };
  /** That of the last thing drawn, while the tool in the hand draws nothing. @type {StyleName} */
  #styleName = "pen";
  /** @type {Readonly<Settings>} */
  settings = FIRST_SETTINGS;
  /** Whose text is being written; the page has an editor for it. @type {Writing | null} */
  writing = null;
  /** @type {ReadonlySet<string>} */
  selection = NOTHING;
  /** The group whose members were last selected one by one (editor/selecting.js). @type {string | null} */
  entered = null;
  /** @type {Preview} */
  preview = NO_PREVIEW;
  /** What else changes with a step of the history; they come with what needs them. @type {((changes: Change[], label: string) => Change[])[]} */
  consequences = [];
  /** What frames make of changes; it comes once the board is there. @type {import("./editor/framing.js").Framing | null} */
  framing = null;
  /** Turns pages; it comes once the board is there. @type {import("./editor/pages-turning.js").PageTurner | null} */
  pages = null;

  /**
   * @param {{document: Document, history: History, camera: Camera, spatial: SpatialIndex,
   *   session: Submitter, live: LiveSender}} parts
   */
  constructor({ document, history, camera, spatial, session, live }) {
    this.document = document;
    this.history = history;
    this.camera = camera;
    this.spatial = spatial;
    this.session = session;
    this.live = live;
    document.subscribe(() => this.#documentChanged());
    history.subscribe(() => this.#tell("history"));
  }

  /** @param {(event: {type: EditorEvent}) => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {EditorEvent} type */
  #tell(type) {
    for (const listener of this.#listeners) listener({ type });
  }

  #documentChanged() {
    const living = [...this.selection].filter((key) => this.document.has(key));
    if (living.length !== this.selection.size) this.select(living);
    this.#tell("document");
  }

  // -- tools ---------------------------------------------------------------------------------------

  /** @param {Tool} tool */
  register(tool) {
    this.#tools.set(tool.name, tool);
  }

  get tools() {
    return [...this.#tools.values()];
  }

  /** @param {string} name */
  setTool(name) {
    const tool = this.#tools.get(name);
    if (!tool)
      throw new Error(`no tool is called ${name}; there are ${[...this.#tools.keys()].join(", ")}`);
    if (tool === this.tool || !this.mayUse(tool)) return;
    this.pointerCancel();
    if (tool.name !== "select") this.select([]);
    this.tool = tool;
    if (tool.coming) tool.load?.();
    if (tool.style) this.#styleName = tool.style;
    this.#laidDown = null;
    this.#tell("tool");
  }

  /** Whether this person may, and this server takes what it makes. @param {Tool} tool */
  mayUse({ changes, schema = 1, needs }) {
    if (needs && !this.session.may?.has(needs)) return false;
    return !(changes && this.#readOnly) && schema <= this.session.schema;
  }

  get readOnly() {
    return this.#readOnly;
  }

  set readOnly(value) {
    if (value === this.#readOnly) return;
    this.#readOnly = value;
    if (value && this.tool?.changes) {
      this.pointerCancel();
      const laidDown = this.tool.name;
      this.setTool("hand");
      this.#laidDown = laidDown;
    } else if (!value && this.#laidDown) {
      this.setTool(this.#laidDown);
    }
    this.#tell("rights");
  }

  /** The tool that goes on between presses, as with a line of many clicks. */
  get #unfinished() {
    return this.tool?.unfinished?.() ? this.tool : null;
  }

  /** Whether the pointer is down and a tool is at work: the page then keeps out of the way. */
  get busy() {
    return this.#holder !== null || this.#unfinished !== null;
  }

  /** @param {PointerInfo} at @param {string} [toolName] another tool for this one press, as by a pen's rubber end */
  pointerDown(at, toolName) {
    const tool = toolName ? this.#tools.get(toolName) : this.tool;
    if (!tool || this.#holder || (tool.changes && this.#readOnly)) return;
    this.#holder = tool;
    tool.onPointerDown(at);
    this.#tell("busy");
  }

  /** @param {PointerInfo} at */
  pointerMove(at) {
    this.#holder?.onPointerMove(at);
  }

  /** @param {PointerInfo} at */
  pointerUp(at) {
    const tool = this.#holder;
    this.#holder = null;
    tool?.onPointerUp(at);
    if (tool) this.#tell("busy");
  }

  /** The pointer moves without being pressed. @param {PointerInfo} at */
  pointerHover(at) {
    this.#unfinished?.onPointerMove(at);
  }

  pointerCancel() {
    const tool = this.#holder ?? this.#unfinished;
    this.#holder = null;
    tool?.onCancel();
    if (tool) this.#tell("busy");
  }

  /** @param {Partial<Preview>} change */
  show(change) {
    this.preview = { ...this.preview, ...change };
    this.#tell("preview");
  }

  /** @param {Partial<Settings>} change */
  set(change) {
    this.settings = { ...this.settings, ...change };
    this.#tell("settings");
  }

  /** Opens the text of an element, of one that is there or of one that its text will bring about. @param {Writing | null} writing null: what is written is kept, and closed */
  write(writing) {
    if (writing && this.#readOnly) return;
    this.writing = writing;
    this.#tell("writing");
  }

  // -- what is where -------------------------------------------------------------------------------

  /** How close to the ink counts as on it, in board units. @param {PointerInfo} at */
  reach(at) {
    return REACH[at.pointerType] / this.camera.zoom;
  }

  /** The topmost element at a place, or null. @param {number} x @param {number} y @param {number} reach */
  elementAt(x, y, reach) {
    /** @type {[string, Element] | null} */
    let top = null;
    for (const key of this.spatial.search(expand({ minX: x, minY: y, maxX: x, maxY: y }, reach))) {
      const element = this.document.get(key);
      if (!element || !kindOf(element).hit(element, x, y, reach)) continue;
      if (!top || compareElements(top, [key, element]) < 0) top = [key, element];
    }
    return top?.[0] ?? null;
  }

  /** @param {Iterable<string>} keys @returns {Bounds | null} */
  boundsOf(keys) {
    /** @type {Bounds | null} */
    let all = null;
    for (const key of keys) {
      const element = this.document.get(key);
      if (!element) continue;
      const bounds = kindOf(element).bounds(element);
      all = all ? union(all, bounds) : bounds;
    }
    return all;
  }

  /** Whether this person may change it: not what others have locked, nor on some boards what others drew. @param {string} key */
  mayChange(key) {
    const element = this.document.get(key);
    if (!element) return false;
    const { may, board } = this.session;
    const { author = this.document.author, locked } = element;
    if (!may || may.has("change_others") || author === this.document.author) return true;
    return !board?.ownOnly && locked !== true;
  }

  // -- changing the board --------------------------------------------------------------------------

  /** Makes the changes one step of the history, or part of the last one of the same `join`, and sends them. @param {Change[]} changes @param {string} label @param {string | null} join */
  commit(changes, label, join = null) {
    if (changes.length === 0 || this.#readOnly) return;
    const placed = changes.map((change) => onPage(change, this.document.page));
    const settled = this.framing?.settled(placed, label) ?? placed;
    const all = this.consequences.reduce((found, add) => add(found, label), settled);
    this.session.submit(this.history.commit(all, { label, join }));
  }

  undo() {
    if (this.#readOnly) return;
    this.#goBack("undo");
  }

  redo() {
    if (this.#readOnly) return;
    this.#goBack("redo");
  }

  /** @param {"undo" | "redo"} way */
  #goBack(way) {
    this.pointerCancel();
    const go = () => this.session.submit(this.history[way]());
    if (this.pages) this.pages.along(this.history.changesOf(way), go);
    else go();
  }

  /** @param {Iterable<string>} keys */
  select(keys) {
    const next = new Set(keys);
    if (next.size === this.selection.size && [...next].every((key) => this.selection.has(key)))
      return;
    this.selection = next;
    this.live.selection([...next]);
    this.#tell("selection");
  }

  selectAll() {
    this.setTool("select");
    const keys = [...this.document.entries()].flatMap(([key, element]) =>
      isSet(element, "locked") || !this.mayChange(key) ? [] : [key],
    );
    this.select(keys);
  }

  deleteSelection() {
    this.remove(this.selection);
  }

  /** @param {Iterable<string>} keys */
  remove(keys) {
    const living = [...keys].filter((key) => this.mayChange(key));
    this.commit(
      living.map((key) => ({ op: "remove", key })),
      "remove",
    );
  }

  /** @param {number} dx @param {number} dy in board units */
  moveSelectionBy(dx, dy) {
    this.transformSelection(translation(dx, dy), "move");
  }

  /** @param {Matrix} matrix @param {string} label of the step in the history */
  transformSelection(matrix, label) {
    this.setOf(this.selection, label, (element) => kindOf(element).transform(element, matrix));
  }

  /** The style that the tool in the hand draws with, or the last one did. @returns {Style} */
  get style() {
    return this.styles[this.#styleName];
  }

  get styleName() {
    return this.#styleName;
  }

  /** The style of what will be drawn and of what is selected, as far as either has such properties. @param {Style} style */
  setStyle(style) {
    const kinds = [...this.selection].map((key) => kindOf(this.document.get(key) ?? {}));
    const names = new Set(kinds.length > 0 ? kinds.map((kind) => kind.style) : [this.#styleName]);
    for (const name of names)
      this.styles[name] = { ...this.styles[name], ...known(style, FIRST_STYLES[name]) };
    this.setOf(this.selection, "style", (element) =>
      known(style, Object.fromEntries(kindOf(element).styles.map((name) => [name, null]))),
    );
    this.#tell("style");
  }

  /**
   * Sets properties of elements as one step of the history, those alone that are different.
   * @param {Iterable<string>} keys @param {string} label @param {(element: Element, key: string) => Patch} propsOf
   */
  setOf(keys, label, propsOf) {
    /** @type {Change[]} */
    const changes = [];
    for (const key of keys) {
      const element = this.document.get(key);
      if (!element || !this.mayChange(key)) continue;
      const props = effectOf({ op: "set", key, props: propsOf(element, key) }, element);
      if (Object.keys(props).length > 0) changes.push({ op: "set", key, props });
    }
    this.commit(changes, label);
  }

  // -- the view ------------------------------------------------------------------------------------

  zoomToFit() {
    const bounds = this.spatial.all();
    if (bounds) this.camera.fit(bounds, FIT_PADDING);
    else this.camera.setZoom(1);
  }

  /** Zooms around the middle of the view. @param {number} factor */
  zoomBy(factor) {
    this.camera.zoomAt(this.camera.width / 2, this.camera.height / 2, factor);
  }
}

/** What is made is on the page in sight, unless it says another one, and has nothing that is only derived. @param {Change} change @param {string | undefined} page @returns {Change} */
function onPage(change, page) {
  if (change.op !== "put") return change;
  const { clip, ...element } = change.element;
  if (clip !== undefined) return onPage({ ...change, element }, page);
  if (page === undefined || page === FIRST_PAGE) return change;
  if (element.kind === "page" || Object.hasOwn(element, "page")) return change;
  return { ...change, element: { ...element, page } };
}

/** Those of the properties that the other has too. @param {Style} style @param {Style} other @returns {Style} */
function known(style, other) {
  return Object.fromEntries(Object.entries(style).filter(([name]) => Object.hasOwn(other, name)));
}
