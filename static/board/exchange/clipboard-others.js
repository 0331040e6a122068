// What other whiteboards have copied, read as their files are. Pure but for what it reads with.

import { readExcalidraw } from "./excalidraw-reading.js";
import { unpackedText } from "./lz-text.js";
import { damaged, objectOf, parsed, textIn } from "./reading.js";
import { unescaped } from "./svg-tokens.js";
import { readTldrawContent } from "./tldraw-reading.js";

/** @typedef {import("./format.js").Taken} Taken */

/** Characters. Pages that take in more stop for seconds. */
const LENGTH_MAX = 20 * 2 ** 20;
const TLDRAW = /<div data-tldraw[^>]{0,200}>|<tldraw[^>]{0,200}>/;

/** Null: it comes from none of them. @param {{html: string, text: string}} found @returns {Taken | null} */
export function takenFromOthers({ html, text }) {
  const tldraw = tldrawIn(html) ?? tldrawIn(text);
  if (tldraw !== null) return readTldrawContent(contentOf(tldraw));
  if (!/^\s*\{\s*"type"\s*:\s*"excalidraw/.test(text.slice(0, 200))) return null;
  if (text.length > LENGTH_MAX) throw damaged();
  return readExcalidraw(text);
}

/** What stands in its mark: JSON, or packed JSON. @param {string} html */
function tldrawIn(html) {
  const mark = TLDRAW.exec(html.slice(0, 10_000));
  if (!mark) return null;
  const from = mark.index + mark[0].length;
  const end = html.indexOf("<", from);
  // Within a text of JSON there may be the sign that ends it.
  const json = html.lastIndexOf("</");
  const written = html.slice(from, html.charAt(from) === "{" ? Math.max(json, from) : end);
  if (end < 0 || written.length > LENGTH_MAX) throw damaged();
  return unescaped(written).trim();
}

/** Older versions pack all of it, newer ones all but the pictures. @param {string} written */
function contentOf(written) {
  const clip = objectOf(parsed(written.startsWith("{") ? written : unpackedText(written)));
  if (clip.type !== "application/tldraw" || clip.kind !== "content") throw damaged();
  const data = objectOf(clip.data);
  const packed = textIn(data.otherCompressed);
  return packed ? { ...objectOf(parsed(unpackedText(packed))), assets: data.assets } : data;
}
