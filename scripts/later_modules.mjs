// What is imported when it is used becomes files of its own, without taking anything out of the first
// file: bundlers would put what both need into further files, and the first view waited for those. Here the
// first file lends later ones the modules that it has.
import { readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

/** What later files take from the first one's modules: each name by its place in the list that is lent. @typedef {Map<string, Map<string, number>>} Lent */

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
 * Builds what an entry imports later. `first` are its own modules, `code` is what the first file has to have besides, for the
 * others to borrow from it; `found` makes its imports find the files.
 * @param {string} entry @param {import("esbuild").BuildOptions} options
 */
export async function laterModules(entry, options) {
  const { first, later, lent } = await parts(entry, options);
  if (later.length === 0) return { first, code: "", found: finding(new Map()) };
  const { metafile } = await build({
    ...options,
    entryPoints: later,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting: true,
    metafile: true,
    plugins: [pickIcons, borrowing(first, lent)],
  });
  const files = Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) =>
    entryPoint ? [/** @type {[string, string]} */ ([entryPoint, `./${basename(file)}`])] : [],
  );
  return { first, code: lending(lent, dirname(entry)), found: finding(new Map(files)) };
}

/** The modules that the first file has, those imported later that it hasn't, and what is to be lent. @param {string} entry @param {import("esbuild").BuildOptions} options */
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
  const lent = taken(metafile.inputs, first, options.absWorkingDir ?? ".");
  return { first, later: [...later].filter((path) => !first.has(path)), lent };
}

/** In an order of its own, so that files have the same names whenever they are built. @param {import("esbuild").Metafile["inputs"]} inputs @param {ReadonlySet<string>} first @param {string} root @returns {Lent} */
function taken(inputs, first, root) {
  /** @type {Set<string>} */
  const all = new Set();
  for (const [module, { imports }] of Object.entries(inputs)) {
    const borrows = imports.filter(({ path }) => first.has(path));
    if (first.has(module) || borrows.length === 0) continue;
    const code = readFileSync(resolve(root, module), "utf8");
    for (const { path, original = path } of borrows)
      for (const name of namesOf(code, original)) all.add(`${path} ${name}`);
  }
  /** @type {Lent} */
  const lent = new Map();
  [...all].sort().forEach((one, place) => {
    const [module = "", name = ""] = one.split(" ");
    lent.set(module, (lent.get(module) ?? new Map()).set(name, place));
  });
  return lent;
}

/** @param {ReadonlySet<string>} first @param {Lent} lent @returns {import("esbuild").Plugin} */
function borrowing(first, lent) {
  return {
    name: "borrowing",
    setup({ onResolve, onLoad, initialOptions }) {
      const root = initialOptions.absWorkingDir ?? ".";
      onResolve({ filter: /^\./ }, ({ path, resolveDir, importer, kind }) => {
        const module = relative(root, resolve(resolveDir, path));
        if (kind === "entry-point" || !first.has(module)) return undefined;
        const names = namesOf(readFileSync(importer, "utf8"), path);
        const code = names.map(
          (name) => `export const ${name} = ${LENDER}[${lent.get(module)?.get(name)}];`,
        );
        // Each has its own, or files of one line would come about for several to share.
        const suffix = `?${relative(root, importer)}`;
        return { path: module, namespace: "lent", suffix, pluginData: code.join("\n") };
      });
      onLoad({ filter: /./, namespace: "lent" }, ({ pluginData }) => ({ contents: pluginData }));
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

/** @param {Lent} lent @param {string} folder of the entry */
function lending(lent, folder) {
  /** @type {string[]} */
  const list = [];
  const imports = [...lent].map(([path, names]) => {
    const own = [...names].map(([name, place]) => {
      list.push(`lent${place}`);
      return `${name} as lent${place}`;
    });
    return `import { ${own.join(", ")} } from "./${relative(folder, path)}";`;
  });
  return `${imports.join("\n")}\n${LENDER} = [${list.join(", ")}];\n`;
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
