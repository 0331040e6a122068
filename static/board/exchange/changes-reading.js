// Reads changes that were saved as a file because the server had not taken them: what they made comes back.

import { applyChange } from "../core/fold.js";
import { t } from "../core/translate.js";
import { gatherPages, ourFile } from "./board-reading.js";
import { Gathering } from "./gathering.js";
import { isObject, listOf, objectsOf, textIn } from "./reading.js";

/**
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("./format.js").Taken} Taken
 * @typedef {import("./reading.js").Found} Found
 */

/** @param {string} text @returns {Taken} */
export function readChanges(text) {
  const file = ourFile(text, "whiteboard-changes");
  const gathering = new Gathering();
  const made = [...whatIsMade(gathering, file)];
  gathering.leave(t("Comments"), listOf(file.comments).length);
  gatherPages(
    gathering,
    Object.fromEntries(made.filter(([, { kind }]) => kind !== "page")),
    Object.fromEntries(made.filter(([, { kind }]) => kind === "page")),
  );
  return gathering.taken();
}

/** The fold of all that can be folded without the board. @param {Gathering} gathering @param {Found} file */
function whatIsMade(gathering, file) {
  /** @type {Map<string, Element>} */
  const made = new Map();
  const changes = objectsOf(file.transactions).flatMap((one) => listOf(one.changes));
  for (const change of changes) {
    if (!isChange(change)) gathering.leave(t("Damaged changes"));
    else if (change.op === "put" || change.op === "clear" || made.has(change.key))
      applyChange(made, change, null);
    else gathering.leave(t("Changes of what was on the board already"));
  }
  return made;
}

/** Far enough for the fold; what it makes is judged as everything brought is. @param {unknown} change @returns {change is Change} */
function isChange(change) {
  if (!isObject(change)) return false;
  const { op, key, element, props, if: expected = {}, into } = change;
  if (op === "clear") return true;
  if (textIn(key) === "") return false;
  if (op === "put") return isObject(element);
  if (op === "set") return isObject(props) && isObject(expected);
  if (op === "split") return Array.isArray(into) && into.every(isPiece);
  return op === "remove";
}

/** @param {unknown} piece */
function isPiece(piece) {
  return isObject(piece) && textIn(piece.key) !== "" && isObject(piece.props);
}
