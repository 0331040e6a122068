// Rows of the export sheet: choices, a switch, a name with the ending that it will have.

import { make } from "./dom.js";

/** @typedef {{row: HTMLElement, refresh: () => void}} Row */

let rows = 0;

/**
 * @template {string | number} Value
 * @param {string} label @param {readonly {value: Value, label: string}[]} choices
 * @param {() => Value} current @param {(value: Value) => void} choose
 * @returns {Row}
 */
export function choiceOf(label, choices, current, choose) {
  const buttons = choices.map((choice) => {
    const button = make("button", { type: "button" }, choice.label);
    button.addEventListener("click", () => choose(choice.value));
    return { button, value: choice.value };
  });
  const id = `export-row-${++rows}`;
  const group = make(
    "div",
    { class: "switch", role: "group", "aria-labelledby": id },
    ...buttons.map(({ button }) => button),
  );
  return {
    row: make("div", { class: "export-row" }, make("span", { id, class: "legend" }, label), group),
    refresh() {
      for (const { button, value } of buttons)
        button.setAttribute("aria-pressed", String(current() === value));
    },
  };
}

/** @param {string} label @param {() => boolean} current @param {(on: boolean) => void} choose @returns {Row} */
export function switchOf(label, current, choose) {
  const input = make("input", { type: "checkbox", role: "switch" });
  input.addEventListener("change", () => choose(input.checked));
  return {
    row: make("label", { class: "setting" }, make("span", {}, label), input),
    refresh() {
      input.checked = current();
    },
  };
}

/** @param {string} label @param {HTMLElement} control */
export function field(label, control) {
  return make("label", { class: "export-row" }, make("span", { class: "legend" }, label), control);
}

/** @param {string} value */
export function nameField(value) {
  const input = make("input", {
    value,
    placeholder: "board",
    maxlength: "120",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "done",
  });
  const ending = make("span", { class: "export-ending", "aria-hidden": "true" });
  return {
    control: make("span", { class: "field" }, input, ending),
    get value() {
      return input.value;
    },
    setExtension(/** @type {string} */ extension) {
      ending.textContent = extension;
    },
  };
}
