// Templates: each is something that the server takes, of a size that suits a board.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { union } from "../../static/board/core/geometry.js";
import { isElement } from "../../static/board/core/schema.js";
import { drawn, TEMPLATES } from "../../static/board/editor/templates/index.js";
import { kindOf } from "../../static/board/elements/index.js";

for (const template of TEMPLATES) {
  test(`${template.id} is taken by the server and fits a board`, () => {
    const elements = drawn(template);
    const keys = new Set(elements.map(([key]) => key));
    assert.equal(keys.size, elements.length);
    assert.ok(elements.length >= 3 && elements.length <= 200, String(elements.length));
    for (const [, element] of elements) {
      assert.ok(isElement(element), JSON.stringify(element));
      for (const end of [element.from, element.to])
        if (end !== undefined) assert.ok(keys.has(String(end)));
    }
    const indices = elements.map(([, element]) => String(element.z));
    assert.deepEqual(indices, [...new Set(indices)].sort());
    const { minX, minY, maxX, maxY } = elements
      .map(([, element]) => kindOf(element).bounds(element))
      .reduce(union);
    assert.ok(maxX - minX > 300 && maxX - minX < 1600, `${maxX - minX} wide`);
    assert.ok(maxY - minY > 40 && maxY - minY < 1300, `${maxY - minY} high`);
    assert.equal(
      elements.every(([, { locked }]) => locked === true),
      template.paper === true,
    );
  });
}

test("every template has a name of its own", () => {
  assert.equal(new Set(TEMPLATES.map(({ id }) => id)).size, TEMPLATES.length);
  assert.equal(new Set(TEMPLATES.map(({ name }) => name())).size, TEMPLATES.length);
});
