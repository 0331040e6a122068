// Finds out which format a file is of, and reads it.

import { t } from "../core/translate.js";
import { ReadError } from "./format.js";
import { FORMATS } from "./formats.js";
import { FILE_MAX } from "./reading.js";

/**
 * @typedef {import("./format.js").Format} Format
 * @typedef {import("./format.js").Taken} Taken
 */

const START = 4096;

/** Null: of none. @param {File} file @returns {Promise<Format | null>} */
export async function formatOf(file) {
  if (file.size === 0) throw new ReadError(t("This file is empty."));
  if (file.size > FILE_MAX)
    throw new ReadError(
      t("This file is too large. Up to {most} MB can be opened.", { most: FILE_MAX / 2 ** 20 }),
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  /** @type {string | undefined} */
  let decoded;
  const text = () => {
    decoded ??= new TextDecoder().decode(bytes);
    return decoded;
  };
  const name = file.name.toLowerCase();
  const readable = FORMATS.filter(({ read }) => read);
  return readable.find(({ fits }) => fits?.(bytes.subarray(0, START), text, name)) ?? null;
}

/** @param {File} file @param {(part: number) => void} told @returns {Promise<{format: Format, taken: Taken}>} */
export async function opened(file, told) {
  const format = await formatOf(file);
  if (!format?.read) throw new ReadError(t("This file is of a kind that can't be opened here."));
  return { format, taken: await format.read(file, told) };
}

/** What the browser's dialog for files should offer. */
export function extensions() {
  const readable = FORMATS.filter(({ read }) => read);
  // Dialogs know only the last part of ".board.json".
  const ends = readable.flatMap((format) =>
    format.extensions.map((each) => `.${each.split(".").at(-1)}`),
  );
  return [...new Set(ends)];
}
