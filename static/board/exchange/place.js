// Puts what was read from a file on the board: as one step of the history, all of it or nothing. Everything is judged
// by the server's own rules and every picture is there before the first element is.

import "../elements/others.js";
import { union } from "../core/geometry.js";
import { elementKey } from "../core/ids.js";
import { CHANGES_BYTES, utf8Length } from "../core/limits.js";
import { keysBetween, topKeys } from "../core/order.js";
import { isElement, schemaOf } from "../core/schema.js";
import { t } from "../core/translate.js";
import { kindOf } from "../elements/index.js";
import { hundredths, numberOf, textOf } from "../elements/kind.js";
import { ReadError } from "./format.js";
import { withNewNames } from "./renaming.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../editor.js").Editor} Editor
 * @typedef {import("./format.js").Taken} Taken
 * @typedef {import("./format.js").TakenPage} TakenPage
 */

/**
 * @typedef {object} Placing
 * @property {Place | null} middle where its middle comes, on the page in sight; null: where it was
 * @property {(blob: Blob) => Promise<string>} upload gives the asset that a picture became; throws ReadError
 * @property {(part: number) => void} [told] how much of the pictures is there; throwing gives all of it up
 * @property {boolean} [asPages] each page of it becomes one of the board's, also if it is the only one
 */

/** What came of it. @typedef {{elements: number, pages: number, left: Taken["left"]}} Placed */

/** For an element's key and what else stands around it in a message. */
const AROUND = 256;
const NEEDS_PAGES = 4;

/** @param {Editor} editor @param {Taken} taken @param {Placing} placing @returns {Promise<Placed>} */
export async function place(editor, taken, placing) {
  const { told = () => {} } = placing;
  const asPages = placing.asPages === true || taken.pages.length > 1;
  if (asPages && editor.session.schema < NEEDS_PAGES)
    throw new ReadError(t("This server has no pages."));
  const used = new Set(
    taken.pages.flatMap(({ elements }) => elements.flatMap(([, e]) => assetsOf(e))),
  );
  const needed = [...taken.assets].filter(([id]) => used.has(id));
  const trial = planned(
    editor,
    taken,
    placing,
    new Map(needed.map(([id]) => [id, ANY_ASSET])),
    asPages,
  );
  if (trial.count === 0) throw new ReadError(t("Nothing in this can be on a board."));
  /** @type {Map<string, string>} */
  const assets = new Map();
  for (const [id, blob] of needed) {
    told(assets.size / needed.length);
    assets.set(id, await placing.upload(blob));
  }
  told(1);
  const plan = planned(editor, taken, placing, assets, asPages);
  commit(editor, plan);
  return { elements: plan.count, pages: plan.pages, left: leftBy(taken, plan.bad) };
}

/** Stands for one that isn't there yet, while everything is judged. */
const ANY_ASSET = "A".repeat(22);

/** @typedef {{changes: Change[], selected: string[], first: string | null, count: number, pages: number, bad: number}} Plan */

/** @param {Editor} editor @param {Taken} taken @param {Placing} placing @param {ReadonlyMap<string, string>} assets @param {boolean} asPages @returns {Plan} */
function planned(editor, taken, { middle }, assets, asPages) {
  /** @type {Plan} */
  const plan = { changes: [], selected: [], first: null, count: 0, pages: 0, bad: 0 };
  const names = newNames(taken, asPages);
  const orders = asPages ? ordersOfPages(editor, taken.pages.length) : [];
  for (const [i, page] of taken.pages.entries()) {
    const key = asPages ? (names.get(page.key ?? "") ?? elementKey()) : null;
    if (key) planPage(plan, key, page, String(orders[i]));
    const count = page.elements.length;
    const zs = key ? keysBetween(null, null, count) : topKeys(editor.document, count);
    const renamed = page.elements.flatMap(([name, element], at) => {
      const z = String(zs[at]);
      const whole = { ...withNewNames(element, names, assets), z, ...(key && { page: key }) };
      return fits(editor, whole) ? [/** @type {const} */ ([String(names.get(name)), whole])] : [];
    });
    plan.bad += count - renamed.length;
    const moved = key ? renamed : movedTo(renamed, middle);
    plan.count += moved.length;
    plan.changes.push(...moved.map(([one, element]) => put(one, element)));
    if (!key || i === 0) plan.selected.push(...moved.map(([one]) => one));
  }
  return plan;
}

/** Of elements, and of pages where they become some. @param {Taken} taken @param {boolean} asPages */
function newNames({ pages }, asPages) {
  const keys = pages.flatMap(({ elements }) => elements.map(([key]) => key));
  const ofPages = asPages ? pages.flatMap(({ key }) => key ?? []) : [];
  return new Map([...keys, ...ofPages].map((key) => [key, elementKey()]));
}

/** @param {Plan} plan @param {string} key @param {TakenPage} page @param {string} z */
function planPage(plan, key, { name, w, h }, z) {
  plan.changes.push(put(key, { kind: "page", z, ...(name && { name }), ...(w && h && { w, h }) }));
  plan.first ??= key;
  plan.pages++;
}

/** @param {string} key @param {Readonly<Record<string, unknown>>} element @returns {Change} */
function put(key, element) {
  return { op: "put", key, element: Object.freeze(/** @type {Element} */ (element)) };
}

/** Right behind the page in sight. @param {Editor} editor @param {number} count */
function ordersOfPages(editor, count) {
  const sheet = /** @type {Partial<import("../elements/sheet.js").Sheet>} */ (editor.document);
  const pages = sheet.pages?.() ?? [];
  const at = pages.findIndex(([key]) => key === sheet.page);
  const orders = pages.map(([, page]) => textOf(page, "z"));
  return keysBetween(orders[at] ?? null, orders[at + 1] ?? null, count);
}

/** Whether the server takes it. @param {Editor} editor @param {Readonly<Record<string, unknown>>} element */
function fits(editor, element) {
  return (
    isElement(element) &&
    element.kind !== "page" &&
    schemaOf(/** @type {Element} */ (element)) <= editor.session.schema &&
    utf8Length(JSON.stringify(element)) + AROUND <= CHANGES_BYTES
  );
}

/** Those that the edge of the world would cut off stay where they are. @param {(readonly [string, Element])[]} entries @param {Place | null} middle */
function movedTo(entries, middle) {
  if (!middle || entries.length === 0) return entries;
  const boxes = entries.map(([, element]) => kindOf(element).bounds(element));
  const { minX, minY, maxX, maxY } = boxes.reduce(union);
  const dx = Math.round(middle.x - (minX + maxX) / 2);
  const dy = Math.round(middle.y - (minY + maxY) / 2);
  const moved = entries.map(([key, element]) => {
    const x = hundredths(numberOf(element, "x", 0) + dx);
    const y = hundredths(numberOf(element, "y", 0) + dy);
    return /** @type {const} */ ([key, { ...element, x, y }]);
  });
  return moved.every(([, element]) => isElement(element)) ? moved : entries;
}

/** @param {Editor} editor @param {Plan} plan */
function commit(editor, plan) {
  if (editor.readOnly) throw new ReadError(t("You can't change this board."));
  editor.pointerCancel();
  editor.commit(plan.changes, "open");
  const sheet = /** @type {Partial<import("../elements/sheet.js").Sheet>} */ (editor.document);
  if (plan.first) sheet.turnTo?.(plan.first);
  editor.setTool("select");
  editor.select(plan.selected.filter((key) => editor.document.get(key)?.locked !== true));
}

/** @param {Element} element */
function assetsOf(element) {
  const source = textOf(element, "source").split("#")[0] ?? "";
  return [textOf(element, "asset"), source].filter(Boolean);
}

/** @param {Taken} taken @param {number} bad */
function leftBy({ left }, bad) {
  return bad > 0
    ? [...left, { what: t("Elements that can't be on this board"), count: bad }]
    : left;
}
