// The text editor: a field exactly over the element that is written in, with its font, size, colour and angle.

import { WritingSession } from "../editor/writing.js";
import { kindOf, withProps } from "../elements/index.js";
import { onArrival } from "../elements/later.js";
import { isComposing, shortcutOf } from "../view/keyboard.js";
import { make } from "./dom.js";
import { takeKeys } from "./held-keys.js";
import { textField } from "./text-field.js";
import { fieldLook, placeField, showBelowBars } from "./text-place.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("../editor.js").Writing} Writing
 * @typedef {import("./commands.js").Command} Command
 */

/** @typedef {{editor: Editor, canvas: HTMLElement, meaning: (shortcut: string) => Command | null}} Parts */

const NOTHING = /** @type {ReadonlySet<string>} */ (new Set());

export class TextEditor {
  /** @type {(() => unknown)[]} */
  #stops = [];
  #isSelected = false;

  /** @param {Parts} parts @param {Writing} writing */
  constructor({ editor, canvas, meaning }, writing) {
    this.editor = editor;
    this.canvas = canvas;
    this.key = writing.key;
    this.meaning = meaning;
    this.field = textField({ onText: (text) => this.session.type(text) });
    this.root = make("div", { class: "writing" }, this.field.box);
    this.session = new WritingSession({
      editor,
      writing,
      page: {
        onMerged: (text, moved) => this.field.replace(text, moved),
        onChange: () => this.#refresh(),
        onGone: () => editor.write(null),
      },
    });
    this.session.begin();
    const { text } = this.session;
    this.field.replace(text, () => text.length);
    document.getElementById("overlay")?.after(this.root, this.field.hint);
    this.#listen();
    this.#refresh();
    this.field.focus();
    showBelowBars(this.root, editor.camera);
    this.#takeWhatWasTyped();
  }

  /** While this was still being fetched. */
  #takeWhatWasTyped() {
    const { text, ended } = takeKeys();
    if (text) {
      const all = this.session.text + text;
      this.field.replace(all, () => all.length);
      this.field.tell();
    }
    if (ended) queueMicrotask(() => this.editor.write(null));
  }

  /** What is written stays, and is selected. */
  close() {
    for (const stop of this.#stops.splice(0)) stop();
    this.session.close();
    this.root.remove();
    this.field.hint.remove();
    const { editor, key } = this;
    editor.show({ hidden: NOTHING, drafts: [], grown: null });
    if (editor.tool?.name === "select" && editor.document.has(key)) editor.select([key]);
  }

  #listen() {
    const { editor, field, session } = this;
    const end = () => editor.write(null);
    this.#stops.push(
      editor.camera.subscribe(() => this.#place()),
      editor.subscribe(({ type }) => {
        if (type === "tool" || (type === "rights" && editor.readOnly)) end();
        // The button that was pressed has taken the focus; a slider still needs it.
        if (type === "style" && !(document.activeElement instanceof HTMLInputElement))
          field.focus();
      }),
      onArrival(() => this.#refresh()),
      heard(this.canvas, "pointerdown", (event) => this.#pressedBeside(event)),
      heard(document, "visibilitychange", () => session.flush()),
    );
    if (visualViewport)
      this.#stops.push(
        heard(visualViewport, "resize", () => showBelowBars(this.root, editor.camera)),
      );
    field.area.addEventListener("compositionstart", () => session.setComposing(true));
    field.area.addEventListener("compositionend", () => {
      field.tell();
      session.setComposing(false);
    });
    field.area.addEventListener("keydown", (event) => this.#keyDown(event));
    // What lies under the field can be moved and zoomed as beside it.
    this.root.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.canvas.dispatchEvent(new WheelEvent(event.type, event));
    });
  }

  /** A press beside the field ends the writing, and does nothing else. @param {Event} event */
  #pressedBeside(event) {
    event.stopImmediatePropagation();
    event.preventDefault();
    this.editor.write(null);
  }

  /** Keys that an input method works with are its own. @param {KeyboardEvent} event */
  #keyDown(event) {
    if (isComposing(event)) return;
    const shortcut = shortcutOf(event);
    if (shortcut === "Escape" || shortcut === "Mod+Enter") {
      event.preventDefault();
      this.editor.write(null);
      return;
    }
    if (event.key === "Tab") {
      // Only when the focus has gone on: a field that isn't there any more has no next one.
      setTimeout(() => this.editor.write(null));
      return;
    }
    const command = shortcut.startsWith("Mod+") ? this.meaning(shortcut) : null;
    if (command?.group !== "style") return;
    event.preventDefault();
    if (command.enabled()) command.run(shortcut);
  }

  #refresh() {
    const { element } = this;
    const { document: board } = this.editor;
    if (!this.#isSelected && board.has(this.key)) {
      this.#isSelected = true;
      this.editor.select([this.key]);
    }
    const drafts = withoutText(this.key, element);
    this.editor.show({ hidden: new Set([this.key]), drafts, grown: element });
    this.field.look(fieldLook(element));
    this.#place();
  }

  #place() {
    placeField(this.root, this.element, this.editor.camera);
  }

  /** As large as it is going to be, once what is written is sent. */
  get element() {
    const { element } = this.session;
    const grown = kindOf(element).grownForText?.(element);
    return grown ? withProps(element, grown) : element;
  }
}

/** What is seen of the element while the field is its text. @param {string} key @param {Element} element @returns {[string, Element][]} */
function withoutText(key, element) {
  if (element.kind === "text") return [];
  // A line goes on leaving room for its label.
  if (element.kind === "line" || element.kind === "arrow")
    return [[key, withProps(element, { unlettered: true })]];
  if (element.kind !== "note") return [[key, withProps(element, { text: null })]];
  // A paper that has grown with its text stays as large, and where it is.
  const { x, y, h } = kindOf(element).frame(element);
  return [[key, withProps(element, { text: null, x, y, h })]];
}

/** @param {EventTarget} target @param {string} type @param {(event: Event) => void} listener @returns {() => void} stops it */
function heard(target, type, listener) {
  target.addEventListener(type, listener, { capture: true });
  return () => target.removeEventListener(type, listener, { capture: true });
}
