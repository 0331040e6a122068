// Mentioning somebody: names that are offered while one is written after an @, and found in what was written.

import { make } from "./dom.js";
import { folded } from "./find.js";

/** @typedef {import("../sync/comments-told.js").Named} Named */

const OFFERED = 6;
/** Names are no longer; what is longer is no name. */
const NAME_LENGTH = 40;

/** What is being written after an @ before the caret; null: nothing. @param {string} text @param {number} caret */
export function wantedName(text, caret) {
  const found = /(^|[\s(])@([^@\n]*)$/u.exec(text.slice(0, caret));
  const wanted = found?.[2] ?? null;
  return wanted === null || wanted.length > NAME_LENGTH ? null : wanted;
}

/** Those whose name, or a word of it, begins so. @param {readonly Named[]} people @param {string} wanted */
export function peopleCalled(people, wanted) {
  const start = folded(wanted);
  return people
    .filter(({ name }) => {
      const full = folded(name);
      return full.startsWith(start) || full.split(" ").some((word) => word.startsWith(start));
    })
    .slice(0, OFFERED);
}

/** @param {string} text @param {number} caret @param {string} name */
export function withName(text, caret, name) {
  const start = text.slice(0, caret).lastIndexOf("@");
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + text.slice(caret).trimStart(), caret: before.length };
}

/** Whose names stand in the text; of two with one name it is the chosen one. @param {string} text @param {readonly Named[]} people @param {ReadonlySet<number>} chosen */
export function mentionsIn(text, people, chosen) {
  /** @type {Map<string, number>} */
  const byName = new Map();
  for (const { id, name } of people)
    if (text.includes(`@${name}`) && (chosen.has(id) || !byName.has(name))) byName.set(name, id);
  return [...byName.values()].slice(0, 20);
}

/** The text in pieces, those that are names marked. @param {string} text @param {readonly string[]} names @returns {{text: string, isName: boolean}[]} */
export function piecesOf(text, names) {
  /** @type {{text: string, isName: boolean}[]} */
  const pieces = [];
  let rest = text;
  // "Ann Lee" is found before "Ann".
  const marks = [...names].sort((a, b) => b.length - a.length).map((name) => `@${name}`);
  while (rest !== "") {
    const at = Math.min(...marks.map((mark) => rest.indexOf(mark)).filter((found) => found >= 0));
    const mark = marks.find((each) => rest.startsWith(each, at));
    if (!Number.isFinite(at) || !mark) break;
    if (at > 0) pieces.push({ text: rest.slice(0, at), isName: false });
    pieces.push({ text: mark, isName: true });
    rest = rest.slice(at + mark.length);
  }
  return rest === "" ? pieces : [...pieces, { text: rest, isName: false }];
}

/**
 * The names on offer below a field.
 * @param {{field: HTMLTextAreaElement, id: string, label: string, people: () => readonly Named[],
 *   choose: (one: Named) => void}} parts
 */
export function offerNames({ field, id, label, people, choose }) {
  const list = make("ul", {
    id,
    class: "names",
    role: "listbox",
    "aria-label": label,
    hidden: true,
  });
  /** @type {readonly Named[]} */
  let offered = [];
  let at = 0;

  const mark = () => {
    for (const [i, option] of [...list.children].entries())
      option.setAttribute("aria-selected", String(i === at));
    if (offered.length > 0) field.setAttribute("aria-activedescendant", `${id}-${at}`);
    else field.removeAttribute("aria-activedescendant");
  };
  /** @param {readonly Named[]} names */
  const offer = (names) => {
    offered = names;
    at = 0;
    list.hidden = names.length === 0;
    list.replaceChildren(...names.map((one, i) => option(one, `${id}-${i}`, () => take(one))));
    mark();
  };
  /** @param {Named} one */
  const take = (one) => {
    choose(one);
    offer([]);
  };
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  return {
    list,
    refresh() {
      const wanted = wantedName(field.value, field.selectionStart);
      offer(wanted === null ? [] : peopleCalled(people(), wanted));
    },
    /** Whether the key was for the list. @param {KeyboardEvent} event */
    keyDown({ key }) {
      if (offered.length === 0) return false;
      if (key === "ArrowDown" || key === "ArrowUp") {
        at = (at + (key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
        mark();
      } else if (key === "Escape") offer([]);
      else if (key === "Enter" || key === "Tab") take(/** @type {Named} */ (offered[at]));
      else return false;
      return true;
    },
  };
}

/** @param {Named} one @param {string} id @param {() => void} take */
function option({ name }, id, take) {
  const made = make("li", { id, role: "option", "aria-selected": "false" }, make("bdi", {}, name));
  // Before the field loses the focus.
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take();
  });
  return made;
}
