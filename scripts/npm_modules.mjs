// Makes each product package into one ES module with its types under static/npm/.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const out = new URL("static/npm/", root);

// Whether the package has a default export, beside or instead of named ones.
const packages = {
  "fractional-indexing": { byDefault: false, byName: true },
  idb: { byDefault: false, byName: true },
  "perfect-freehand": { byDefault: true, byName: true },
  roughjs: { byDefault: true, byName: false },
};

// Hand-written fonts: each package cuts one into files by the characters they hold.
const fonts = [
  { name: "patrick-hand", family: "Patrick Hand", weights: [400], subset: /^latin/ },
  { name: "gaegu", family: "Gaegu", weights: [400, 700], subset: /^\[\d+\]$/ },
];

// The same and others as PDFs have them: an older packing, which unpacks without a decoder of its own.
const pdfFonts = [
  ...fonts,
  {
    name: "gowun-dodum",
    family: "Gowun Dodum",
    weights: [400],
    subset: /^(?:\[\d+\]|latin|latin-ext|vietnamese)$/,
  },
];

// What PDFs take for granted that a reader has: letters by the numbers of scripts, the 14 standard fonts, a decoder
// of JPEG 2000 (the one for policies that forbid WebAssembly, as ours does). The licences want to be where their files are.
const besidePdfs = { cmaps: /./, standard_fonts: /./, wasm: /nowasm|LICENSE.*OPENJPEG/ };

const icons = readFileSync(new URL("icons.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => line.trim());

rmSync(out, { recursive: true, force: true });
mkdirSync(new URL("fonts/", out), { recursive: true });
await Promise.all([
  ...Object.entries(packages).map(async ([name, { byDefault, byName }]) => {
    const lines = [];
    if (byName) lines.push(`export * from "${name}";`);
    if (byDefault) lines.push(`export { default } from "${name}";`);
    await writeModule(name, `${lines.join("\n")}\n`, `${lines.join("\n")}\n`);
  }),
  // Made into files and read from them only when a person asks for a PDF.
  writeModule(
    "pdf-lib",
    'export * from "@cantoo/pdf-lib";\n',
    'export * from "@cantoo/pdf-lib";\n',
  ),
  // By itself, for it takes longer than all else to begin with, and only some letters need it.
  writeModule(
    "pdf-fontkit",
    'export { default as fontkit } from "@pdf-lib/fontkit";\n',
    'export { default as fontkit } from "@pdf-lib/fontkit";\n',
  ),
  writeModule("pdfjs", 'export * from "pdfjs-dist";\n', 'export * from "pdfjs-dist";\n'),
  writeModule("pdfjs-worker", 'import "pdfjs-dist/build/pdf.worker.mjs";\n', "export {};\n"),
  writeModule("fonts", fontModule("FONT_FILES", fonts, "woff2"), fontTypes("FONT_FILES")),
  writeModule(
    "pdf-fonts",
    fontModule("PDF_FONT_FILES", pdfFonts, "woff"),
    fontTypes("PDF_FONT_FILES"),
  ),
  writeModule("lucide", `export { ${icons.join(", ")} } from "lucide";\n`, iconTypes()),
]);

for (const [folder, wanted] of Object.entries(besidePdfs)) {
  const [from, to] = [`node_modules/pdfjs-dist/${folder}/`, `pdfjs/${folder}/`];
  mkdirSync(new URL(to, out), { recursive: true });
  for (const name of readdirSync(new URL(from, root)).filter((each) => wanted.test(each)))
    copyFileSync(new URL(from + name, root), new URL(to + name, out));
}

/** @param {string} name @param {string} source @param {string} types */
async function writeModule(name, source, types) {
  await build({
    stdin: { contents: source, resolveDir: fileURLToPath(root) },
    outfile: fileURLToPath(new URL(`${name}.js`, out)),
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "eof",
    logLevel: "error",
  });
  writeFileSync(new URL(`${name}.d.ts`, out), types);
}

// Lucide's own types are those of all its 1,900 icons; ours name only what is there.
function iconTypes() {
  return [
    "export type IconNode = [tag: string, attributes: Record<string, string>][];",
    ...icons.map((name) => `export declare const ${name}: IconNode;`),
    "",
  ].join("\n");
}

/**
 * Copies the files, and lists which characters each of them holds.
 * @param {string} listed @param {typeof fonts} wanted @param {string} packing
 */
function fontModule(listed, wanted, packing) {
  const files = wanted.flatMap(({ name, family, weights, subset }) => {
    const folder = new URL(`node_modules/@fontsource/${name}/`, root);
    /** @type {Record<string, string>} */
    const ranges = JSON.parse(readFileSync(new URL("unicode.json", folder), "utf8"));
    // The fonts' licence wants to be where they are.
    copyFileSync(new URL("LICENSE", folder), new URL(`fonts/${name}.license.txt`, out));
    const subsets = Object.entries(ranges).filter(([key]) => subset.test(key));
    return subsets.flatMap(([key, range]) =>
      weights.map((weight) => {
        const file = `${name}-${key.replace(/[[\]]/g, "")}-${weight}-normal.${packing}`;
        copyFileSync(new URL(`files/${file}`, folder), new URL(`fonts/${file}`, out));
        return { family, weight, range, file };
      }),
    );
  });
  return `export const ${listed} = ${JSON.stringify(files)};\n`;
}

/** @param {string} listed */
function fontTypes(listed) {
  const file = "{ family: string; weight: number; range: string; file: string }";
  return `export type FontFile = ${file};\nexport declare const ${listed}: readonly FontFile[];\n`;
}
