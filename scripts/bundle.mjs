// Bundles an entry: all that it needs at once is one file, so that a page waits for one script. What it imports
// when it is used becomes files of its own, to which the first file lends what it has: they don't import it, for
// they can't know the name under which it is served, and by another name it would start once more.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rollup } from "rollup";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const NPM = join(ROOT, "static/npm/");
const ICONS = join(ROOT, "node_modules/lucide/dist/esm/");
/** By name, of which a file may have several. */
const iconFiles = new Map(
  [
    ...readFileSync(join(ICONS, "lucide.mjs"), "utf8").matchAll(
      /export \{([^}]*)\} from '([^']+)'/g,
    ),
  ].flatMap(([, names = "", file = ""]) =>
    [...names.matchAll(/default as (\w+)/g)].map(
      ([, name = ""]) => /** @type {const} */ ([name, file]),
    ),
  ),
);
const ICON_IMPORT = /import\s*\{([^}]*)\}\s*from\s*"[./]*\/npm\/lucide\.js";/g;

/** They are bundles already, and it takes seconds to find that all of them is needed. */
const READY = ["pdf-lib.js", "pdfjs.js"];

/**
 * Writes the files of an entry to a folder. A name with eight letters of a digest holds the same for ever.
 * @param {string} entry @param {string} folder
 * @returns {Promise<string[]>} the modules in the first file
 */
export async function bundle(entry, folder) {
  mkdirSync(folder, { recursive: true });
  const built = await rollup({
    input: entry,
    plugins: [ownIcons, readyFiles(folder)],
    // The minifier leaves out what nothing uses, in a tenth of the time.
    treeshake: false,
    onwarn: refuse,
  });
  /** @type {import("rollup").OutputOptions} */
  const options = {
    format: "es",
    hashCharacters: "hex",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash:8].js",
  };
  const { output: draft } = await built.generate(options);
  const lent = draft[0].exports;
  // A later file is another one where the places in the list are.
  const places = { name: "places", augmentChunkHash: () => lent.join() };
  const { output } = await built.generate({ ...options, plugins: [places] });
  await built.close();
  const [first] = output;
  for (const file of output)
    if (file.type === "chunk") {
      const code =
        file === first ? lending(file.code, first.name, lent) : borrowing(file.code, first, lent);
      await write(join(folder, file.fileName), code);
    }
  return first.moduleIds.map((id) => relative(ROOT, id));
}

/** A list, for its names would be in the first file. @param {string} code as Rollup writes it @param {string} name @param {string[]} lent what later files take, by name */
function lending(code, name, lent) {
  return code.replace(/^export \{ (.*) \};$/m, (_, list) => {
    const own = new Map(pairs(list).map(([from, as]) => [as, from]));
    return `(globalThis.lent ??= {}).${name} = [${lent.map((as) => own.get(as)).join(", ")}];`;
  });
}

/** @param {string} code as Rollup writes it @param {{name: string, fileName: string}} first @param {string[]} lent */
function borrowing(code, { name, fileName }, lent) {
  const from = `'./${fileName}';`;
  const done = code
    .replaceAll(`import ${from}`, "")
    .replace(/^import \{ (.*) \} from ('.*';)$/gm, (whole, list, file) => {
      const taken = pairs(list).map(([as, own]) => `${lent.indexOf(as)}: ${own}`);
      return file === from ? `const { ${taken.join(", ")} } = globalThis.lent.${name};` : whole;
    });
  if (done.includes(from)) throw new Error(`a later file imports ${fileName} in an unknown way`);
  return done;
}

/** @param {string} list as between the braces of an import or export @returns {[string, string][]} what is named, and as what */
function pairs(list) {
  return list.split(",").map((each) => {
    const [name = "", as = name] = each.trim().split(/\s+as\s+/);
    return [name, as];
  });
}

/** Licences of what is in a file stand beside it. @param {string} file @param {string} source */
async function write(file, source) {
  await build({
    stdin: { contents: source, sourcefile: basename(file) },
    outfile: file,
    // Small numbers and texts are put where they are used only in what is bundled.
    bundle: true,
    external: ["./*"],
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked",
    logLevel: "error",
  });
}

/** Modules may need each other, as long as it is not while they start. @param {import("rollup").RollupLog} log */
function refuse(log) {
  if (log.code !== "CIRCULAR_DEPENDENCY") throw new Error(log.message);
}

/** Each icon is a module, or the first file would have those of all others. @type {import("rollup").Plugin} */
const ownIcons = {
  name: "own-icons",
  transform(code, id) {
    if (id.startsWith(NPM) || !ICON_IMPORT.test(code)) return null;
    return { code: code.replace(ICON_IMPORT, (_, names) => iconImports(names)), map: null };
  },
};

/** @param {string} names as between the braces */
function iconImports(names) {
  const list = pairs(names).filter(([name]) => name !== "");
  return list.map(([name, as]) => `import ${as} from ${JSON.stringify(iconFile(name))};`).join(" ");
}

/** @param {string} name as the package exports it */
function iconFile(name) {
  const file = iconFiles.get(name);
  if (!file) throw new Error(`there is no icon ${name}`);
  return join(ICONS, file);
}

/** What is a bundle already is copied, without looking into it. @param {string} folder @returns {import("rollup").Plugin} */
function readyFiles(folder) {
  return {
    name: "ready-files",
    async resolveId(source, importer) {
      if (!importer || !READY.includes(basename(source))) return null;
      const code = readFileSync(resolve(dirname(importer), source), "utf8");
      const digest = createHash("sha256").update(code).digest("hex").slice(0, 8);
      const name = `${basename(source, ".js")}-${digest}.js`;
      await write(join(folder, name), code);
      return { id: `./${name}`, external: "relative" };
    },
  };
}
