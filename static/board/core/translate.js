// The page's words in the reader's language. The msgids are the English sentences themselves.

/** A message with plural forms has a list of them. @typedef {Readonly<Record<string, string | readonly string[]>>} Catalogue */
/** @typedef {Readonly<Record<string, string | number>>} Values */

/** @type {Catalogue} */
let catalogue = {};

/** @param {Catalogue | null} map */
export function setCatalogue(map) {
  catalogue = map ?? {};
}

/** Words beside those that are known. @param {Catalogue} map */
export function addWords(map) {
  catalogue = { ...catalogue, ...map };
}

/** The same words as they are in English, whatever the reader's language. @template T @param {() => T} make @returns {T} */
export function inEnglish(make) {
  const own = catalogue;
  catalogue = {};
  try {
    return make();
  } finally {
    catalogue = own;
  }
}

/** @param {string} message @param {Values} values */
export function t(message, values = {}) {
  const found = formsOf(message)[0];
  return filled(found || message, values);
}

/** @param {string} one @param {string} other @param {number} count @param {Values} values */
export function tn(one, other, count, values = {}) {
  const forms = formsOf(one);
  // Languages without plural have one form; those with two agree with English about one.
  const found = count === 1 ? forms[0] : (forms[1] ?? forms[0]);
  return filled(found || (count === 1 ? one : other), { count, ...values });
}

/** @param {string} message @returns {readonly string[]} */
function formsOf(message) {
  const found = Object.hasOwn(catalogue, message) ? catalogue[message] : undefined;
  if (found === undefined) return [];
  return typeof found === "string" ? [found] : found;
}

/** @param {string} text @param {Values} values */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
