// Boards as WBO keeps them and hands them out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { wbo } from "../../static/board/exchange/formats/wbo.js";
import { readWbo } from "../../static/board/exchange/wbo-reading.js";
import { elementsOf, leftOf, pointsOf, some } from "./support/imports.js";

/** @param {string} items */
function stored(items) {
  return `<svg id="canvas" xmlns="http://www.w3.org/2000/svg" version="1.1" width="5000" height="5000" data-wbo-format="whitebophir-svg-v2" data-wbo-seq="9" data-wbo-readonly="false"><defs id="defs"></defs><g id="drawingArea">${items}</g><g id="cursors"><circle cx="1" cy="1" r="10"></circle></g></svg>`;
}

/** @param {string} items */
function shown(items) {
  const style = `<style type="text/css"><![CDATA[text {font-family:"Arial"}path {fill:none;stroke-linecap:round;stroke-linejoin:round;}]]></style>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="900" height="900"><defs>${style}</defs>${items}</svg>`;
}

/** @param {string} svg */
function read(svg) {
  const taken = readWbo(svg);
  return { taken, elements: Object.values(elementsOf(taken)) };
}

test("pencil strokes come with their points, whichever way the path was written", () => {
  const looks = 'id="l1" stroke="#e03131" stroke-width="10"';
  const { elements } = read(
    stored(
      `<path ${looks} d="M 10 20 l 5 5 l 10 -5" opacity="0.5" stroke-linecap="round"></path>` +
        `<path ${looks} d="M 10 20 L 10 20 C 12 22 13 25 15 25 C 18 25 22 22 25 20"></path>` +
        `<path ${looks} d="M10 20L15 25 25 20 "/>`,
    ),
  );
  assert.deepEqual(some(elements[0], "kind", "color", "width", "opacity"), {
    kind: "stroke",
    color: "red",
    width: 10,
    opacity: 0.5,
  });
  assert.deepEqual(pointsOf(elements[0] ?? {}), [
    [10, 20],
    [15, 25],
    [25, 20],
  ]);
  assert.deepEqual(pointsOf(elements[1] ?? {}).slice(1), [
    [10, 20],
    [15, 25],
    [25, 20],
  ]);
  assert.deepEqual(pointsOf(elements[2] ?? {}), [
    [10, 20],
    [15, 25],
    [25, 20],
  ]);
});

test("lines, boxes, ellipses and texts come as they are, moved as they were", () => {
  const { taken, elements } = read(
    stored(
      `<line id="s" x1="0" y1="0" x2="30" y2="40" stroke="#000" stroke-width="4"></line>` +
        `<rect id="r" x="10" y="10" width="100" height="50" stroke="#1971c2" stroke-width="2" transform="matrix(2 0 0 2 5 5)"></rect>` +
        `<ellipse id="e" cx="50" cy="50" rx="20" ry="10" stroke="#00ff00" stroke-width="1"></ellipse>` +
        `<text id="t" x="100" y="200" font-size="30" fill="#2f9e44">a &lt;b&gt; &amp; c&#33;</text>`,
    ),
  );
  const [line, box, round, text] = elements;
  assert.deepEqual(pointsOf(line ?? {}), [
    [0, 0],
    [30, 40],
  ]);
  assert.deepEqual(some(box, "kind", "x", "y", "w", "h", "width", "color"), {
    kind: "rectangle",
    x: 25,
    y: 25,
    w: 200,
    h: 100,
    width: 4,
    color: "blue",
  });
  assert.deepEqual(some(round, "kind", "x", "y", "w", "h", "color"), {
    kind: "ellipse",
    x: 30,
    y: 40,
    w: 40,
    h: 20,
    color: "#00ff00",
  });
  assert.deepEqual(some(text, "kind", "text", "x", "y", "size", "color"), {
    kind: "text",
    text: "a <b> & c!",
    x: 100,
    y: 170,
    size: 30,
    color: "green",
  });
  assert.equal(elements.length, 4, "other people's pointers are none of it");
  assert.deepEqual(taken.left, []);
});

test("older pictures have ellipses as arcs", () => {
  const { elements } = read(
    shown(
      '<path id="e" stroke-width="3" stroke="#000" d="M50 50m-20, 0a20,10 0 1,0 40,0a20,10 0 1,0 -40,0" />',
    ),
  );
  assert.deepEqual(some(elements[0], "kind", "x", "y", "w", "h"), {
    kind: "ellipse",
    x: 30,
    y: 40,
    w: 40,
    h: 20,
  });
});

test("its files are told from other drawings", () => {
  const fits = (/** @type {string} */ svg) =>
    wbo.fits?.(new TextEncoder().encode(svg.slice(0, 4096)), () => svg, "board.svg");
  assert(fits(stored("")));
  assert(fits(shown("")));
  assert(!fits('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L1 1"/></svg>'));
  assert(!fits('{"a":"<svg id=\\"canvas\\">"}'));
});

test("markup of other kinds is left, and nothing of it comes to life", () => {
  const { taken, elements } = read(
    stored(
      '<script>alert("<path d=\'M0 0L1 1\'/>")</script><foreignObject></foreignObject><image href="https://example.org/x"/><text x="1" y="9" onload="alert(1)">&xxe;</text>',
    ),
  );
  assert.deepEqual(
    elements.map(({ kind, text }) => [kind, text]),
    [["text", "&xxe;"]],
  );
  assert.deepEqual(leftOf(taken), { "Elements of an unknown kind": 2 });
});
