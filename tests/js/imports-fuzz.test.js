// Files may come from anybody: reading them does no harm, whatever is in them (S11).

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readBoard } from "../../static/board/exchange/board-reading.js";
import { wordsInHtml } from "../../static/board/exchange/clipboard-html.js";
import { takenFromOthers } from "../../static/board/exchange/clipboard-others.js";
import { sceneInPng, sceneInSvg } from "../../static/board/exchange/excalidraw-embedded.js";
import { readExcalidraw } from "../../static/board/exchange/excalidraw-reading.js";
import { ReadError } from "../../static/board/exchange/format.js";
import { FORMATS } from "../../static/board/exchange/formats.js";
import { ELEMENTS_MAX } from "../../static/board/exchange/gathering.js";
import { unpackedText } from "../../static/board/exchange/lz-text.js";
import { readTldraw } from "../../static/board/exchange/tldraw-reading.js";
import { readWbo } from "../../static/board/exchange/wbo-reading.js";
import { growingWords, packedText } from "./support/lz-packing.js";
import { TldrawFile } from "./support/tldraw-file.js";

/** @typedef {import("../../static/board/exchange/format.js").Taken} Taken */

const NAMES =
  "id type x y width height points angle elements records props richText content text parentId index segments path dim fileId files boundElements containerId startBinding elementId fixedPoint groupIds frameId crop scale page format version assets media data __proto__ constructor toString typeName shape rotation".split(
    " ",
  );
const KINDS =
  "rectangle ellipse arrow line freedraw text image frame embeddable geo draw note group highlight bookmark shape:a page:p asset:a".split(
    " ",
  );
const odd = fc.oneof(
  fc.constantFrom(...KINDS),
  fc.constantFrom(Number.MAX_VALUE, -0, 1e308, -1e7, 0.5, "", "a".repeat(3000), null, true),
  fc.string(),
  fc.double(),
);
/** Anything that JSON can say, with the names that readers look for. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    odd,
    fc.array(tie("value"), { maxLength: 5 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie("value"), {
    maxKeys: 6,
  }),
})).object;

/** Throws nothing but what a person is told; what it takes is whole. @param {() => Taken | null} read */
function isHarmless(read) {
  try {
    const taken = read();
    if (!taken) return;
    for (const { elements } of taken.pages)
      assert(elements.every(([key]) => typeof key === "string"));
    assert(taken.left.every(({ count }) => count > 0));
  } catch (error) {
    assert(error instanceof ReadError, String(error instanceof Error ? error.stack : error));
  }
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
}

test("whatever the JSON, nothing but a sentence comes of it", () => {
  fc.assert(
    fc.property(
      fc.array(json, { maxLength: 6 }),
      fc.dictionary(fc.string(), json, { maxKeys: 3 }),
      (list, found) => {
        const excalidraw = { type: "excalidraw", elements: list, files: found };
        const tldraw = {
          tldrawFileFormatVersion: 1,
          records: [
            { typeName: "page", id: "page:p" },
            ...list.map((each, i) => ({ id: `shape:${i}`, parentId: "page:p", ...each })),
          ],
        };
        const board = {
          format: "whiteboard",
          version: 1,
          pages: found,
          elements: Object.fromEntries(list.entries()),
          assets: found,
        };
        isHarmless(() => readExcalidraw(JSON.stringify(excalidraw)));
        isHarmless(() => readTldraw(JSON.stringify(tldraw)));
        isHarmless(() => readBoard(JSON.stringify(board)));
      },
    ),
    { numRuns: 300 },
  );
});

/** @param {string} text */
const mutated = (text) =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        cut: fc.nat(40),
        put: fc.oneof(
          fc.string({ maxLength: 8 }),
          fc.constantFrom("9e999", "null", "-", '"', "<", "]", "__proto__"),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) => {
      let all = text;
      for (const { at, cut, put } of edits) all = all.slice(0, at) + put + all.slice(at + cut);
      return all;
    });

const WBO = `<svg id="canvas" xmlns="http://www.w3.org/2000/svg" data-wbo-format="whitebophir-svg-v2"><defs id="defs"></defs><g id="drawingArea"><path id="p" d="M 10 20 l 5 5 C 1 2 3 4 5 6" stroke="#e03131" stroke-width="10" transform="matrix(1 0 0 1 5 5)"></path><rect x="1" y="2" width="3" height="4"></rect><text x="5" y="6" font-size="30">a &amp; b</text></g></svg>`;
const EXCALIDRAW = JSON.stringify({
  type: "excalidraw",
  elements: [
    {
      id: "a",
      type: "rectangle",
      x: 1,
      y: 2,
      width: 30,
      height: 40,
      angle: 0.5,
      strokeColor: "#1e1e1e",
      backgroundColor: "#fff",
      opacity: 100,
      groupIds: ["g"],
      seed: 5,
      roughness: 1,
    },
    {
      id: "b",
      type: "arrow",
      x: 1,
      y: 2,
      points: [
        [0, 0],
        [10, 10],
      ],
      strokeColor: "#1e1e1e",
      strokeWidth: 2,
      endBinding: { elementId: "a", fixedPoint: [1, 0.5] },
    },
    {
      id: "c",
      type: "text",
      x: 1,
      y: 2,
      text: "words",
      fontSize: 20,
      strokeColor: "#000",
      containerId: "a",
    },
    {
      id: "d",
      type: "freedraw",
      x: 0,
      y: 0,
      points: [
        [0, 0],
        [1, 1],
      ],
      pressures: [0.1, 0.9],
      strokeColor: "#000",
      strokeWidth: 1,
    },
  ],
});

function tldrawText() {
  const file = new TldrawFile();
  const box = file.shape("geo");
  const arrow = file.shape("arrow", { text: "x" });
  file.bind(arrow, box, "end");
  file.shape("draw", { segments: [{ type: "free", points: [{ x: 0, y: 0, z: 0.5 }] }] });
  return file.text();
}

test("files with mistakes in them do no harm either", () => {
  const tldraw = tldrawText();
  const content = JSON.stringify(new TldrawFile().content());
  /** @type {[string, (text: string) => Taken | null][]} */
  const files = [
    [EXCALIDRAW, readExcalidraw],
    [tldraw, readTldraw],
    [WBO, readWbo],
    [
      `<div data-tldraw>${packedText(content)}</div>`,
      (html) => takenFromOthers({ html, text: "" }),
    ],
  ];
  for (const [text, read] of files)
    fc.assert(
      fc.property(mutated(text), (wrong) => isHarmless(() => read(wrong))),
      { numRuns: 200 },
    );
  fc.assert(
    fc.property(mutated("<p>a<br>b &amp; <b class='x'>c</b></p>"), (html) => {
      assert.equal(typeof wordsInHtml(html), "string");
    }),
  );
});

test("pictures with a broken scene in them are refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string(), async (bytes, text) => {
      const all = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...bytes]);
      const svg = `payload-type:application/vnd.excalidraw+json payload-start -->${text}`;
      for (const found of [sceneInPng(all), sceneInSvg(svg)])
        await found.catch((error) => assert(error instanceof ReadError, String(error)));
    }),
  );
});

test("too much, too deep and without end are refused before they are anything", () => {
  const many = Array.from({ length: ELEMENTS_MAX + 1 }, (_, i) => ({
    id: `${i}`,
    type: "ellipse",
    strokeColor: "#000",
  }));
  assert.throws(
    () => readExcalidraw(JSON.stringify({ type: "excalidraw", elements: many })),
    /too much in this file/,
  );
  const deep = `{"type":"excalidraw","elements":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  assert.throws(() => readExcalidraw(deep), ReadError);
  const round = ["a", "b"].map((id, i) => ({
    id: `shape:${id}`,
    parentId: `shape:${"ba"[i]}`,
    type: "group",
    props: {},
  }));
  const file = {
    tldrawFileFormatVersion: 1,
    records: [{ typeName: "page", id: "page:p" }, ...round],
  };
  assert.deepEqual(
    readTldraw(JSON.stringify(file)).pages,
    [],
    "groups that are in each other are nowhere",
  );
  const twins = Array.from({ length: 9 }, (_, i) => ({
    ...{ id: "shape:a", type: "group", props: {} },
    parentId: i === 0 ? "page:p" : "shape:a",
  }));
  const [page] = file.records;
  readTldraw(JSON.stringify({ ...file, records: [page, ...twins] }));
  assert.throws(() => unpackedText(growingWords(10_000)), ReadError);
  assert.throws(() => readWbo(`<svg>${'<a b="'.repeat(100_000)}`), ReadError);
});

test("names that mean something to the language are only names", () => {
  const text =
    '{"type":"excalidraw","__proto__":{"polluted":1},"elements":[{"id":"__proto__","type":"rectangle","strokeColor":"#000","__proto__":{"polluted":1},"text":"a"},{"id":"x","type":"toString"},{"id":"y","type":"constructor"}],"files":{"__proto__":{"dataURL":"x"}}}';
  isHarmless(() => readExcalidraw(text));
  assert.equal(readExcalidraw(text).pages[0]?.elements.length, 1);
  const board =
    '{"format":"whiteboard","version":1,"pages":{"__proto__":{"kind":"page"}},"elements":{"__proto__":{"kind":"ellipse","polluted":1},"toString":5}}';
  isHarmless(() => readBoard(board));
});

test("a format is told from the others by what is in the file", () => {
  const start = (/** @type {string} */ text) => new TextEncoder().encode(text).subarray(0, 4096);
  const formatOf = (/** @type {string} */ text, name = "file") =>
    FORMATS.find(({ read, fits }) => read && fits?.(start(text), () => text, name))?.id ?? null;
  assert.deepEqual(
    [
      EXCALIDRAW,
      tldrawText(),
      WBO,
      '{"format":"whiteboard"}',
      '{\n "format": "whiteboard-changes"}',
      "%PDF-1.7",
      "<svg/>",
      "GIF89a",
      "words",
      "{}",
      "",
    ].map((text) => formatOf(text)),
    ["excalidraw", "tldraw", "wbo", "board", "changes", "pdf", "svg", "png", null, null, null],
  );
  fc.assert(fc.property(fc.string(), fc.string(), (text, name) => void formatOf(text, name)));
});
