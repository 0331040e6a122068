// Groups: which elements belong together, and what makes or ends a group. A group is whatever has its key.

import { elementKey } from "../core/ids.js";

/**
 * @typedef {import("../core/document.js").DocumentView} Document
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../protocol").Patch} Patch
 */

/** What the protocol allows. */
export const GROUPS_MAX = 8;

/** The groups that an element is in, the outermost first. @param {Element | undefined} element @returns {string[]} */
export function groupsOf(element) {
  const path = element && Object.hasOwn(element, "group") ? element.group : null;
  return typeof path === "string" && path !== "" ? path.split("/").slice(0, GROUPS_MAX) : [];
}

/** The group that comes along when the element is selected: the outermost, or the next one within the one entered. @param {Element | undefined} element @param {string | null} entered */
export function groupWithin(element, entered) {
  const groups = groupsOf(element);
  return groups[groups.indexOf(entered ?? "") + 1] ?? null;
}

/** The members of each group of a document, so that nobody has to look at all elements. */
class Members {
  /** @type {Map<string, Set<string>>} */
  #byGroup = new Map();
  /** @type {Map<string, string[]>} */
  #groups = new Map();

  /** @param {Document} document */
  constructor(document) {
    this.#takeAll(document);
    document.subscribe(({ keys }) => {
      if (keys === null) this.#takeAll(document);
      else for (const key of keys) this.#take(key, groupsOf(document.get(key)));
    });
  }

  /** @param {string} group @returns {ReadonlySet<string>} */
  of(group) {
    return this.#byGroup.get(group) ?? new Set();
  }

  /** @param {Document} document */
  #takeAll(document) {
    this.#byGroup.clear();
    this.#groups.clear();
    for (const [key, element] of document.entries()) this.#take(key, groupsOf(element));
  }

  /** @param {string} key @param {string[]} groups */
  #take(key, groups) {
    for (const group of this.#groups.get(key) ?? []) {
      const members = this.#byGroup.get(group);
      members?.delete(key);
      if (members?.size === 0) this.#byGroup.delete(group);
    }
    this.#groups.delete(key);
    if (groups.length === 0) return;
    this.#groups.set(key, groups);
    for (const group of groups)
      this.#byGroup.set(group, (this.#byGroup.get(group) ?? new Set()).add(key));
  }
}

/** @type {WeakMap<Document, Members>} */
const known = new WeakMap();

/** @param {Document} document @param {string} group @returns {ReadonlySet<string>} */
export function membersOf(document, group) {
  let members = known.get(document);
  if (!members) {
    members = new Members(document);
    known.set(document, members);
  }
  return members.of(group);
}

/** The elements with all that comes along with them. @param {Document} document @param {Iterable<string>} keys @param {string | null} entered @returns {Set<string>} */
export function wholeGroups(document, keys, entered = null) {
  /** @type {Set<string>} */
  const whole = new Set();
  for (const key of keys) {
    if (whole.has(key)) continue;
    const group = groupWithin(document.get(key), entered);
    if (!group) whole.add(key);
    else for (const member of membersOf(document, group)) whole.add(member);
  }
  return whole;
}

/** The things that the elements are, in the eyes of whoever arranges them: a group is one. @param {Document} document @param {Iterable<string>} keys @param {string | null} entered @returns {string[][]} */
export function thingsOf(document, keys, entered = null) {
  /** @type {Map<string, string[]>} */
  const things = new Map();
  for (const key of keys) {
    const name = groupWithin(document.get(key), entered) ?? key;
    things.set(name, [...(things.get(name) ?? []), key]);
  }
  return [...things.values()];
}

/** Whether they are so many things, or more; without counting to the end. @param {Document} document @param {Iterable<string>} keys @param {string | null} entered @param {number} least */
export function areThings(document, keys, entered, least) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const key of keys) {
    names.add(groupWithin(document.get(key), entered) ?? key);
    if (names.size >= least) return true;
  }
  return false;
}

/** Whether one group more around them is still within what the protocol allows. @param {Document} document @param {Iterable<string>} keys @param {string | null} entered */
export function mayGroup(document, keys, entered = null) {
  const all = [...keys];
  return (
    areThings(document, all, entered, 2) &&
    all.every((key) => groupsOf(document.get(key)).length < GROUPS_MAX)
  );
}

/** What puts an element into a new group, within the one that has been entered. @param {Element} element @param {string | null} entered @param {string} group @returns {Patch} */
export function grouped(element, entered, group) {
  const groups = groupsOf(element);
  const depth = groups.indexOf(entered ?? "") + 1;
  return { group: [...groups.slice(0, depth), group, ...groups.slice(depth)].join("/") };
}

/** What takes it out of the outermost group, or the next one within that entered. @param {Element} element @param {string | null} entered @returns {Patch} */
export function ungrouped(element, entered) {
  const groups = groupsOf(element);
  const depth = groups.indexOf(entered ?? "") + 1;
  return { group: groups.toSpliced(depth, 1).join("/") || null };
}

/**
 * New keys for the groups of copies; the group in which they were copied has them too.
 * @param {string | null} entered @returns {(element: Element) => Patch}
 */
export function groupsAnew(entered) {
  /** @type {Map<string, string>} */
  const names = new Map();
  return (element) => {
    const groups = groupsOf(element);
    if (groups.length === 0) return {};
    const depth = groups.indexOf(entered ?? "") + 1;
    const anew = groups.slice(depth).map((group) => {
      const name = names.get(group) ?? elementKey();
      names.set(group, name);
      return name;
    });
    return { group: [...groups.slice(0, depth), ...anew].join("/") };
  };
}
