// Files that tldraw's own packages have made, kind by kind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePoints } from "../../static/board/core/points.js";
import { takenFromOthers } from "../../static/board/exchange/clipboard-others.js";
import { readTldraw } from "../../static/board/exchange/tldraw-reading.js";
import { elementsOf, leftOf, pointsOf, some } from "./support/imports.js";
import { packedText } from "./support/lz-packing.js";
import { TldrawFile, toRichText } from "./support/tldraw-file.js";

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** @param {TldrawFile} file */
const read = (file) => readTldraw(file.text());

test("closed shapes of ours come as they are, with their looks and words", () => {
  const file = new TldrawFile();
  const look = { color: "blue", fill: "solid", dash: "dashed", size: "l", labelColor: "blue" };
  const words = { richText: toRichText("one\ntwo"), align: "start", verticalAlign: "end" };
  const id = file.shape(
    "geo",
    { geo: "ellipse", ...look, ...words },
    { x: 10, y: 20, opacity: 0.5 },
  );
  const taken = read(file);
  assert.deepEqual(elementsOf(taken)[id], {
    ...{ kind: "ellipse", x: 10, y: 20, w: 100, h: 60, z: "a0", opacity: 0.5 },
    ...{ color: "blue", width: 5, fill: "#dce1f8", dash: "dashed" },
    ...{ text: "one\ntwo", size: 26, align: "start", valign: "bottom" },
  });
  assert.deepEqual(taken.left, []);
});

test("every closed shape becomes one of ours or a closed line of its outline", () => {
  const kinds = {
    ...{ rectangle: "rectangle", ellipse: "ellipse", triangle: "triangle", diamond: "diamond" },
    ...{ hexagon: "hexagon", star: "star", cloud: "cloud", oval: "line" },
    ...{
      pentagon: "line",
      octagon: "line",
      rhombus: "line",
      "rhombus-2": "line",
      trapezoid: "line",
    },
    ...{ "arrow-right": "line", "arrow-left": "line", "arrow-up": "line", "arrow-down": "line" },
    ...{ heart: "line", "x-box": "rectangle", "check-box": "rectangle" },
  };
  const file = new TldrawFile();
  const ids = Object.keys(kinds).map((geo) => file.shape("geo", { geo, fill: "fill" }, { x: 50 }));
  const elements = elementsOf(read(file));
  assert.deepEqual(
    ids.map((id) => elements[id]?.kind),
    Object.values(kinds),
  );
  for (const id of ids) {
    const element = elements[id] ?? {};
    assert.equal(element.fill, "black");
    if (element.kind !== "line") continue;
    const points = pointsOf(element);
    assert.deepEqual(points[0], points.at(-1), "closed");
    for (const [axis, from, to] of [
      [0, 50, 150],
      [1, 0, 60],
    ]) {
      const values = points.map((point) => Number(point[axis ?? 0]));
      assert(
        Math.abs(Math.min(...values) - Number(from)) < 1 &&
          Math.abs(Math.max(...values) - Number(to)) < 1.1,
        JSON.stringify(points),
      );
    }
  }
});

test("what stands in shapes that we lack stands within them, and boxes keep their crosses", () => {
  const file = new TldrawFile();
  const words = { richText: toRichText("in it") };
  const arrow = file.shape("geo", { geo: "arrow-right", ...words }, { x: 10, rotation: 0.5 });
  const crossed = file.shape("geo", { geo: "x-box", fill: "solid", ...words });
  const taken = read(file);
  const elements = elementsOf(taken);
  const text = elements[`${arrow}-text`] ?? {};
  assert.deepEqual(some(text, "kind", "text", "align", "angle", "wrap"), {
    ...{ kind: "text", text: "in it", align: "center", angle: 0.5, wrap: true },
  });
  assert.equal(elements[arrow]?.text, undefined);
  assert.deepEqual([text.group, elements[arrow]?.group], [arrow, arrow]);
  assert.deepEqual(some(elements[crossed], "kind", "text"), { kind: "rectangle", text: "in it" });
  assert.deepEqual(pointsOf(elements[`${crossed}-0`] ?? {}), [
    [0, 0],
    [100, 60],
  ]);
  assert.equal(elements[`${crossed}-1`]?.fill, undefined);
  assert.deepEqual(taken.left, []);
});

test("words of newer and older files, with marks and lists, are plain lines", () => {
  const file = new TldrawFile();
  const paragraph = (/** @type {object[]} */ ...content) => ({ type: "paragraph", content });
  const bold = { type: "text", text: "bold", marks: [{ type: "bold" }] };
  const item = { type: "listItem", content: [paragraph({ type: "text", text: "item" })] };
  const tree = [
    paragraph({ type: "text", text: "a " }, bold),
    { type: "bulletList", content: [item, item] },
    paragraph(),
    paragraph({ type: "text", text: "x" }, { type: "hardBreak" }, { type: "text", text: "y" }),
  ];
  const id = file.shape("note", { richText: { type: "doc", content: tree } });
  const all = {
    type: "doc",
    content: [{ type: "orderedList", content: [{ ...item, content: [paragraph(bold)] }] }],
  };
  const one = file.shape("note", { richText: all });
  const found = read(file);
  assert.equal(elementsOf(found)[id]?.text, "a bold\nitem\nitem\n\nx\ny");
  assert.deepEqual(some(elementsOf(found)[one], "bold", "list", "text"), {
    bold: true,
    list: "number",
    text: "bold",
  });
  assert.deepEqual(leftOf(found), { "Formats within texts": 1 });
  const older = JSON.parse(file.text(), (name, value) =>
    name === "props" && value.richText ? { ...value, richText: undefined, text: "old" } : value,
  );
  assert.equal(elementsOf(readTldraw(JSON.stringify(older)))[id]?.text, "old");
});

test("notes, texts and highlights keep their sizes, and what they are scaled by", () => {
  const file = new TldrawFile();
  const note = file.shape("note", {
    color: "light-green",
    growY: 40,
    richText: toRichText("hi"),
    scale: 2,
  });
  const text = file.shape("text", {
    richText: toRichText("words"),
    size: "xl",
    font: "mono",
    color: "red",
    textAlign: "end",
  });
  const wide = file.shape("text", { autoSize: false, w: 120 });
  const mark = file.shape("highlight", {
    segments: [
      {
        type: "free",
        points: [
          { x: 0, y: 0, z: 0.5 },
          { x: 50, y: 0, z: 0.5 },
        ],
      },
    ],
  });
  const elements = elementsOf(read(file));
  assert.deepEqual(some(elements[note], "kind", "w", "h", "fill", "text", "size"), {
    kind: "note",
    w: 400,
    h: 480,
    fill: "#4cb05e",
    text: "hi",
    size: 44,
  });
  assert.deepEqual(some(elements[text], "text", "size", "font", "color", "align", "w"), {
    text: "words",
    size: 44,
    font: "mono",
    color: "red",
    align: "end",
  });
  assert.deepEqual(some(elements[wide], "w", "wrap"), { w: 120, wrap: true });
  assert.deepEqual(some(elements[mark], "kind", "color", "width"), {
    kind: "highlight",
    color: "yellow",
    width: 26.88,
  });
});

test("what is in turned groups and frames lies where it was seen", () => {
  const file = new TldrawFile();
  const frame = file.shape("frame", { name: "Part one" }, { x: 100, y: 100 });
  const group = file.shape("group", {}, { parentId: frame, x: 50, y: 50, rotation: Math.PI / 2 });
  const inner = file.shape("geo", {}, { parentId: group, x: 10, y: 0 });
  const elements = elementsOf(read(file));
  assert.deepEqual(some(elements[frame], "kind", "name", "w", "h"), {
    kind: "frame",
    name: "Part one",
    w: 300,
    h: 200,
  });
  // Its corner is at (150, 160), turned a quarter: the middle is 30 to the left of it and 50 below.
  assert.deepEqual(some(elements[inner], "x", "y", "angle", "frame", "group"), {
    x: 70,
    y: 180,
    angle: 1.5708,
    frame,
    group,
  });
});

test("drawings keep points and pressure, straight ones become lines", () => {
  const points = [
    { x: 0, y: 0, z: 0.2 },
    { x: 10, y: 5, z: 1 },
    { x: 20, y: 0, z: 0.4 },
  ];
  const file = new TldrawFile();
  const pen = file.shape(
    "draw",
    { segments: [{ type: "free", points }], isPen: true, color: "red" },
    { x: 5, y: 5 },
  );
  const mouse = file.shape("draw", {
    segments: [{ type: "free", points }],
    dash: "draw",
    fill: "solid",
    isClosed: true,
  });
  const straight = file.shape("draw", {
    segments: [{ type: "straight", points: points.slice(0, 2) }],
  });
  const taken = read(file);
  const elements = elementsOf(taken);
  assert.deepEqual(pointsOf(elements[pen] ?? {}), [
    [5, 5],
    [15, 10],
    [25, 5],
  ]);
  const { pressures } = decodePoints(elements[pen]?.points);
  assert.deepEqual(
    [...(pressures ?? [])].map((value) => Math.round(value * 10) / 10),
    [0.2, 1, 0.4],
  );
  assert.equal(decodePoints(elements[mouse]?.points).pressures, null);
  assert.equal(elements[mouse]?.width, 4.5);
  assert.equal(elements[straight]?.kind, "line");
  assert.deepEqual(leftOf(taken), { "Fills of freehand drawings": 1 });
});

/** A float of 16 bits. @param {DataView} view @param {number} at @param {number} value of a few bits */
function setHalf(view, at, value) {
  if (value === 0) return view.setUint16(at, 0, true);
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return view.setUint16(at, (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction, true);
}

test("newer files have the points as bytes: whole floats first, then differences in half ones", () => {
  const view = new DataView(new ArrayBuffer(12 + 2 * 6));
  [100, 50, 0.5].forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  [10, -2.5, 0.25, 0.5, 4, -0.5].forEach((value, i) => {
    setHalf(view, 12 + 2 * i, value);
  });
  const flat = new DataView(new ArrayBuffer(8 + 4));
  [1, 2].forEach((value, i) => {
    flat.setFloat32(4 * i, value, true);
  });
  [3, -8].forEach((value, i) => {
    setHalf(flat, 8 + 2 * i, value);
  });
  const halves = new DataView(new ArrayBuffer(12));
  [1, 2, 0.5, 3, 4, 0.5].forEach((value, i) => {
    setHalf(halves, 2 * i, value);
  });
  const base64 = (/** @type {DataView} */ { buffer }) =>
    Buffer.from(/** @type {ArrayBuffer} */ (buffer)).toString("base64");

  const file = new TldrawFile();
  const id = file.shape("draw", { segments: [{ type: "free", points: [] }], isPen: true });
  /** @param {object} segment */
  const pointsWith = (segment) => {
    const newer = file.text().replace('{"type":"free","points":[]}', JSON.stringify(segment));
    return pointsOf(elementsOf(readTldraw(newer))[id] ?? {});
  };
  assert.deepEqual(pointsWith({ type: "free", path: base64(view) }), [
    [100, 50],
    [110, 47.5],
    [110.5, 51.5],
  ]);
  assert.deepEqual(pointsWith({ type: "free", dim: 2, path: base64(flat) }), [
    [1, 2],
    [4, -6],
  ]);
  assert.deepEqual(pointsWith({ type: "free", points: base64(halves) }), [
    [1, 2],
    [3, 4],
  ]);
});

test("lines keep their corners in order, curves stay curves", () => {
  const file = new TldrawFile();
  const points = {
    a3: { id: "a3", index: "a3", x: 30, y: 0 },
    a1: { id: "a1", index: "a1", x: 0, y: 0 },
    a2: { id: "a2", index: "a2", x: 10, y: 10 },
  };
  const id = file.shape("line", { points, spline: "cubic", dash: "dotted" });
  const element = elementsOf(read(file))[id] ?? {};
  assert.deepEqual(pointsOf(element), [
    [0, 0],
    [10, 10],
    [30, 0],
  ]);
  assert.deepEqual(some(element, "kind", "curve", "dash", "head"), {
    kind: "line",
    curve: true,
    dash: "dotted",
    head: "none",
  });
});

test("arrows stick to what they were bound to, and keep bend, heads and words", () => {
  const file = new TldrawFile();
  const one = file.shape("geo");
  const two = file.shape("geo", {}, { x: 300 });
  const arrow = file.shape("arrow", {
    bend: 20,
    text: "to",
    arrowheadStart: "bar",
    arrowheadEnd: "triangle",
  });
  file.bind(arrow, one, "start");
  file.bind(arrow, two, "end", {
    isPrecise: true,
    isExact: true,
    normalizedAnchor: { x: 0.25, y: 0.75 },
  });
  const elbow = file.shape("arrow", { kind: "elbow", end: { x: 50, y: 80 } });
  const edge = file.shape("arrow", {});
  file.bind(edge, two, "end", { isPrecise: true, normalizedAnchor: { x: 0.5, y: 0.5 } });
  const elements = elementsOf(read(file));
  assert.deepEqual(some(elements[arrow], "from", "to", "text", "head", "tail", "curve"), {
    ...{
      from: one,
      to: `${two}@0.25,0.75`,
      text: "to",
      head: "triangle",
      tail: "bar",
      curve: true,
    },
  });
  const [start, middle, end] = pointsOf(elements[arrow] ?? {});
  assert.deepEqual(
    [start, end],
    [
      [50, 30],
      [325, 45],
    ],
  );
  assert(Math.abs(Number(middle?.[1]) - 37.5) > 15, "bent");
  assert.deepEqual(some(elements[elbow], "route", "curve"), { route: "elbow" });
  // It is aimed at the middle of the box at 300 and ends at its left side.
  assert.match(elements[edge]?.to, new RegExp(`^${two}@0,0\\.`));
});

test("pictures come with their files, those that lie elsewhere are left and said", () => {
  const file = new TldrawFile();
  const here = file.shape("image", {
    assetId: file.asset(PIXEL),
    flipX: true,
    altText: "a dot",
    crop: { topLeft: { x: 0.1, y: 0 }, bottomRight: { x: 0.6, y: 0.5 } },
  });
  file.shape("image", { assetId: file.asset("https://example.org/a.png") });
  const taken = read(file);
  const element = elementsOf(taken)[here];
  assert.deepEqual(some(element, "kind", "flip", "crop", "alt", "w"), {
    kind: "image",
    flip: "x",
    crop: "0.1,0,0.5,0.5",
    alt: "a dot",
    w: 100,
  });
  assert.equal(taken.assets.get(element?.asset)?.type, "image/png");
  assert.deepEqual(leftOf(taken), { "Pictures that aren't in the file": 1 });
});

test("pages come in order with their names, embedded pages as boxes with a link, videos not at all", () => {
  const file = new TldrawFile();
  file.shape("geo");
  file.page("Second");
  const site = file.shape("bookmark", { url: "https://example.org/" });
  file.shape("video");
  file.page("Empty");
  const taken = read(file);
  assert.deepEqual(
    taken.pages.map(({ name, elements }) => [name, elements.length]),
    [
      ["Page 1", 1],
      ["Second", 1],
    ],
  );
  assert.deepEqual(some(elementsOf(taken)[site], "kind", "link", "text"), {
    kind: "rectangle",
    link: "https://example.org/",
    text: "https://example.org/",
  });
  assert.deepEqual(leftOf(taken), { "Embedded pages, now boxes with a link": 1, Videos: 1 });
});

test("its clipboard is read as well, in each of its three forms", () => {
  const file = new TldrawFile();
  const id = file.shape("geo", { richText: toRichText('a < b & "c"') });
  const { assets, ...other } = file.content();
  const clip = { type: "application/tldraw", kind: "content" };
  const plain = JSON.stringify({ ...clip, version: 2, data: { assets, ...other } });
  const packed = JSON.stringify({
    ...clip,
    version: 3,
    data: { assets, otherCompressed: packedText(JSON.stringify(other)) },
  });
  const forms = [
    `<div data-tldraw>${plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</div>`,
    `<meta charset="utf-8"><div data-tldraw="">${packed}</div>`,
    `<tldraw>${packedText(JSON.stringify({ ...clip, data: { assets, ...other } }))}</tldraw>`,
  ];
  for (const html of forms) {
    const taken = takenFromOthers({ html, text: " " });
    assert(taken);
    assert.equal(elementsOf(taken)[id]?.text, 'a < b & "c"');
  }
  assert.equal(takenFromOthers({ html: "<p>words</p>", text: "words" }), null);
});
