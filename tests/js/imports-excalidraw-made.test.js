// What Excalidraw itself has written (tests/files/README.md), kind by kind, and from each of its forms.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sceneInPng, sceneInSvg } from "../../static/board/exchange/excalidraw-embedded.js";
import { readExcalidraw } from "../../static/board/exchange/excalidraw-reading.js";
import { elementsOf, leftOf, pointsOf } from "./support/imports.js";

/** @param {string} extension */
function file(extension) {
  return readFileSync(new URL(`../files/excalidraw.${extension}`, import.meta.url));
}

const text = file("excalidraw").toString();
const drawn = { z: "a0", color: "black", width: 2, look: "drawn", seed: 7 };
const words = { text: "two lines\nhere 한글", size: 20, align: "start" };
const asset = "f".repeat(40);
const EXPECTED = {
  rect: {
    ...{ ...drawn, kind: "rectangle", x: 0, y: 0, w: 120, h: 80, color: "red", fill: "#a5d8ff" },
    ...{ text: "inside", size: 20, font: "hand", align: "center", valign: "middle" },
  },
  ellipse: {
    ...{ ...drawn, kind: "ellipse", x: 300, y: 0, w: 100, h: 100 },
    ...{ fill: "#ffec99", pattern: "hachure" },
  },
  diamond: {
    ...{ ...drawn, kind: "diamond", x: 300, y: 300, w: 120, h: 90, angle: 0.5 },
    ...{ dash: "dashed", opacity: 0.6, group: "group" },
  },
  arrow: {
    ...{ ...drawn, kind: "arrow", x: 126, y: 40, head: "arrow" },
    ...{ from: "rect@1,0.5001", to: "ellipse@0,0.4001" },
  },
  elbow: {
    ...{ ...drawn, kind: "arrow", x: 406, y: 50, head: "triangle", route: "elbow" },
    ...{ from: "ellipse@1,0.5001", to: "diamond@1,0.5001" },
  },
  line: { ...drawn, kind: "line", x: 0, y: 150, dash: "dotted", curve: true },
  ink: { z: "a0", kind: "stroke", x: 0, y: 250, color: "green", width: 16.17 },
  words: {
    ...{ z: "a0", kind: "text", x: 0, y: 320, color: "black", ...words },
    link: "https://example.org/lesson",
  },
  picture: {
    ...{ z: "a0", kind: "image", x: 180, y: 250, w: 60, h: 40, asset },
    ...{ group: "group", locked: true },
  },
  child: {
    ...{ ...drawn, kind: "rectangle", x: 520, y: 20, w: 60, h: 40, frame: "frame", round: true },
    ...{ fill: "#b2f2bb", pattern: "cross" },
  },
  frame: { z: "a0", kind: "frame", x: 500, y: 0, w: 160, h: 120, name: "Week 1" },
};
const WAYS = {
  arrow: [
    [126, 40],
    [294, 40],
  ],
  elbow: [
    [406, 50],
    [466, 50],
    [466, 345],
    [426, 345],
  ],
  line: [
    [0, 150],
    [80, 190],
    [160, 150],
  ],
  ink: [
    [0, 250],
    [20, 265],
    [40, 270],
    [60, 250],
  ],
};

test("its file comes in whole, kind by kind", () => {
  const taken = readExcalidraw(text);
  const elements = elementsOf(taken);
  const ways = Object.keys(WAYS).map((key) => [key, pointsOf(elements[key] ?? {})]);
  assert.deepEqual(Object.fromEntries(ways), WAYS);
  for (const element of Object.values(elements)) delete element.points;
  assert.deepEqual(elements, EXPECTED);
  assert.deepEqual(leftOf(taken), {});
  assert.deepEqual([...taken.assets.keys()], [asset]);
});

test("its pictures bring the same", async () => {
  const { elements, files } = JSON.parse(text);
  const scenes = [
    await sceneInPng(new Uint8Array(file("png"))),
    await sceneInSvg(file("svg").toString()),
  ];
  for (const scene of scenes) {
    const found = JSON.parse(String(scene));
    assert.deepEqual([found.elements, found.files], [elements, files]);
  }
});
