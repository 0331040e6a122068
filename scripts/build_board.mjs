// Bundles the modules that pages start with to build/, and minifies stylesheets, under the same names.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { laterModules, pickIcons } from "./later_modules.mjs";
import { wordsIn } from "./words.mjs";

/** Needed when there is no connection to fetch words by. */
const ALSO_FIRST = ["static/board/ui/sentences-unreached.js"];

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

rmSync(path("build"), { recursive: true, force: true });
// One by one: built together they would share chunks, and the first view wait for one more trip.
for (const name of [
  "board/main.js",
  "board/worker.js",
  "site/offline.js",
  "site/theme.js",
  "site/connection/main.js",
]) {
  const entry = `static/${name}`;
  if (existsSync(path(entry))) await bundle(entry).catch(() => process.exit(1)); // It has said what is wrong.
}

/** @param {string} entry */
async function bundle(entry) {
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    absWorkingDir: path("."),
    outdir: `build/${relative("static", dirname(entry))}`,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "linked",
    logLevel: "error",
    plugins: [pickIcons],
  };
  const later = await laterModules(entry, options);
  if (entry === "static/board/main.js") writeWords([...later.first, ...ALSO_FIRST]);
  await build({
    ...options,
    stdin: {
      contents: `import "./${basename(entry)}";\n${later.code}`,
      resolveDir: path(dirname(entry)),
      sourcefile: entry,
    },
    plugins: [pickIcons, later.found],
    entryNames: basename(entry, ".js"),
  });
}

/** The English words of these modules: their translations come with the page, all others later. @param {string[]} modules */
function writeWords(modules) {
  const words = new Set(modules.flatMap((name) => wordsIn(readFileSync(path(name), "utf8"))));
  mkdirSync(path("build/board"), { recursive: true });
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
