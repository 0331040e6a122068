// The browser's copy of the schema judges as the server does: the vectors are those of tests/py/test_schema_vectors.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { allows, isElement, isKnown, schemaOf } from "../../static/board/core/schema.js";

const vectors = JSON.parse(
  readFileSync(new URL("../vectors/schema.json", import.meta.url), "utf8"),
);

/** Long runs of the same stand in the file as a text and what is repeated after it. @param {any} value */
function writtenOut(value) {
  return typeof value?.times === "number" ? value.text + value.then.repeat(value.times) : value;
}

for (const [name, { valid, invalid }] of Object.entries(vectors.properties)) {
  test(`${name} is judged as on the server`, () => {
    for (const value of valid) assert(allows(name, writtenOut(value)), JSON.stringify(value));
    for (const value of invalid)
      assert(!allows(name, writtenOut(value)), JSON.stringify(value).slice(0, 80));
  });
}

for (const { name, element, valid } of vectors.elements) {
  test(`${valid ? "taken" : "refused"}: ${name}`, () => {
    assert.equal(isElement(element), valid);
  });
}

test("names of every object are no properties", () => {
  for (const name of ["author", "toString", "constructor", "__proto__"]) {
    assert(!isKnown(name));
    assert(!allows(name, "x"));
  }
});

test("an older server takes strokes alone, with the properties that they always had", () => {
  const [stroke] = vectors.elements.map((/** @type {any} */ one) => one.element);
  assert.equal(schemaOf(stroke), 1);
  assert.equal(schemaOf({ ...stroke, opacity: 0.5 }), 2);
  assert.equal(schemaOf({ ...stroke, page: "other-page" }), 4);
  assert.equal(schemaOf({ kind: "page", z: "a0" }), 4);
  assert.equal(schemaOf({ kind: "note", x: 0, y: 0, z: "a0", w: 1, h: 1, text: "" }), 2);
});
