// Small dialogs about links: writing one, and leaving the board by one.

import { t } from "../core/translate.js";
import { linkFrom, linkTo, placeIn } from "../editor/links.js";
import { textOf } from "../elements/kind.js";
import { make } from "./dom.js";
import { presentView } from "./links.js";
import { pageWords } from "./pages-words.js";
import { copyText } from "./share.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/** @typedef {import("../editor.js").Editor} Editor */

const LINK_MAX = 2000;

/** @param {Editor} editor @param {string} key */
export async function editLink(editor, key) {
  const element = editor.document.get(key);
  if (!element) return;
  await styles("sharing-styles");
  const field = make("input", {
    type: "text",
    inputmode: "url",
    class: "link-field",
    "aria-label": t("Address"),
    placeholder: "https://",
    maxlength: String(LINK_MAX),
    autocomplete: "off",
    spellcheck: "false",
  });
  field.value = textOf(element, "link");
  const problem = make("p", { class: "link-problem", role: "alert" });
  const save = make("button", { type: "submit", class: "primary" }, t("Save"));
  const remove = make("button", { type: "button", class: "text-button danger" }, t("Remove link"));
  remove.hidden = field.value === "";
  const places = placeChoice(editor, key, (link) => {
    field.value = link;
  });
  const content = make(
    "form",
    { class: "order-form link-form", novalidate: true },
    make("label", {}, make("span", { class: "legend" }, t("Address")), field),
    make("label", {}, make("span", { class: "legend" }, t("Or a place on this board")), places),
    problem,
    make("div", { class: "order-buttons" }, remove, save),
  );
  const dialog = await openSheet({ name: "link", title: t("Link"), content });
  const keep = (/** @type {string | null} */ link) => {
    editor.setOf([key], "link", () => ({ link }));
    dialog?.close();
  };
  remove.addEventListener("click", () => keep(null));
  content.addEventListener("submit", (event) => {
    event.preventDefault();
    const link = linkFrom(field.value, location.origin + location.pathname);
    if (field.value.trim() === "") keep(null);
    else if (link && link.length <= LINK_MAX) keep(link);
    else problem.textContent = t("That is no address: it begins with https:// or mailto:.");
  });
  field.focus();
  field.select();
}

/** @param {Editor} editor @param {string} key @param {(link: string) => void} choose */
function placeChoice(editor, key, choose) {
  const select = make("select", { class: "link-field" });
  /** @type {[string, string][]} */
  const found = [["", t("Choose a place")]];
  for (const page of editor.pages?.pages ?? [])
    found.push([linkTo({ type: "page", page: page.key }), pageWords(page)]);
  found.push([linkTo(presentView(editor)), t("What is in view now")]);
  for (const [name, element] of editor.document.entries())
    if (element.kind === "frame" && name !== key && found.length < 60)
      found.push([linkTo({ type: "element", key: name }), textOf(element, "name") || t("Frame")]);
  select.append(...found.map(([value, words]) => make("option", { value }, words)));
  void copiedPlace().then((link) => {
    if (link) select.append(make("option", { value: link }, t("The link that was copied")));
  });
  select.addEventListener("change", () => select.value && choose(select.value));
  return select;
}

/** Of an element or a place of this board, if its link is on the clipboard and the browser tells. */
async function copiedPlace() {
  try {
    const text = await navigator.clipboard.readText();
    const board = `${location.origin}${location.pathname}`;
    const fragment = text.startsWith(`${board}#`) ? text.slice(board.length) : "";
    return placeIn(fragment) ? fragment : null;
  } catch {
    return null;
  }
}

/** Says where it leads before anything is opened. @param {{address: string, host: string}} destination */
export async function askToLeave({ address, host }) {
  await styles("sharing-styles");
  const open = make(
    "a",
    { class: "primary link-open", href: address, target: "_blank", rel: "noopener noreferrer" },
    t("Open in a new tab"),
  );
  const content = make(
    "div",
    { class: "order-form link-form" },
    make("p", { class: "link-host" }, make("bdi", {}, host)),
    make("p", { class: "muted link-address" }, make("bdi", {}, address)),
    make("div", { class: "order-buttons" }, open),
  );
  const dialog = await openSheet({ name: "leave", title: t("This link leads to"), content });
  open.addEventListener("click", () => dialog?.close());
  open.focus();
}

/** Where nothing can be copied by itself. @param {string} address */
export async function showAddress(address) {
  await styles("sharing-styles");
  const field = make("input", { class: "link-field", readonly: true, "aria-label": t("Address") });
  field.value = address;
  const copy = make("button", { type: "button", class: "primary" }, t("Copy link"));
  copy.addEventListener("click", () => copyText(address));
  const content = make(
    "div",
    { class: "order-form link-form" },
    field,
    make("div", { class: "order-buttons" }, copy),
  );
  await openSheet({ name: "address", title: t("Copy it by hand"), content });
  field.select();
}
