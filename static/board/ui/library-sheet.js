// Templates and a person's own library: what is picked comes to the middle of the view.

import "../elements/others.js";
import { Pencil, Trash2 } from "../../npm/lucide.js";
import { elementKey, transactionId } from "../core/ids.js";
import { topKey } from "../core/order.js";
import { t } from "../core/translate.js";
import { copiesOf } from "../editor/clipboard-copies.js";
import { drawn, TEMPLATES } from "../editor/templates/index.js";
import { pictures } from "../elements/pictures.js";
import { isComposing } from "../view/keyboard.js";
import { icon, make } from "./dom.js";
import { card } from "./library-cards.js";
import { LibraryError, LibraryServer } from "./library-server.js";
import { say } from "./say.js";
import { openSheet } from "./sheet.js";
import { styles } from "./stylesheet.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./config.js").Config} Config
 * @typedef {import("./library-server.js").Item} Item
 * @typedef {readonly [string, Element]} Entry
 */

const NAME_LENGTH = 80;
/** Room for the bars around what has been placed. */
const PADDING = { top: 96, bottom: 148, side: 64 };

/** @param {Editor} editor @param {Config} config @param {"templates" | "own"} [first] the part that is open */
export async function openLibrary(editor, config, first = "templates") {
  await styles("library-styles");
  const place = make("div", { class: "library-place" });
  const parts = {
    templates: { name: t("Templates"), fill: () => templateCards(editor, close) },
    own: { name: t("My library"), fill: () => ownCards(editor, config, close) },
  };
  const tabs = Object.entries(parts).map(([id, { name, fill }]) => {
    const button = make("button", { type: "button", "data-part": id }, name);
    button.addEventListener("click", async () => {
      for (const { button: other } of tabs)
        other.setAttribute("aria-pressed", String(other === button));
      place.replaceChildren(...(await fill()));
    });
    return { id, button };
  });
  const dialog = await openSheet({
    name: "library",
    title: t("Library"),
    content: make(
      "div",
      {},
      make(
        "div",
        { class: "switch", role: "group", "aria-label": t("Library") },
        ...tabs.map(({ button }) => button),
      ),
      place,
    ),
  });
  function close() {
    dialog?.close();
  }
  tabs.find(({ id }) => id === first)?.button.click();
}

/** @param {Editor} editor @param {() => void} close */
function templateCards(editor, close) {
  const cards = TEMPLATES.map((template) => {
    const entries = drawn(template);
    const name = template.name();
    return card({
      name,
      entries,
      pick() {
        close();
        putOn(editor, entries, name);
      },
    });
  });
  return [make("ul", { class: "library" }, ...cards)];
}

/** @param {Editor} editor @param {Config} config @param {() => void} close */
async function ownCards(editor, config, close) {
  const server = new LibraryServer(config);
  /** @type {Item[]} */
  let items;
  try {
    items = await server.items();
  } catch (error) {
    return [make("p", { class: "muted", role: "status" }, sentenceOf(error))];
  }
  if (items.length === 0)
    return [
      make(
        "p",
        { class: "muted" },
        t("Select something on the board and choose “Add to my library”."),
      ),
    ];
  const cards = items.map((item) => ownCard(editor, config, server, item, close));
  return [make("ul", { class: "library" }, ...cards)];
}

/** @param {Editor} editor @param {Config} config @param {LibraryServer} server @param {Item} item @param {() => void} close */
function ownCard(editor, config, server, item, close) {
  const name = item.name || t("Without a name");
  const entries = entriesOf(item);
  findPictures(config, item);
  const rename = iconButton(Pencil, t("Rename {name}", { name }));
  const remove = iconButton(Trash2, t("Remove {name}", { name }));
  const whole = card({
    name,
    entries,
    async pick() {
      close();
      if (await fetchPictures(config, item)) putOn(editor, entries, name);
    },
    beside: [make("div", { class: "library-actions" }, rename, remove)],
  });
  remove.addEventListener("click", () =>
    trying(async () => {
      await server.remove(item.key);
      whole.remove();
    }),
  );
  rename.addEventListener("click", () =>
    renameIn(whole, name, (to) => server.rename(item.key, to)),
  );
  return whole;
}

/** @param {HTMLElement} whole @param {string} name @param {(name: string) => Promise<void>} rename */
function renameIn(whole, name, rename) {
  const label = whole.querySelector(".library-name");
  const input = make("input", {
    class: "library-rename",
    value: name,
    maxlength: String(NAME_LENGTH),
    "aria-label": t("Name"),
  });
  let done = false;
  const finish = async (/** @type {boolean} */ keep) => {
    if (done) return;
    done = true;
    const to = input.value.trim();
    input.remove();
    if (!keep || !to || to === name || !label) return;
    await trying(async () => {
      await rename(to);
      label.textContent = to;
    });
  };
  input.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== "Escape") || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter");
  });
  input.addEventListener("blur", () => finish(true));
  whole.append(input);
  input.select();
}

/** What is selected goes into the library. @param {Editor} editor @param {Config} config */
export async function addToLibrary(editor, config) {
  const elements = [...editor.selection].flatMap((key) => {
    const element = editor.document.get(key);
    return element ? [{ ...asKept(element), key }] : [];
  });
  const item = { key: transactionId(), name: "", board: config.board, elements };
  await trying(async () => {
    await new LibraryServer(config).add(item);
    say(t("It is in your library now."));
  });
}

/** Whose it is, and where it was, is left behind. @param {Element} element */
function asKept(element) {
  const { author: _author, page: _page, clip: _clip, locked: _locked, ...kept } = element;
  return kept;
}

/** One step of the history, in the middle of what is seen. @param {Editor} editor @param {readonly Entry[]} entries @param {string} label */
function putOn(editor, entries, label) {
  const { minX, minY, maxX, maxY } = editor.camera.viewBounds();
  const middle = { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
  const copies = copiesOf(entries, { top: topKey(editor.document), middle });
  editor.pointerCancel();
  editor.commit(
    copies.map(([key, element]) => ({ op: "put", key, element })),
    label,
  );
  const keys = copies.map(([key]) => key);
  const bounds = editor.boundsOf(keys);
  if (bounds && !isWithin(bounds, editor.camera.viewBounds())) editor.camera.fit(bounds, PADDING);
  editor.setTool("select");
  if (!copies.some(([, { locked }]) => locked === true)) editor.select(keys);
}

/** @param {import("../core/geometry.js").Bounds} inner @param {import("../core/geometry.js").Bounds} outer */
function isWithin(inner, outer) {
  return (
    inner.minX >= outer.minX &&
    inner.maxX <= outer.maxX &&
    inner.minY >= outer.minY &&
    inner.maxY <= outer.maxY
  );
}

/** The pictures that it names come to this board too. @param {Config} config @param {Item} item @returns {Promise<boolean>} */
async function fetchPictures({ board, assets, csrf }, item) {
  const wanted = assetsIn(item);
  if (wanted.length === 0 || item.board === undefined || item.board === board) return true;
  return trying(async () => {
    const answer = await fetch(`${assets}/from`, {
      method: "POST",
      headers: { "X-CSRFToken": csrf, "Content-Type": "application/json" },
      body: JSON.stringify({ board: item.board, assets: wanted }),
    });
    if (!answer.ok)
      throw new LibraryError(t("Its pictures are on a board that you can't see any more."));
  });
}

/** Its card shows them before they are on this board. @param {Config} config @param {Item} item */
function findPictures({ board, assets }, item) {
  if (item.board === undefined || item.board === board) return;
  for (const asset of assetsIn(item))
    pictures.isElsewhere(asset, assets.replace(board, item.board));
}

/** @param {Item} item @returns {string[]} */
function assetsIn({ elements }) {
  const named = elements.flatMap(({ asset, source }) => [
    String(asset ?? ""),
    String(source ?? "").split("#")[0] ?? "",
  ]);
  return [...new Set(named.filter(Boolean))];
}

/** @param {Item} item @returns {Entry[]} */
function entriesOf({ elements }) {
  return elements.map(({ key, ...element }) => [
    typeof key === "string" ? key : elementKey(),
    Object.freeze(element),
  ]);
}

/** @param {() => Promise<void>} work @returns {Promise<boolean>} */
async function trying(work) {
  try {
    await work();
    return true;
  } catch (error) {
    say(sentenceOf(error));
    return false;
  }
}

/** @param {unknown} error */
function sentenceOf(error) {
  if (error instanceof LibraryError) return error.message;
  throw error;
}

/** @param {import("./dom.js").IconNode} picture @param {string} name */
function iconButton(picture, name) {
  return make(
    "button",
    { type: "button", class: "icon-button", "aria-label": name },
    icon(picture),
  );
}
