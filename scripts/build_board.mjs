// Bundles the modules that pages start with to build/, and minifies stylesheets, under the same names.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { bundle } from "./bundle.mjs";
import { wordsIn } from "./words.mjs";

/** Needed when there is no connection to fetch words by. */
const ALSO_FIRST = ["static/board/ui/sentences-unreached.js"];

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

rmSync(path("build"), { recursive: true, force: true });
// One by one: built together they would share files, and the first view wait for one more trip.
for (const name of [
  "board/main.js",
  "board/worker.js",
  "site/offline.js",
  "site/theme.js",
  "site/connection/main.js",
]) {
  if (!existsSync(path(`static/${name}`))) continue;
  const first = await bundle(path(`static/${name}`), path(`build/${dirname(name)}`));
  if (name === "board/main.js") writeWords([...first, ...ALSO_FIRST]);
}

/** The English words of these modules: their translations come with the page, all others later. @param {string[]} modules */
function writeWords(modules) {
  const words = new Set(modules.flatMap((name) => wordsIn(readFileSync(path(name), "utf8"))));
  writeFileSync(path("build/board/words.json"), JSON.stringify([...words].sort()));
}

for (const folder of ["board", "site"]) {
  mkdirSync(path(`build/${folder}`), { recursive: true });
  const files = readdirSync(path(`static/${folder}`), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".css"))) {
    const source = readFileSync(path(`static/${folder}/${file}`), "utf8");
    const { code } = await transform(source, { loader: "css", minify: true, target: "es2022" });
    mkdirSync(dirname(path(`build/${folder}/${file}`)), { recursive: true });
    writeFileSync(path(`build/${folder}/${file}`), code);
  }
}
