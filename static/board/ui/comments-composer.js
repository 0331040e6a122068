// Where a comment is written: a field that grows, names after an @, and a button that sends.

import { SendHorizontal } from "../../npm/lucide.js";
import { t } from "../core/translate.js";
import { isComposing } from "../view/keyboard.js";
import { MAC } from "./command-button.js";
import { shortcutLabel } from "./commands.js";
import { mentionsIn, offerNames, withName } from "./comments-mentions.js";
import { icon, make } from "./dom.js";

/** @typedef {import("../sync/comments-told.js").Named} Named */

/** As the server allows. */
const LENGTH = 2000;
let made = 0;

/**
 * @param {object} parts
 * @param {string} parts.label of the field
 * @param {string} [parts.text] that is in it to begin with
 * @param {string} [parts.action] what the button does
 * @param {() => readonly Named[]} parts.people
 * @param {() => number | null} parts.me whom nobody offers
 * @param {(text: string, mentions: number[]) => void} parts.send
 * @param {(text: string) => void} [parts.typed]
 * @param {() => void} [parts.cancel] gives up; absent: there is nothing to give up
 */
export function composer({
  label,
  text = "",
  action = t("Send"),
  people,
  me,
  send,
  typed,
  cancel,
}) {
  const field = make("textarea", {
    rows: "1",
    "aria-label": label,
    placeholder: label,
    maxlength: String(LENGTH),
    enterkeyhint: "enter",
  });
  field.value = text;
  /** @type {Set<number>} */
  const chosen = new Set();
  const names = offerNames({
    field,
    id: `names-${++made}`,
    label: t("People to mention"),
    people: () => people().filter(({ id }) => id !== me()),
    choose: ({ id, name }) => {
      chosen.add(id);
      const after = withName(field.value, field.selectionStart, name);
      field.value = after.text;
      field.setSelectionRange(after.caret, after.caret);
      tell();
    },
  });
  const button = sendButton(action);
  const root = make(
    "form",
    { class: "composer" },
    field,
    names.list,
    make("div", { class: "composer-row" }, cancel && cancelButton(cancel), button),
  );
  const tell = () => {
    typed?.(field.value);
    button.setAttribute("aria-disabled", String(field.value.trim() === ""));
  };
  const submit = () => {
    const said = field.value.trim();
    if (said === "") return field.focus();
    send(said, mentionsIn(said, people(), chosen));
    field.value = "";
    chosen.clear();
    names.refresh();
    tell();
  };
  field.addEventListener("input", () => {
    tell();
    names.refresh();
  });
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (!isSend && !names.keyDown(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isSend) submit();
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  tell();
  return { root, field };
}

/** @param {string} action */
function sendButton(action) {
  const keys = shortcutLabel("Mod+Enter", MAC);
  return make(
    "button",
    {
      type: "submit",
      class: "primary send",
      "aria-keyshortcuts": MAC ? "Meta+Enter" : "Control+Enter",
      title: `${action}  ${keys}`,
    },
    icon(SendHorizontal),
    make("span", {}, action),
  );
}

/** @param {() => void} cancel */
function cancelButton(cancel) {
  const button = make("button", { type: "button", class: "text-button" }, t("Cancel"));
  button.addEventListener("click", cancel);
  return button;
}
