// Makes an SVG of a page of the board, with the fonts and pictures that it needs in it.

import { Assets, asAddress, asPng, base64Of } from "./assets-writing.js";
import { filesFor, fontBytes } from "./fonts-writing.js";
import { eachMark, recordPages } from "./page-writing.js";
import { sizeOf } from "./recording.js";
import { svgOf } from "./svg-writing.js";

/**
 * @typedef {import("./format.js").Wanted} Wanted
 * @typedef {import("./page-writing.js").Recorded} Recorded
 * @typedef {import("./recording.js").Picture} Picture
 * @typedef {import("./svg-writing.js").Face} Face
 */

const SHOWABLE = /^image\/(?:png|jpeg|webp|gif)$/;

/** Of the first page: a file of this format has one. @param {Wanted} wanted @returns {Promise<Blob>} */
export async function writeSvg(wanted) {
  const [page] = await recordPages(wanted);
  if (!page) throw new Error("an SVG needs a page");
  const [faces, pictures] = await Promise.all([facesOf(page), picturesOf(page, wanted)]);
  const text = svgOf(page, { title: wanted.title, faces, pictures });
  return new Blob([text], { type: "image/svg+xml" });
}

/** @param {Recorded} page @returns {Promise<Face[]>} */
async function facesOf({ parts }) {
  /** @type {Map<number, Set<string>>} */
  const written = new Map();
  for (const { marks } of parts)
    for (const mark of eachMark(marks)) {
      if (mark.type !== "text" || !mark.families.includes("Patrick Hand")) continue;
      const characters = written.get(mark.weight) ?? new Set();
      for (const character of mark.text) characters.add(character);
      written.set(mark.weight, characters);
    }
  if (written.size === 0) return [];
  const { FONT_FILES } = await import("../../npm/fonts.js");
  const files = new Set(
    [...written].flatMap(([weight, some]) => filesFor(some, weight, FONT_FILES)),
  );
  const faces = [...files].map(async ({ family, weight, range, file }) => {
    const bytes = await fontBytes(file);
    return bytes && { family, weight, range, data: base64Of(bytes) };
  });
  return (await Promise.all(faces)).filter((face) => face !== null);
}

/** @param {Recorded} page @param {Wanted} wanted */
async function picturesOf({ parts }, wanted) {
  const assets = new Assets(wanted);
  /** @type {Map<Picture, string>} */
  const addresses = new Map();
  for (const { element, marks } of parts)
    for (const mark of eachMark(marks)) {
      if (mark.type !== "picture") continue;
      const stored = typeof element.asset === "string" ? await assets.asset(element.asset) : null;
      // Smaller than the stored one, but better than none.
      const asset =
        stored && SHOWABLE.test(stored.media)
          ? stored
          : await asPng(mark.picture, sizeOf(mark.picture));
      if (asset) addresses.set(mark, asAddress(asset));
    }
  return addresses;
}
