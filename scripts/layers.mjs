// Checks that modules of static/board/ import only from their own layer or one below. Another
// folder of the same shape can be given.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

const LAYERS = ["core", "elements", "sync", "editor", "tools", "view", "exchange", "ui", "main"];
// The worker paints as the page does, without a page; other programs sync as it does.
const LIKE = { worker: "view", client: "sync" };

const board = process.argv[2] ?? fileURLToPath(new URL("../static/board", import.meta.url));
// Also types: `import("./x.js")` in a comment binds modules together as much as code does.
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g;

/** @param {string} path of a file below static/board/ */
function layerOf(path) {
  const name = path.split("/")[0]?.replace(/(\.d)?\.[jt]s$/, "") ?? "";
  return LAYERS.indexOf(LIKE[/** @type {keyof typeof LIKE} */ (name)] ?? name);
}

/** @param {string} file @returns {string[]} */
function faults(file) {
  const own = layerOf(file);
  if (own < 0) return [`${file}: no layer of that name (${LAYERS.join(" <- ")})`];
  const text = readFileSync(join(board, file), "utf8");
  return [...text.matchAll(IMPORT)].flatMap(([, target = ""]) => {
    if (!target.startsWith(".")) return [`${file}: "${target}" is no relative path`];
    const other = posix.join(dirname(file), target);
    // The npm modules and the protocol's types lie below all layers.
    if (other.startsWith("../npm/") || other.startsWith("protocol.")) return [];
    if (other.startsWith("../")) return [`${file}: ${target} is no part of the board`];
    if (layerOf(other) <= own) return [];
    return [`${file}: ${target} belongs to a layer above (${LAYERS.join(" <- ")})`];
  });
}

const files = readdirSync(board, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".js"));
const found = files.flatMap(faults);
for (const fault of found) console.error(`${relative(process.cwd(), board)}/${fault}`);
if (found.length > 0) process.exit(1);
