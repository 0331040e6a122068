// Makes an SVG of a page of the board, with the fonts and pictures that it needs in it.

import { Assets, asAddress, asPng, base64Of, toPng } from "./assets-writing.js";
import { filesFor, fontBytes } from "./fonts-writing.js";
import { Pace } from "./pace.js";
import { eachMark, recordPages } from "./page-writing.js";
import { sizeOf } from "./recording.js";
import { svgOf } from "./svg-writing.js";

/**
 * @typedef {import("./format.js").Wanted} Wanted
 * @typedef {import("./page-writing.js").Recorded} Recorded
 * @typedef {import("./recording.js").Picture} Picture
 * @typedef {import("./svg-writing.js").Face} Face
 */

/** How much of the work is done once all is recorded. */
const RECORDED = 0.8;
const SHOWABLE = /^image\/(?:png|jpeg|webp|gif)$/;

/** Of the first page: a file of this format has one. @param {Wanted} wanted @returns {Promise<Blob>} */
export async function writeSvg(wanted) {
  const { title, signal, told } = wanted;
  const assets = new Assets(wanted);
  const [page] = await recordPages(wanted, (part) => told?.(RECORDED * part), assets);
  if (!page) throw new Error("an SVG needs a page");
  const [faces, pictures] = await Promise.all([facesOf(page), picturesOf(page, assets)]);
  const pace = new Pace(signal);
  const text = await svgOf(page, { title, faces, pictures }, pace);
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

/** @param {Recorded} page @param {Assets} assets */
async function picturesOf({ parts }, assets) {
  /** @type {Map<Picture, string>} */
  const addresses = new Map();
  for (const { element, marks } of parts)
    for (const mark of eachMark(marks)) {
      if (mark.type !== "picture") continue;
      const address = await addressOf(mark, element.asset, assets);
      if (address) addresses.set(mark, address);
    }
  return addresses;
}

/** @param {Picture} mark @param {unknown} id @param {Assets} assets */
async function addressOf({ picture }, id, assets) {
  if (typeof id !== "string") {
    const drawn = await asPng(picture, sizeOf(picture));
    return drawn && asAddress(drawn);
  }
  const stored = await assets.asset(id);
  const shown = stored && (SHOWABLE.test(stored.media) ? stored : await toPng(stored));
  return shown && asAddress(shown);
}
