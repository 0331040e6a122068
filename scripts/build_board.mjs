// Bundles the modules that pages start with to build/, and minifies stylesheets, under the same names.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

rmSync(path("build"), { recursive: true, force: true });
// One by one: built together they would share chunks, and the first view wait for one more trip.
for (const name of ["board/main.js", "board/worker.js", "site/pictures.js"]) {
  const entry = `static/${name}`;
  if (!existsSync(path(entry))) continue;
  await build({
    entryPoints: [path(entry)],
    outdir: path(`build/${dirname(name)}`),
    bundle: true,
    // What is imported when used becomes a file of its own.
    splitting: true,
    chunkNames: "[name]-[hash]",
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "linked",
    logLevel: "error",
  }).catch(() => process.exit(1)); // It has said what is wrong.
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
