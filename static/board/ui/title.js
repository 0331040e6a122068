// The board's title, edited in place: Enter or leaving keeps it, Escape takes it back.

import { isComposing } from "../view/keyboard.js";
import { post } from "./forms.js";

/**
 * @param {{input: HTMLInputElement, session: import("../sync/session.js").Session, known: string, url: string,
 *   csrf: string}} parts `known`: the title that the page came with; somebody may have typed another already
 */
export function buildTitle({ input, session, known, url, csrf }) {
  let title = session.board?.title ?? known;

  /** @param {string} next */
  const show = (next) => {
    title = next;
    if (document.activeElement !== input) input.value = next;
    document.title = next || input.placeholder;
    fit(input);
  };
  const keep = async () => {
    const wanted = input.value.trim();
    if (wanted === title) return;
    const before = title;
    show(wanted);
    if (!(await post(url, { title: wanted }, csrf))) {
      input.value = before;
      show(before);
    }
  };
  input.addEventListener("blur", keep);
  input.addEventListener("input", () => fit(input));
  input.addEventListener("keydown", (event) => {
    // Enter that ends a Korean syllable is the input method's.
    if (isComposing(event)) return;
    if (event.key === "Escape") input.value = title;
    if (event.key === "Enter" || event.key === "Escape") input.blur();
  });
  session.subscribe(({ type }) => {
    if (type === "board" && session.board) show(session.board.title);
    if (type === "state" || type === "board") input.readOnly = !session.may?.has("rename");
  });
  fit(input);
  if (document.activeElement !== input) keep();
}

/** As wide as its text, where the browser can't do that itself. @param {HTMLInputElement} input */
function fit(input) {
  if (CSS.supports("field-sizing", "content")) return;
  input.size = Math.max(6, Math.min(40, (input.value || input.placeholder).length + 1));
}
