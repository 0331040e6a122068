// R4, R16: the fold, by the vectors that the server's fold is tested with too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyChange, sameElement } from "../../static/board/core/fold.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/fold.json", import.meta.url), "utf8"));

for (const { name, before, author, changes, after } of vectors) {
  test(`R4: ${name}`, () => {
    const elements = new Map(Object.entries(before));
    for (const change of changes) applyChange(elements, change, author);
    assert.deepEqual(Object.fromEntries(elements), after);
  });

  test(`R4: the keys named as changed are those that differ: ${name}`, () => {
    const elements = new Map(Object.entries(before));
    for (const change of changes) {
      const old = new Map(elements);
      const named = new Set(applyChange(elements, change, author));
      for (const key of new Set([...old.keys(), ...elements.keys()])) {
        if (!sameElement(old.get(key), elements.get(key))) assert.ok(named.has(key), key);
        if (!named.has(key)) assert.equal(old.get(key), elements.get(key));
      }
    }
  });
}

test("S19: __proto__ is a property and a key like others", () => {
  const elements = new Map();
  const change = JSON.parse('{"op":"put","key":"__proto__","element":{"kind":"x","__proto__":1}}');
  applyChange(elements, change, 1);
  applyChange(elements, JSON.parse('{"op":"set","key":"__proto__","props":{"__proto__":2}}'), 1);
  assert.equal(JSON.stringify(elements.get("__proto__")), '{"kind":"x","__proto__":2,"author":1}');
  assert.equal(/** @type {any} */ ({}).author, undefined);
});

test("R4: elements are replaced, never changed in place", () => {
  const elements = new Map();
  applyChange(elements, { op: "put", key: "aaaaaaaa", element: { kind: "stroke", x: 1 } }, 1);
  const first = elements.get("aaaaaaaa");
  applyChange(elements, { op: "set", key: "aaaaaaaa", props: { x: 2 } }, 1);
  assert.ok(Object.isFrozen(first) && Object.isFrozen(elements.get("aaaaaaaa")));
  assert.equal(first.x, 1);
});

test("R15: a change of an unknown kind does nothing", () => {
  const elements = new Map();
  assert.deepEqual(applyChange(elements, /** @type {any} */ ({ op: "melt" }), 1), []);
});
