// The whole board, or what is selected of it, in a file that loses nothing: `.board.json`.

import { t } from "../core/translate.js";
import { Assets, base64Of } from "./assets-writing.js";

/**
 * @typedef {import("../core/fold.js").Element} Element
 * @typedef {import("../elements/sheet.js").Sheet} Sheet
 * @typedef {import("./format.js").Wanted} Wanted
 */

export const FORMAT = "whiteboard";
export const VERSION = 1;

/** @param {Wanted} wanted @param {Assets} [assets] @returns {Promise<Blob>} */
export async function writeBoard(wanted, assets = new Assets(wanted)) {
  const { title, told } = wanted;
  const { pages, elements } = contentOf(wanted);
  // Written bit by bit: pictures as one text could be longer than a text may be.
  const parts = [
    `{"format":${JSON.stringify(FORMAT)},"version":${VERSION},"title":${JSON.stringify(title)},\n`,
    `"pages":${lines(pages)},\n"elements":${lines(elements)},\n"assets":{`,
  ];
  const ids = assetsOf([...pages, ...elements]);
  let written = 0;
  for (const [i, id] of ids.entries()) {
    told?.(i / ids.length);
    const asset = await assets.asset(id);
    if (!asset) {
      wanted.lost?.(t("A picture that can't be reached"));
      continue;
    }
    const { media, bytes } = asset;
    parts.push(
      `${written++ > 0 ? "," : ""}\n${JSON.stringify(id)}:{"media":${JSON.stringify(media)},"data":"`,
      base64Of(bytes),
      '"}',
    );
  }
  parts.push("}}\n");
  return new Blob(parts, { type: "application/json" });
}

/** As it is written, not as it is shown. @param {Wanted} wanted */
function contentOf({ editor, keys, pages: wanted }) {
  const { document } = /** @type {Sheet} */ (editor.document);
  const all = [...document.entries()];
  if (keys === null) {
    return {
      pages: all.filter(([, { kind }]) => kind === "page"),
      elements: all.filter(([, { kind }]) => kind !== "page"),
    };
  }
  return {
    pages: all.filter(([key, { kind }]) => kind === "page" && wanted.includes(key)),
    elements: all.filter(([key, { kind }]) => kind !== "page" && keys.has(key)),
  };
}

/** An element a line, so that people and version control can read it. @param {[string, Element][]} entries */
function lines(entries) {
  const each = entries.map(
    ([key, element]) => `\n${JSON.stringify(key)}:${JSON.stringify(element)}`,
  );
  return `{${each.join(",")}}`;
}

/** @param {[string, Element][]} entries */
function assetsOf(entries) {
  /** @type {Set<string>} */
  const ids = new Set();
  for (const [, { asset, source }] of entries) {
    if (typeof asset === "string") ids.add(asset);
    if (typeof source === "string") ids.add(source.split("#")[0] ?? "");
  }
  ids.delete("");
  return [...ids];
}
