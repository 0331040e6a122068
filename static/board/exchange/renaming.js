// Elements from elsewhere under new names: what they call each other, their groups and their pictures. Pure.

import { elementKey } from "../core/ids.js";
import { textOf } from "../elements/kind.js";
import { FIRST_PAGE } from "../elements/sheet.js";

/** @typedef {import("../core/fold.js").Element} Element */

/** New names of groups, the same for the same, for each set of names. @type {WeakMap<ReadonlyMap<string, string>, Map<string, string>>} */
const groups = new WeakMap();

/** What names something that isn't there loses that. @param {Element} element @param {ReadonlyMap<string, string>} names new keys by old ones @param {ReadonlyMap<string, string>} assets @returns {Element} */
export function withNewNames(element, names, assets) {
  const renamed = {
    ...element,
    frame: names.get(textOf(element, "frame")),
    from: newAnchor(element.from, names),
    to: newAnchor(element.to, names),
    group: newGroup(textOf(element, "group"), names),
    link: newLink(textOf(element, "link"), names),
    asset: assets.get(textOf(element, "asset")),
    source: newSource(textOf(element, "source"), assets),
  };
  return /** @type {Element} */ (
    Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined))
  );
}

/** @param {unknown} anchor a key, perhaps with a place @param {ReadonlyMap<string, string>} names */
function newAnchor(anchor, names) {
  if (typeof anchor !== "string") return undefined;
  // Keys of other programs may have the sign as well.
  const whole = names.get(anchor);
  if (whole) return whole;
  const at = anchor.lastIndexOf("@");
  const key = at < 0 ? undefined : names.get(anchor.slice(0, at));
  return key && key + anchor.slice(at);
}

/** @param {string} path @param {ReadonlyMap<string, string>} names */
function newGroup(path, names) {
  if (path === "") return undefined;
  const known = groups.get(names) ?? new Map();
  groups.set(names, known);
  return path
    .split("/")
    .map((old) => {
      const name = known.get(old) ?? elementKey();
      known.set(old, name);
      return name;
    })
    .join("/");
}

/** Those to places in the file lead to where they are now. @param {string} link @param {ReadonlyMap<string, string>} names of elements and pages */
function newLink(link, names) {
  if (link === "") return undefined;
  if (!link.startsWith("#")) return link;
  const [, before = "", key = FIRST_PAGE] =
    /^(#(?:element|page)=|#view=[^@]*)(?:@?([\w-]+))?$/.exec(link) ?? [];
  const name = names.get(key);
  if (before === "" || !name) return undefined;
  return `${before}${before.startsWith("#view") ? "@" : ""}${name}`;
}

/** @param {string} source @param {ReadonlyMap<string, string>} assets */
function newSource(source, assets) {
  const at = source.lastIndexOf("#");
  const asset = assets.get(source.slice(0, Math.max(0, at)));
  return asset && asset + source.slice(at);
}
