// Drawings of Excalidraw, kind by kind; tests/e2e/test_imports.py reads what the program itself has written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { decodePoints } from "../../static/board/core/points.js";
import { sceneInPng, sceneInSvg } from "../../static/board/exchange/excalidraw-embedded.js";
import { readExcalidraw } from "../../static/board/exchange/excalidraw-reading.js";
import { elementsOf, leftOf, pointsOf, some } from "./support/imports.js";

/** @typedef {Record<string, any>} Loose */

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const COMMON = {
  ...{
    x: 0,
    y: 0,
    width: 100,
    height: 60,
    angle: 0,
    strokeColor: "#1e1e1e",
    backgroundColor: "transparent",
  },
  ...{
    fillStyle: "solid",
    strokeWidth: 2,
    strokeStyle: "solid",
    roughness: 1,
    opacity: 100,
    groupIds: [],
  },
  ...{
    frameId: null,
    roundness: null,
    seed: 7,
    version: 1,
    isDeleted: false,
    boundElements: null,
    link: null,
    locked: false,
  },
};
const LOOKS = { color: "black", width: 2, look: "drawn", seed: 7 };

/** @param {Loose[]} elements @param {Loose} [files] */
function read(elements, files = {}) {
  return readExcalidraw(JSON.stringify(scene(elements, files)));
}

/** @param {Loose[]} elements @param {Loose} [files] */
function scene(elements, files = {}) {
  const all = elements.map((element, i) => ({ ...COMMON, id: `e${i}`, ...element }));
  return { type: "excalidraw", version: 2, source: "here", elements: all, appState: {}, files };
}

/** What one element becomes. @param {Loose} element @returns {Loose} */
function one(element) {
  return elementsOf(read([{ ...element, id: "one" }])).one ?? {};
}

test("closed shapes keep place, turn, looks and what they belong to", () => {
  const look = {
    backgroundColor: "#ffc9c9",
    fillStyle: "cross-hatch",
    strokeStyle: "dotted",
    strokeColor: "#e03131",
    roughness: 0,
  };
  const more = {
    roundness: { type: 3 },
    opacity: 40,
    locked: true,
    groupIds: ["inner", "outer"],
    link: "https://example.org/",
  };
  assert.deepEqual(one({ type: "diamond", x: 5, y: 6, angle: 1, ...look, ...more }), {
    ...{ kind: "diamond", x: 5, y: 6, w: 100, h: 60, z: "a0", angle: 1, color: "red", width: 2 },
    ...{ fill: "#ffc9c9", pattern: "cross", dash: "dotted", opacity: 0.4, round: true },
    ...{ group: "outer/inner", locked: true, link: "https://example.org/" },
  });
  assert.deepEqual(one({ type: "ellipse", backgroundColor: "#1971c2", fillStyle: "hachure" }), {
    ...{
      kind: "ellipse",
      x: 0,
      y: 0,
      w: 100,
      h: 60,
      z: "a0",
      ...LOOKS,
      fill: "blue",
      pattern: "hachure",
    },
  });
  assert.equal(one({ type: "rectangle" }).round, undefined);
  assert.equal(
    one({ type: "rectangle", strokeColor: "transparent", backgroundColor: "#000" }).width,
    0.01,
  );
});

test("texts in shapes and at arrows become theirs, others stay on their own", () => {
  const words = {
    type: "text",
    fontSize: 28,
    fontFamily: 5,
    textAlign: "left",
    verticalAlign: "top",
  };
  const taken = read([
    { id: "box", type: "rectangle" },
    { ...words, id: "in", containerId: "box", text: "broken\nline", originalText: "broken line" },
    {
      id: "arrow",
      type: "arrow",
      points: [
        [0, 0],
        [50, 0],
      ],
    },
    { ...words, id: "at", containerId: "arrow", text: "label", originalText: "label" },
    {
      ...words,
      id: "free",
      containerId: null,
      text: "free",
      originalText: "free",
      autoResize: true,
      fontFamily: 3,
      textAlign: "right",
      strokeColor: "#2f9e44",
    },
    {
      ...words,
      id: "wide",
      containerId: null,
      text: "a\nb",
      originalText: "a b",
      autoResize: false,
      width: 80,
      fontFamily: 2,
    },
    { ...words, id: "lost", containerId: "gone", text: "lost", originalText: "lost" },
  ]);
  const elements = elementsOf(taken);
  assert.deepEqual(Object.keys(elements), ["box", "arrow", "free", "wide", "lost"]);
  assert.deepEqual(some(elements.box, "text", "size", "font", "align", "valign"), {
    text: "broken line",
    size: 28,
    font: "hand",
    align: "start",
    valign: "top",
  });
  assert.equal(elements.arrow?.text, "label");
  assert.deepEqual(some(elements.free, "kind", "text", "font", "align", "color", "wrap"), {
    kind: "text",
    text: "free",
    font: "mono",
    align: "end",
    color: "green",
  });
  assert.deepEqual(some(elements.wide, "text", "w", "wrap", "font"), {
    text: "a b",
    w: 80,
    wrap: true,
  });
  assert.deepEqual(taken.left, []);
});

test("arrows keep their points, heads and what they stick to", () => {
  const points = [
    [0, 0],
    [100, 50],
    [200, 0],
  ];
  const bound = {
    startBinding: { elementId: "box", focus: 0.1, gap: 4 },
    endBinding: { elementId: "box", fixedPoint: [1.02, 0.3], mode: "orbit" },
  };
  const taken = read([
    { id: "box", type: "rectangle" },
    {
      id: "curved",
      type: "arrow",
      x: 10,
      y: 20,
      points,
      roundness: { type: 2 },
      ...bound,
      startArrowhead: "bar",
      endArrowhead: "triangle_outline",
    },
    {
      id: "elbow",
      type: "arrow",
      elbowed: true,
      points,
      endArrowhead: null,
      endBinding: { elementId: "box", fixedPoint: [0.5, -0.1] },
    },
    {
      id: "lost",
      type: "arrow",
      points,
      endArrowhead: "cardinality_many",
      endBinding: { elementId: "gone", focus: 0, gap: 1 },
    },
    {
      id: "turned",
      type: "line",
      points: [
        [0, 0],
        [100, 0],
      ],
      angle: Math.PI / 2,
    },
    {
      id: "closed",
      type: "line",
      points: [
        [0, 0],
        [10, 0],
        [0, 10],
        [0, 0],
      ],
      backgroundColor: "#ffffff",
      polygon: true,
    },
  ]);
  const { curved, elbow, lost, turned, closed } = elementsOf(taken);
  assert.deepEqual(pointsOf(curved ?? {}), [
    [10, 20],
    [110, 70],
    [210, 20],
  ]);
  assert.deepEqual(some(curved, "kind", "curve", "from", "to", "head", "tail"), {
    kind: "arrow",
    curve: true,
    from: "box",
    to: "box@1,0.3",
    head: "triangle",
    tail: "bar",
  });
  assert.deepEqual(some(elbow, "route", "to", "head", "curve"), {
    route: "elbow",
    to: "box@0.5,0",
    head: "none",
  });
  assert.deepEqual(some(lost, "to", "head"), { head: "arrow" });
  assert.deepEqual(pointsOf(turned ?? {}), [
    [50, -50],
    [50, 50],
  ]);
  assert.deepEqual(some(closed, "kind", "fill"), { kind: "line", fill: "white" });
  assert.deepEqual(leftOf(taken), { "Arrowheads of other kinds": 2 });
});

test("freehand drawings keep their points, and pressure as wide as it was", () => {
  const points = [
    [0, 0],
    [10, 0],
    [20, 5],
  ];
  const pressed = one({
    type: "freedraw",
    points,
    pressures: [0, 0.5, 1],
    simulatePressure: false,
  });
  assert.deepEqual(pointsOf(pressed), points);
  assert.equal(pressed.width, 16.17);
  const widths = [...(decodePoints(pressed.points).pressures ?? [])].map(
    (p) => (16.17 * (1 - 0.6 * (1 - 2 * p))) / 1.6,
  );
  // As Excalidraw draws it: 8.5 times the width and a sine of the pressure.
  const theirs = [0, 0.5, 1].map((p) => 17 * Math.sin((0.5 - 0.6 * (0.5 - p)) * (Math.PI / 2)));
  widths.forEach((width, i) => {
    assert(Math.abs(width - Number(theirs[i])) < 0.1, `${width} ${theirs[i]}`);
  });
  const even = one({ type: "freedraw", points, pressures: [], simulatePressure: true });
  assert.equal(decodePoints(even.points).pressures, null);
  assert.equal(even.width, 8.5);
  assert.equal(
    one({ type: "freedraw", points, strokeOptions: { variability: "constant" } }).width,
    5.6,
  );
});

test("pictures, frames, notes, embedded pages and what was deleted", () => {
  const crop = { x: 10, y: 0, width: 50, height: 20, naturalWidth: 100, naturalHeight: 40 };
  const taken = read(
    [
      { id: "frame", type: "frame", name: "Part" },
      {
        id: "picture",
        type: "image",
        fileId: "file",
        scale: [-1, 1],
        crop,
        frameId: "frame",
        angle: 0.5,
      },
      { id: "missing", type: "image", fileId: "other", scale: [1, 1] },
      { id: "note", type: "stickynote", backgroundColor: "#ffec99", baseHeight: 60 },
      {
        id: "words",
        type: "text",
        containerId: "note",
        text: "note",
        originalText: "note",
        fontSize: 20,
      },
      { id: "site", type: "embeddable", link: "https://example.org/v" },
      { id: "gone", type: "rectangle", isDeleted: true },
      { id: "new", type: "hologram" },
    ],
    { file: { id: "file", mimeType: "image/png", dataURL: PIXEL } },
  );
  const elements = elementsOf(taken);
  assert.deepEqual(some(elements.frame, "kind", "name", "w", "h"), {
    kind: "frame",
    name: "Part",
    w: 100,
    h: 60,
  });
  assert.deepEqual(some(elements.picture, "kind", "asset", "flip", "crop", "frame", "angle"), {
    ...{
      kind: "image",
      asset: "file",
      flip: "x",
      crop: "0.1,0,0.5,0.5",
      frame: "frame",
      angle: 0.5,
    },
  });
  assert.equal(taken.assets.get("file")?.size, 70);
  assert.deepEqual(some(elements.note, "kind", "fill", "text"), {
    kind: "note",
    fill: "#ffec99",
    text: "note",
  });
  assert.deepEqual(some(elements.site, "kind", "link"), {
    kind: "rectangle",
    link: "https://example.org/v",
  });
  assert.equal(elements.gone, undefined);
  assert.deepEqual(leftOf(taken), {
    ...{
      "Pictures that aren't in the file": 1,
      "Embedded pages, now boxes with a link": 1,
      "Elements of an unknown kind": 1,
    },
  });
});

test("what leads nowhere from here is left and said", () => {
  const taken = read([
    { type: "rectangle", link: "javascript:alert(1)" },
    { type: "rectangle", strokeColor: "transparent" },
  ]);
  assert.deepEqual(leftOf(taken), {
    "Links that lead nowhere from here": 1,
    "Elements that can't be seen": 1,
  });
  assert.equal(elementsOf(taken).e0?.link, undefined);
});

/** The same as Excalidraw does it. @param {string} text @param {boolean} compressed */
function encoded(text, compressed) {
  const bytes = compressed ? deflateSync(text) : Buffer.from(text);
  return JSON.stringify({
    version: "1",
    encoding: "bstring",
    compressed,
    encoded: bytes.toString("latin1"),
  });
}

/** @param {string} text of its chunk */
function png(text) {
  const chunk = (/** @type {string} */ name, /** @type {Buffer} */ data) => {
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length);
    around.write(name, 4, "latin1");
    return Buffer.concat([around, data, Buffer.alloc(4)]);
  };
  const data = Buffer.from(`application/vnd.excalidraw+json\0${text}`, "latin1");
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk("IHDR", Buffer.alloc(13)),
      chunk("tEXt", data),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

test("the scene is found within its pictures", async () => {
  const text = JSON.stringify(scene([{ type: "text", text: "가나다 😀", fontSize: 20 }]));
  for (const compressed of [true, false]) {
    assert.equal(await sceneInPng(png(encoded(text, compressed))), text);
    const payload = Buffer.from(encoded(text, compressed), "latin1").toString("base64");
    const svg = `<svg><!-- svg-source:excalidraw --><metadata><!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:2 --><!-- payload-start -->${payload}<!-- payload-end --></metadata></svg>`;
    assert.equal(await sceneInSvg(svg), text);
  }
  assert.equal(await sceneInPng(png("").slice(0, 60)), null);
  assert.equal(await sceneInSvg("<svg></svg>"), null);
});

test("a small picture with an endless scene is refused", async () => {
  const bomb = deflateSync(Buffer.alloc(60 * 2 ** 20)).toString("latin1");
  const text = JSON.stringify({
    version: "1",
    encoding: "bstring",
    compressed: true,
    encoded: bomb,
  });
  await assert.rejects(sceneInPng(png(text)), { message: "This file is damaged or not complete." });
});
