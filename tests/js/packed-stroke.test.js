// Strokes as bytes: what comes out is what went in, and what isn't plain goes another way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { encodePoints } from "../../static/board/core/points.js";
import { pointsOf, quickPointsIn } from "../../static/board/core/quick-points.js";
import { Packer } from "../../static/board/view/packed.js";
import { PackedElements } from "../../static/board/view/packed-elements.js";
import { isPlainStroke } from "../../static/board/view/packed-stroke.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */

const POINTS = encodePoints(
  [
    { x: 0, y: 0, pressure: 0.5 },
    { x: 12.25, y: -300, pressure: 1 },
  ],
  2,
  true,
);
/** @type {Element} */
const PLAIN = { kind: "stroke", x: 0.1, y: -7, z: "a1V", color: "red", width: 4, points: POINTS };

const { z: _, ...WITHOUT_INDEX } = PLAIN;

/** @param {Element[]} all */
function packed(all) {
  const packer = new Packer();
  all.forEach((element, i) => {
    packer.add(`k${i}`, element, null);
  });
  const { keys, sizes, shapes, texts, points } = packer.take();
  const elements = new PackedElements();
  elements.shapes.push(...shapes);
  let [textAt, pointsAt] = [0, 0];
  keys.forEach((key, i) => {
    const [text, more] = [Number(sizes[2 * i]), Number(sizes[2 * i + 1])];
    const own = points.subarray(pointsAt, pointsAt + more);
    elements.set(key, texts.subarray(textAt, textAt + text), own);
    textAt += text;
    pointsAt += more;
  });
  return { elements, texts };
}

/** @type {[string, Element, boolean][]} */
const CASES = [
  ["as most are", PLAIN, true],
  ["with all that one can have", { ...PLAIN, opacity: 0.5, author: 3 }, true],
  ["with a colour of its own", { ...PLAIN, color: "#12ab9f" }, true],
  ["with a colour named like a property", { ...PLAIN, color: "__proto__" }, true],
  ["at no number's place", { ...PLAIN, x: "left" }, false],
  ["with nothing where a number belongs", /** @type {any} */ ({ ...PLAIN, opacity: null }), false],
  ["of a group", { ...PLAIN, group: "g1" }, false],
  ["with an index of other letters", { ...PLAIN, z: "가" }, false],
  ["without an index", WITHOUT_INDEX, false],
  ["of another kind", { ...PLAIN, kind: "highlight" }, false],
  ["whose points are none of ours", { ...PLAIN, points: "!!!" }, true],
  ["without points", { kind: "stroke", x: 1, y: 2, z: "a", color: "red", width: 1 }, true],
];

for (const [which, element, plain] of CASES) {
  test(`a stroke ${which} comes back as it was`, () => {
    assert.equal(isPlainStroke(element), plain);
    const { elements } = packed([PLAIN, element, PLAIN]);
    const expected = JSON.parse(JSON.stringify(element));
    assert.deepEqual(elements.get("k1"), expected);
    const once = /** @type {Element} */ (elements.once("k1"));
    if (element.kind === "stroke") assert.equal(pointsOf(once), expected.points ?? "");
    assert.equal(once.x, expected.x);
    assert.deepEqual(elements.get("k2"), PLAIN);
  });
}

test("plain strokes take no text, and are painted through the same points", () => {
  const { elements, texts } = packed([PLAIN, { ...PLAIN, x: 9 }]);
  assert.equal(texts.length, 0);
  const { xs, ys, count } = quickPointsIn(/** @type {Element} */ (elements.once("k1")));
  const [fromBytes, bytesCount] = [[...xs.subarray(0, count), ...ys.subarray(0, count)], count];
  const text = quickPointsIn(PLAIN);
  assert.equal(text.count, bytesCount);
  assert.deepEqual([...text.xs.subarray(0, count), ...text.ys.subarray(0, count)], fromBytes);
});
