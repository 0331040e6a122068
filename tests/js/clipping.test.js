// What is in a frame is neither seen nor hit outside it, whatever it is.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Document } from "../../static/board/core/document.js";
import { contains, containsPoint, intersects } from "../../static/board/core/geometry.js";
import { translation } from "../../static/board/core/matrix.js";
import { clipOf, unclipped } from "../../static/board/elements/clipped.js";
import { kindOf, transformed } from "../../static/board/elements/index.js";
import { Sheet } from "../../static/board/elements/sheet.js";

/** @typedef {import("../../static/board/core/fold.js").Element} Element */

const POINTS = "BAAAAMgByAHIAQAAyAE";
const place = fc.integer({ min: -300, max: 300 });
const side = fc.integer({ min: 1, max: 300 });
const box = fc.record({ x: place, y: place, w: side, h: side });
const kinds = fc.constantFrom(
  ..."stroke highlight line arrow rectangle ellipse star cloud note text image".split(" "),
);

/** Whatever there is, with a frame somewhere near. */
const scenes = fc.record({
  kind: kinds,
  box,
  frame: box,
  fill: fc.boolean(),
  angle: fc.constantFrom(0, 0.5, 2),
});

/** @param {string} kind @param {{x: number, y: number, w: number, h: number}} box @param {boolean} fill @param {number} angle @returns {Element} */
function elementOf(kind, box, fill, angle) {
  const looks = { color: "black", width: 4, size: 20, text: "Words in it", points: POINTS };
  return { kind, ...box, ...looks, z: "a1", angle, ...(fill && { fill: "red" }) };
}

/** @param {Element} element @param {{x: number, y: number, w: number, h: number}} frame */
function framed(element, frame) {
  const document = new Document();
  const elements = {
    "frame-01": { kind: "frame", ...frame, z: "a0" },
    "element-1": { ...element, frame: "frame-01" },
  };
  document.load({ epoch: "e", clock: 0, elements });
  const shown = new Sheet(document).get("element-1");
  assert.ok(shown);
  return shown;
}

/** What a canvas is told, of where it may paint. */
function noting() {
  /** @type {{clips: number[][], painted: number}} */
  const told = { clips: [], painted: 0 };
  let rect = /** @type {number[]} */ ([]);
  let depth = 0;
  const ctx = /** @type {any} */ (
    new Proxy(
      {},
      {
        get(_, name) {
          if (name === "rect") return (/** @type {number[]} */ ...args) => (rect = args);
          if (name === "clip") return () => depth === 1 && told.clips.push(rect);
          if (name === "save") return () => depth++;
          if (name === "restore") return () => depth--;
          if (name === "measureText") return () => ({ width: 10 });
          if (name === "globalAlpha") return 1;
          if (["fill", "stroke", "fillText", "fillRect"].includes(String(name)))
            return () => told.painted++;
          return () => {};
        },
        set: () => true,
      },
    )
  );
  return { ctx, told };
}

test("bounds and hits lie within the frame, and what is inside it is as it was", () => {
  fc.assert(
    fc.property(scenes, place, place, ({ kind, box, frame, fill, angle }, x, y) => {
      const element = elementOf(kind, box, fill, angle);
      const shown = framed(element, frame);
      const clip = clipOf(shown);
      const cut = kindOf(shown);
      const whole = kindOf(element);
      const around = {
        minX: frame.x,
        minY: frame.y,
        maxX: frame.x + frame.w,
        maxY: frame.y + frame.h,
      };
      assert.equal(clip !== null, intersects(whole.bounds(element), around), "beside it is whole");
      if (!clip) return;
      assert.ok(contains(clip, cut.bounds(shown)));
      const isInside = containsPoint(clip, { x, y });
      assert.equal(cut.hit(shown, x, y, 6), isInside && whole.hit(element, x, y, 6));
      assert.equal(
        cut.inside?.(shown, x, y) ?? false,
        isInside && (whole.inside?.(element, x, y) ?? false),
      );
      const far = { minX: clip.maxX + 1, minY: -500, maxX: clip.maxX + 900, maxY: 900 };
      assert.equal(cut.crosses(shown, far), false);
    }),
  );
});

test("nothing is painted beside the frame: it is clipped, or lies inside, or isn't painted", () => {
  fc.assert(
    fc.property(scenes, ({ kind, box, frame, fill, angle }) => {
      const shown = framed(elementOf(kind, box, fill, angle), frame);
      const clip = clipOf(shown);
      const whole = kindOf(unclipped(shown)).bounds(shown);
      const { ctx, told } = noting();
      kindOf(shown).draw(ctx, shown, { theme: "light", scale: 2, left: 10, top: 20 });
      if (!clip || contains(clip, whole) || told.painted === 0) return;
      const expected = [frame.x * 2 - 10, frame.y * 2 - 20, frame.w * 2, frame.h * 2];
      assert.deepEqual(told.clips[0], expected);
    }),
  );
});

test("handles and changes are those of the whole element", () => {
  const element = elementOf("rectangle", { x: 0, y: 0, w: 100, h: 100 }, true, 0);
  const shown = framed(element, { x: 50, y: 50, w: 20, h: 20 });
  assert.deepEqual(kindOf(shown).frame(shown), kindOf(element).frame(element));
  const moved = transformed(shown, translation(5, 5));
  assert.deepEqual([moved.x, moved.y, moved.w], [5, 5, 100]);
  assert.equal(unclipped(shown), unclipped(shown));
  assert.equal(unclipped(shown).clip, undefined);
});

test("it is whole again when the frame goes, or is on another page", () => {
  const document = new Document();
  const sheet = new Sheet(document);
  document.load({
    epoch: "e",
    clock: 0,
    elements: {
      "frame-01": { kind: "frame", x: 0, y: 0, w: 10, h: 10, z: "a0" },
      "element-1": {
        ...elementOf("note", { x: 0, y: 0, w: 90, h: 90 }, false, 0),
        frame: "frame-01",
      },
    },
  });
  assert.equal(sheet.get("element-1")?.clip, "0,0,10,10");
  document.propose([{ op: "set", key: "frame-01", props: { w: 50 } }]);
  assert.equal(sheet.get("element-1")?.clip, "0,0,50,10");
  document.propose([{ op: "set", key: "frame-01", props: { page: "page-two" } }]);
  assert.equal(sheet.get("element-1")?.clip, undefined);
});

test("a clip that can't be read cuts nothing off", () => {
  for (const clip of ["", "1,2", "a,b,c,d", "1,2,3,Infinity"]) {
    const shown = { ...elementOf("rectangle", { x: 0, y: 0, w: 9, h: 9 }, true, 0), clip };
    assert.equal(clipOf(shown), null);
    assert.equal(kindOf(shown).hit(shown, 5, 5, 1), true);
  }
});
