// Templates: each is something that the server takes, of a size that suits a board.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { union } from "../../static/board/core/geometry.js";
import { isElement } from "../../static/board/core/schema.js";
import { drawn, TEMPLATES } from "../../static/board/editor/templates/index.js";
import { cornersOfElbow, isConnector, wayOf } from "../../static/board/elements/connected.js";
import { kindOf } from "../../static/board/elements/index.js";
import { pointsOfPath } from "../../static/board/elements/path-points.js";

/** @typedef {import("../../static/board/editor/templates/template.js").Template} Template */

for (const template of TEMPLATES) {
  test(`${template.id} is taken by the server and fits a board`, () => {
    const elements = drawn(template);
    const keys = new Set(elements.map(([key]) => key));
    assert.equal(keys.size, elements.length);
    assert.ok(elements.length >= 3 && elements.length <= 200, String(elements.length));
    for (const [, element] of elements) {
      assert.ok(isElement(element), JSON.stringify(element));
      for (const end of [element.from, element.to])
        if (end !== undefined) assert.ok(keys.has(String(end).split("@")[0] ?? ""));
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

test("in the flowchart no way leaves where another arrives", () => {
  const elements = new Map(
    drawn(/** @type {Template} */ (TEMPLATES.find(({ id }) => id === "flow"))),
  );
  const ends = [...elements.values()].filter(isConnector).flatMap((element) => {
    const way = wayOf(element, (key) => elements.get(key));
    const shown = /** @type {typeof element} */ ({ ...element, ...way });
    const places = cornersOfElbow(shown).length > 0 ? cornersOfElbow(shown) : pointsOfPath(shown);
    return [places[0], places.at(-1)].flatMap((end) => end ?? []);
  });
  assert.equal(ends.length, 10);
  for (const [i, one] of ends.entries())
    for (const other of ends.slice(i + 1))
      assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 20, JSON.stringify([one, other]));
});

test("every template has a name of its own", () => {
  assert.equal(new Set(TEMPLATES.map(({ id }) => id)).size, TEMPLATES.length);
  assert.equal(new Set(TEMPLATES.map(({ name }) => name())).size, TEMPLATES.length);
});
