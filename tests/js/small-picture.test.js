// Small pictures of templates and of what somebody has put aside.

import "./support/all-kinds.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { paintSmall } from "../../static/board/view/small-picture.js";
import { RecordingContext } from "./support/recording-context.js";

/** Knows with which transform it is emptied. */
class Emptied extends RecordingContext {
  /** @type {number[][]} */
  emptied = [];
  transformed = [1, 0, 0, 1, 0, 0];

  /** @override @param {number[]} matrix */
  setTransform(...matrix) {
    this.transformed = matrix;
    super.setTransform(...matrix);
  }

  /** @param {number[]} rectangle */
  clearRect(...rectangle) {
    this.emptied.push([...this.transformed, ...rectangle]);
  }
}

test("what is painted again is painted on nothing: what is seen through would be twice as strong", async () => {
  const box = { kind: "rectangle", x: 10, y: 20, z: "a0", w: 90, h: 60, color: "red", width: 2 };
  const ctx = new Emptied();
  const canvas = { width: 224, height: 140, getContext: () => ctx };
  await paintSmall(/** @type {any} */ (canvas), [["key-0001", box]], "light");
  const whole = [1, 0, 0, 1, 0, 0, 0, 0, 224, 140];
  assert.deepEqual(ctx.emptied, [whole, whole]);
});
