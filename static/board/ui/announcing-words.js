// What others have done meanwhile, as one sentence for each of them. Pure.

import { t, tn } from "../core/translate.js";
import { kindWords, ownWords } from "../elements/spoken.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../core/fold.js").Change} Change
 * @typedef {"drew" | "added" | "wrote" | "moved" | "changed" | "deleted"} Deed
 * @typedef {(key: string) => Element | undefined} Get
 */

/** More people at once are told as a number. */
const PEOPLE_NAMED = 3;
const INK = new Set(["stroke", "highlight"]);
const MOVED = new Set(["x", "y"]);
/** What comes along when something is put in another place. */
const QUIET = new Set("z frame group from to".split(" "));

/** @type {Readonly<Record<Deed, (things: string, count: number) => string>>} */
const WORDS = {
  drew: (_, count) => tn("drew {count} stroke", "drew {count} strokes", count),
  added: (things) => t("added {things}", { things }),
  wrote: (things) => t("wrote in {things}", { things }),
  moved: (things) => t("moved {things}", { things }),
  changed: (things) => t("changed {things}", { things }),
  deleted: (_, count) => tn("deleted {count} element", "deleted {count} elements", count),
};

/** What a change is in the eyes of those who hear of it; null: nothing to speak of. @param {Change} change @returns {Deed | null} */
export function deedOf(change) {
  switch (change.op) {
    case "put":
      if (change.element.kind === "page") return null;
      return INK.has(String(change.element.kind)) ? "drew" : "added";
    case "set":
      return deedOfProps(Object.keys(change.props));
    case "remove":
      return "deleted";
    default:
      return null;
  }
}

/** @param {string[]} names @returns {Deed | null} */
function deedOfProps(names) {
  const telling = names.filter((name) => !QUIET.has(name));
  if (telling.length === 0) return null;
  if (telling.includes("text")) return "wrote";
  return telling.every((name) => MOVED.has(name)) ? "moved" : "changed";
}

export class Happenings {
  /** By person. @type {Map<number, Map<string, Deed>>} */
  #deeds = new Map();
  /** Names of those who have come, and gone. @type {{came: Set<string>, left: Set<string>}} */
  #ways = { came: new Set(), left: new Set() };

  get isEmpty() {
    return this.#deeds.size + this.#ways.came.size + this.#ways.left.size === 0;
  }

  /** What somebody has made and then changed is made. @param {number} person @param {string} key @param {Deed} deed */
  did(person, key, deed) {
    const own = this.#deeds.get(person) ?? new Map();
    this.#deeds.set(person, own);
    const before = own.get(key);
    const isNew = before === "drew" || before === "added";
    if (isNew && deed === "deleted") own.delete(key);
    else if (!isNew) own.set(key, deed);
    if (own.size === 0) this.#deeds.delete(person);
  }

  /** Whoever goes and comes back at once has not been away. @param {string} name */
  came(name) {
    if (!this.#ways.left.delete(name)) this.#ways.came.add(name);
  }

  /** @param {string} name */
  left(name) {
    if (!this.#ways.came.delete(name)) this.#ways.left.add(name);
  }

  /** All of it in words; it is forgotten then. @param {(person: number) => string} nameOf @param {Get} get */
  take(nameOf, get) {
    const people = [...this.#deeds].slice(0, PEOPLE_NAMED);
    const more = this.#deeds.size - people.length;
    const { came, left } = this.#ways;
    const sentences = [
      ...wayWords(came, t("{names} has come."), t("{names} have come.")),
      ...wayWords(left, t("{names} has left."), t("{names} have left.")),
      ...people.map(([person, deeds]) =>
        t("{name} {deeds}.", { name: nameOf(person), deeds: deedWords(deeds, get) }),
      ),
    ];
    if (more > 0)
      sentences.push(
        tn(
          "{count} other person changed the board.",
          "{count} other people changed the board.",
          more,
        ),
      );
    this.#deeds = new Map();
    this.#ways = { came: new Set(), left: new Set() };
    return sentences.join(" ");
  }
}

/** @param {ReadonlySet<string>} names @param {string} one @param {string} several */
function wayWords(names, one, several) {
  if (names.size === 0) return [];
  return [(names.size === 1 ? one : several).replace("{names}", () => listed([...names]))];
}

/** @param {ReadonlyMap<string, Deed>} deeds @param {Get} get */
function deedWords(deeds, get) {
  /** @type {Map<Deed, string[]>} */
  const byDeed = new Map();
  for (const [key, deed] of deeds) byDeed.set(deed, [...(byDeed.get(deed) ?? []), key]);
  return listed([...byDeed].map(([deed, keys]) => WORDS[deed](thingWords(keys, get), keys.length)));
}

/** @param {readonly string[]} keys @param {Get} get */
function thingWords(keys, get) {
  const [first] = keys;
  const element = keys.length === 1 && first !== undefined ? get(first) : undefined;
  if (element) return ownWords(element) || kindWords(element);
  return tn("{count} element", "{count} elements", keys.length);
}

/** @param {readonly string[]} words */
function listed(words) {
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  return t("{first} and {last}", { first: words.slice(0, -1).join(", "), last });
}
