// Which of our font files the text of a file needs, and the files themselves.

import { fontAddress, spansOf } from "../elements/fonts.js";

/** @typedef {import("../../npm/fonts.js").FontFile} FontFile */
/** @typedef {FontFile & {spans: [number, number][]}} Shelf */

/** Those of the hand-written ones that hold these characters. @param {Iterable<string>} characters @param {number} weight @param {readonly FontFile[]} files @returns {FontFile[]} */
export function filesFor(characters, weight, files) {
  const codes = [...characters].map((character) => character.codePointAt(0) ?? 0);
  return files.filter(
    (file) =>
      (file.weight === weight || file.family !== "Gaegu") &&
      spansOf(file.range).some(([from, to]) => codes.some((code) => from <= code && code <= to)),
  );
}

/** Null where it can't be had: what needs it is then written otherwise. @param {string} file @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
export async function fontBytes(file) {
  try {
    const answer = await fetch(fontAddress(file));
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
