// Which words a module has translated: the first texts of its calls of t and tn.

const CALL = /\btn?\(\s*("(?:[^"\\\n]|\\.)*")/g;

/** @param {string} source @returns {string[]} */
export function wordsIn(source) {
  return [...source.matchAll(CALL)].map(([, literal = '""']) => JSON.parse(literal));
}
