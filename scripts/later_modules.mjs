// What is imported when it is used becomes files of its own, without taking anything out of the first
// file: bundlers would put what both need into further files, and the first view waited for those. Here the
// first file lends later ones the modules that it has.
import { readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

/** By module: its place among those of the first file, and what later files take from it. @typedef {Map<string, {place: number, names: Set<string>}>} Borrowed */

const LENDER = "globalThis.lent";
const TAKEN = /(?:import|export)\s*\{([^}]*)\}\s*from\s*"([^"]+)"/g;

/** Later files take their icons straight from the package: a picture may be there twice, a list of all needn't. @type {import("esbuild").Plugin} */
export const pickIcons = {
  name: "pick-icons",
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /\/npm\/lucide\.js$/ }, ({ resolveDir, kind }) =>
      find("lucide", { resolveDir, kind }),
    );
  },
};

/**
 * Builds what an entry imports later. `first` are its own modules, `lent` is the code by which the first file lends its modules; `found`
 * makes its imports find the files.
 * @param {string} entry @param {import("esbuild").BuildOptions} options
 */
export async function laterModules(entry, options) {
  const { first, later } = await parts(entry, options);
  if (later.length === 0) return { first, lent: "", found: finding(new Map()) };
  /** @type {Borrowed} */
  const borrowed = new Map();
  const { metafile } = await build({
    ...options,
    entryPoints: later,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting: true,
    metafile: true,
    plugins: [pickIcons, borrowing([...first].sort(), borrowed)],
  });
  const files = Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) =>
    entryPoint ? [/** @type {[string, string]} */ ([entryPoint, `./${basename(file)}`])] : [],
  );
  return { first, lent: lending(borrowed, dirname(entry)), found: finding(new Map(files)) };
}

/** The modules that the first file has, and those imported later that it hasn't. @param {string} entry @param {import("esbuild").BuildOptions} options */
async function parts(entry, options) {
  const { metafile } = await build({
    ...options,
    entryPoints: [entry],
    metafile: true,
    write: false,
  });
  const first = new Set([entry]);
  /** @type {Set<string>} */
  const later = new Set();
  for (const module of first)
    for (const { path, kind } of metafile.inputs[module]?.imports ?? [])
      if (kind === "dynamic-import") later.add(path);
      else if (!path.includes("node_modules/lucide/")) first.add(path);
  return { first, later: [...later].filter((path) => !first.has(path)) };
}

/** @param {readonly string[]} first @param {Borrowed} borrowed @returns {import("esbuild").Plugin} */
function borrowing(first, borrowed) {
  return {
    name: "borrowing",
    setup({ onResolve, onLoad, initialOptions }) {
      const root = initialOptions.absWorkingDir ?? ".";
      onResolve({ filter: /^\./ }, ({ path, resolveDir, importer, kind }) => {
        const module = relative(root, resolve(resolveDir, path));
        const place = first.indexOf(module);
        if (kind === "entry-point" || place < 0) return undefined;
        const names = namesOf(readFileSync(importer, "utf8"), path);
        const known = borrowed.get(module);
        borrowed.set(module, { place, names: new Set([...(known?.names ?? []), ...names]) });
        // Each has its own, or files of one line would come about for several to share.
        return { path: module, namespace: "lent", suffix: `?${relative(root, importer)}` };
      });
      onLoad({ filter: /./, namespace: "lent" }, ({ path }) => ({
        contents: `module.exports = ${LENDER}[${first.indexOf(path)}];`,
      }));
    },
  };
}

/** What a file takes from a module. @param {string} code @param {string} from */
function namesOf(code, from) {
  /** @type {string[]} */
  const names = [];
  for (const [, list = "", path] of code.matchAll(TAKEN))
    if (path === from)
      for (const each of list.split(",")) names.push(each.trim().split(/\s+as\s+/)[0] ?? "");
  return names.filter((name) => name !== "");
}

/** @param {Borrowed} borrowed @param {string} folder of the entry */
function lending(borrowed, folder) {
  const modules = [...borrowed].sort(([, a], [, b]) => a.place - b.place);
  const imports = modules.map(([path, { place, names }]) => {
    const list = [...names].sort().map((name) => `${name} as ${name}${place}`);
    return `import { ${list.join(", ")} } from "./${relative(folder, path)}";`;
  });
  const lent = modules.map(([, { place, names }]) => {
    const list = [...names].sort().map((name) => `${name}: ${name}${place}`);
    return `${place}: { ${list.join(", ")} }`;
  });
  return `${imports.join("\n")}\n${LENDER} = { ${lent.join(", ")} };\n`;
}

/** @param {ReadonlyMap<string, string>} files @returns {import("esbuild").Plugin} */
function finding(files) {
  return {
    name: "finding",
    setup({ onResolve, initialOptions }) {
      const root = initialOptions.absWorkingDir ?? ".";
      onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
        const file = files.get(relative(root, resolve(resolveDir, path)));
        return kind === "dynamic-import" && file ? { path: file, external: true } : undefined;
      });
    },
  };
}
