// One writing of a text, from opening it to closing it: others see it grow, their changes are put into it, and what
// either has written stays. Knows no page.

import { elementKey } from "../core/ids.js";
import { editsBetween, mergeTexts, placeAfter } from "../core/text-merge.js";
import { kindOf, withProps } from "../elements/index.js";
import { TEXT_MAX } from "../elements/writing.js";
import { Timers } from "../sync/timers.js";
import { propsOf } from "./style.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../sync/timers.js").Clock} Clock
 * @typedef {import("./shapes.js").Writing} Writing
 */

/**
 * What the page is told.
 * @typedef {object} Page
 * @property {(text: string, moved: (place: number) => number) => void} onMerged another's change has come in; `moved`
 *   is where a place in the text has gone to
 * @property {() => void} onChange the element has another place or look
 * @property {() => void} onGone somebody has removed it
 */

/** Others see what is written after a pause of this length. */
const PAUSE_MS = 500;
/** A steady hand makes no pause: this long at most. */
const PATIENCE_MS = 1500;
/** The protocol takes no control characters but tab and line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONE_HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** As the protocol takes it. @param {string} text */
export function cleanText(text) {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(CONTROL, "")
    .replace(LONE_HALF, "\ufffd");
}

export class WritingSession {
  /** The steps of one writing are undone as one. */
  #join = elementKey();
  /** What others and this page last had in common. @type {string} */
  #base;
  /** What the document is believed to show. @type {string} */
  #shown;
  /** Own transactions without receipt: what they expected, and what they made of it. @type {Map<string, {before: string, after: string}>} */
  #sent = new Map();
  /** What has been refused. @type {string | null} */
  #hopeless = null;
  /** @type {Element} */
  #element;
  #isNew;
  #composing = false;
  #open = true;
  #timers;
  #firstUnsent = 0;
  /** @type {(() => unknown)[]} */
  #stops = [];

  /** @param {{editor: Editor, writing: Writing, page: Page, clock?: Clock}} parts */
  constructor({ editor, writing, page, clock }) {
    this.editor = editor;
    this.key = writing.key;
    this.page = page;
    this.#isNew = writing.isNew;
    this.#element = writing.element;
    this.#base = this.#shown = this.text = textIn(writing.element);
    this.#timers = new Timers(clock);
    this.#stops.push(
      editor.document.watch({
        receipt: ({ id }, before) => this.#received(id, before?.get(this.key) ?? null),
        refusal: ({ id }) => this.#refused(id),
      }),
      editor.subscribe(({ type }) => {
        if (type === "document") this.#documentChanged();
        if (type === "style") this.#restyle();
      }),
    );
  }

  /** A note is there before anything is written on it; of a text others see that it is going to be. */
  begin() {
    if (this.#isNew && !this.#goesWhenEmpty) this.#put();
    else if (this.#isNew) this.editor.live.draft(this.key, this.element);
  }

  /** The element as it is with what is written. @returns {Element} */
  get element() {
    const element = this.editor.document.get(this.key) ?? this.#element;
    return textIn(element) === this.text ? element : withProps(element, { text: this.text });
  }

  /** Text that stands for itself is nothing without a word. */
  get #goesWhenEmpty() {
    return this.#element.kind === "text";
  }

  /** @param {string} text all of it, as it is now */
  type(text) {
    if (!this.#open || text === this.text) return;
    this.text = cleanText(text).slice(0, TEXT_MAX);
    const now = this.#timers.now();
    if (!this.#timers.runs("pause")) this.#firstUnsent = now;
    const pause = Math.min(PAUSE_MS, this.#firstUnsent + PATIENCE_MS - now);
    this.#timers.start("pause", Math.max(0, pause), () => this.#send());
    if (this.#isNew) this.editor.live.draft(this.key, this.element);
    this.page.onChange();
  }

  /** While an input method composes, nobody else may touch what it works on. @param {boolean} composing */
  setComposing(composing) {
    this.#composing = composing;
    if (!composing) this.#documentChanged();
  }

  /** Everything written is sent, and an emptied text is gone. What is on its way is still looked after. */
  close() {
    if (!this.#open) return;
    this.#composing = false;
    this.#documentChanged();
    if (!this.#open) return;
    this.#open = false;
    this.#sendLast();
    if (this.#isNew) this.editor.live.draft(this.key, null);
    this.#endWhenReceived();
  }

  /** The page may be left without a word. */
  flush() {
    if (this.#open) this.#send();
  }

  #end() {
    this.#open = false;
    this.#timers.clear();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #endWhenReceived() {
    if (!this.#open && this.#sent.size === 0) this.#end();
  }

  #sendLast() {
    if (!this.#goesWhenEmpty || this.text.trim() !== "") {
      this.#send();
      return;
    }
    if (this.#isNew) return;
    this.editor.commit([{ op: "remove", key: this.key }], "write", this.#join);
  }

  #send() {
    this.#timers.stop("pause");
    // What has come in meanwhile has to be put in first.
    if (this.#composing && this.#isStale()) return;
    if (this.#isNew) {
      if (this.text.trim() !== "") this.#put();
      return;
    }
    if (this.text === this.#shown || this.text === this.#hopeless) return;
    const before = this.#shown;
    const after = this.text;
    this.#shown = after;
    const grown = kindOf(this.element).grownForText?.(this.element);
    const props = { ...grown, text: after === "" && !this.#needsText ? null : after };
    const expected = { text: before === "" && !this.#needsText ? null : before };
    this.#commit({ op: "set", key: this.key, props, if: expected }, before, after);
  }

  /** A text or a note always has a text; a shape without one has none. */
  get #needsText() {
    return this.#element.kind === "text" || this.#element.kind === "note";
  }

  #put() {
    const { element } = this;
    this.#isNew = false;
    this.#shown = this.text;
    this.#commit({ op: "put", key: this.key, element }, this.text, this.text);
  }

  /** @param {import("../core/fold.js").Change} change @param {string} before @param {string} after */
  #commit(change, before, after) {
    const known = new Set(this.editor.document.pending);
    this.editor.commit([change], "write", this.#join);
    for (const transaction of this.editor.document.pending)
      if (!known.has(transaction)) this.#sent.set(transaction.id, { before, after });
  }

  /** Only what a receipt confirms is common ground. @param {string} id @param {Element | null} found what the transaction met; null: nothing, or it isn't known any more */
  #received(id, found) {
    const sent = this.#sent.get(id);
    this.#sent.delete(id);
    if (sent && (!found || textIn(found) === sent.before)) this.#base = sent.after;
    // Only after this turn does the document show what has become of it.
    queueMicrotask(() => this.#endWhenReceived());
  }

  /** What the server won't have once it won't have again: only other words are worth sending. @param {string} id */
  #refused(id) {
    this.#hopeless = this.#sent.get(id)?.after ?? this.#hopeless;
    this.#sent.delete(id);
    queueMicrotask(() => this.#endWhenReceived());
  }

  #isStale() {
    const element = this.editor.document.get(this.key);
    return element !== undefined && textIn(element) !== this.#shown;
  }

  #documentChanged() {
    if (this.#isNew || this.#stops.length === 0) return;
    const element = this.editor.document.get(this.key);
    if (!element) {
      const wasOpen = this.#open;
      this.#end();
      if (wasOpen) this.page.onGone();
      return;
    }
    if (this.#isStale() && !this.#composing) this.#merge(textIn(element));
    if (this.#open) this.page.onChange();
  }

  /** @param {string} theirs */
  #merge(theirs) {
    const own = this.text;
    const merged = mergeTexts(this.#base, own, theirs).slice(0, TEXT_MAX);
    this.#base = this.#shown = theirs;
    this.#sent.clear();
    this.text = merged;
    if (!this.#open) {
      // The document is telling of a change: another one has to wait until everybody knows of this.
      queueMicrotask(() => this.#sendAgain());
      return;
    }
    const edits = editsBetween(own, merged);
    this.page.onMerged(merged, (place) => placeAfter(edits, place));
    if (merged !== theirs) this.#timers.start("pause", PAUSE_MS, () => this.#send());
  }

  #sendAgain() {
    this.#send();
    this.#endWhenReceived();
  }

  /** What isn't in the document yet takes the style that is chosen now. */
  #restyle() {
    if (!this.#isNew) return;
    const { style, styles } = kindOf(this.#element);
    const chosen = this.editor.styles[style];
    const without = Object.fromEntries(styles.map((name) => [name, null]));
    this.#element = withProps(this.#element, { ...without, ...propsOf(chosen, styles) });
    this.editor.live.draft(this.key, this.element);
    this.page.onChange();
  }
}

/** @param {Element | null} element */
function textIn(element) {
  return typeof element?.text === "string" ? element.text : "";
}
