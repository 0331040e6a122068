// Fingers, palms, pens, wheels: what each of them makes the board do.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pointer } from "../../static/board/view/pointer.js";

/** @type {string[]} */
let done = [];
/** @type {Pointer} */
let pointer;
let now = 0;
/** @type {{penMode: "auto" | "on" | "off"}} */
let settings = { penMode: "auto" };
/** @type {{name: string, keepsInk?: boolean, unfinished?: () => boolean}} */
let tool = { name: "pen", keepsInk: true };

const camera = {
  zoom: 1,
  /** @param {{x: number, y: number}} place */
  toBoard: (place) => place,
  /** @param {number} dx @param {number} dy */
  panBy: (dx, dy) => done.push(`pan ${dx} ${dy}`),
  /** @param {number} x @param {number} y @param {number} factor */
  zoomAt: (x, y, factor) => done.push(`zoom ${x} ${y} ${factor.toFixed(2)}`),
};

beforeEach(() => {
  done = [];
  now = 1000;
  settings = { penMode: "auto" };
  tool = { name: "pen", keepsInk: true };
  const editor = {
    camera,
    get settings() {
      return settings;
    },
    get tool() {
      return tool;
    },
    /** @param {{px: number, py: number}} at */
    pointerHover: (at) => done.push(`hover ${at.px} ${at.py}`),
    live: { cursor: () => {}, away: () => {} },
    /** @param {{px: number, py: number}} at @param {string} [tool] */
    pointerDown: (at, tool) => done.push(`down ${at.px} ${at.py}${tool ? ` ${tool}` : ""}`),
    /** @param {{px: number, py: number, coalesced: unknown[]}} at */
    pointerMove: (at) => done.push(`move ${at.px} ${at.py} (${at.coalesced.length})`),
    /** @param {{px: number, py: number}} at */
    pointerUp: (at) => done.push(`up ${at.px} ${at.py}`),
    pointerCancel: () => done.push("cancel"),
  };
  pointer = new Pointer({
    editor: /** @type {any} */ (editor),
    canvas: /** @type {any} */ ({ setPointerCapture: () => {} }),
    onContextMenu: ({ px, py }) => done.push(`menu ${px} ${py}`),
    onPenMode: () => done.push("pen mode"),
  });
});

/** @param {"mouse" | "pen" | "touch"} pointerType @param {number} clientX @param {number} clientY @param {object} [more] */
function at(pointerType, clientX, clientY, more = {}) {
  const event = {
    pointerType,
    pointerId: 1,
    clientX,
    clientY,
    button: 0,
    pressure: 0.5,
    timeStamp: now,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    preventDefault: () => {},
    ...more,
  };
  return /** @type {PointerEvent} */ (/** @type {unknown} */ (event));
}

test("a mouse draws, with every point that the browser had gathered", () => {
  pointer.down(at("mouse", 1, 2));
  const parts = [at("mouse", 2, 3), at("mouse", 3, 4)];
  pointer.move(at("mouse", 3, 4, { getCoalescedEvents: () => parts }));
  pointer.up(at("mouse", 3, 4));
  assert.deepEqual(done, ["down 1 2", "move 3 4 (2)", "up 3 4"]);
});

test("the middle button and the space bar pan", () => {
  pointer.down(at("mouse", 0, 0, { button: 1 }));
  pointer.move(at("mouse", 5, 6));
  pointer.up(at("mouse", 5, 6));
  pointer.holdHand(true);
  pointer.down(at("mouse", 5, 6));
  pointer.move(at("mouse", 6, 6));
  pointer.holdHand(false);
  pointer.up(at("mouse", 6, 6));
  pointer.down(at("mouse", 7, 7));
  assert.deepEqual(done, ["pan 5 6", "pan 1 0", "down 7 7"]);
});

test("a pen's rubber end erases, the button on its barrel selects", () => {
  pointer.down(at("pen", 1, 1, { button: 5 }));
  pointer.up(at("pen", 1, 1, { button: 5 }));
  pointer.down(at("pen", 2, 2, { button: 2 }));
  pointer.up(at("pen", 2, 2, { button: 2 }));
  pointer.down(at("pen", 3, 3, { buttons: 3 }));
  assert.deepEqual(
    done.filter((each) => each.startsWith("down")),
    ["down 1 1 eraser", "down 2 2 select", "down 3 3 select"],
  );
});

test("the right button asks for the menu, and pans when it is dragged", () => {
  pointer.down(at("mouse", 10, 10, { button: 2 }));
  pointer.move(at("mouse", 11, 10));
  pointer.up(at("mouse", 11, 10, { button: 2 }));
  pointer.down(at("mouse", 10, 10, { button: 2 }));
  pointer.move(at("mouse", 20, 10));
  pointer.move(at("mouse", 25, 12));
  pointer.up(at("mouse", 25, 12, { button: 2 }));
  pointer.down(at("mouse", 1, 1));
  assert.deepEqual(done, ["menu 11 10", "pan 5 2", "down 1 1"]);
});

test("a finger held still on Select asks for the menu, and does nothing more", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  tool = { name: "select" };
  pointer.down(at("touch", 5, 5));
  context.mock.timers.tick(500);
  pointer.move(at("touch", 90, 90));
  pointer.up(at("touch", 90, 90));
  assert.deepEqual(done, ["down 5 5", "cancel", "menu 5 5"]);
});

test("a finger that moves, or is lifted, or draws, asks for nothing", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  pointer.down(at("touch", 5, 5));
  context.mock.timers.tick(1000);
  pointer.up(at("touch", 5, 5));
  tool = { name: "select" };
  pointer.down(at("touch", 5, 5));
  pointer.move(at("touch", 50, 5));
  context.mock.timers.tick(1000);
  pointer.up(at("touch", 50, 5));
  pointer.down(at("touch", 5, 5));
  pointer.up(at("touch", 5, 5));
  context.mock.timers.tick(1000);
  assert.ok(!done.some((each) => each.startsWith("menu")));
});

test("in pen mode one finger moves the view, two zoom it, and only the pen draws", () => {
  settings = { penMode: "on" };
  pointer.down(at("touch", 0, 0));
  pointer.move(at("touch", 7, 8));
  pointer.down(at("touch", 107, 8, { pointerId: 2 }));
  pointer.move(at("touch", 207, 8, { pointerId: 2 }));
  pointer.up(at("touch", 207, 8, { pointerId: 2 }));
  pointer.up(at("touch", 7, 8));
  pointer.down(at("pen", 1, 2));
  assert.deepEqual(done, ["pan 7 8", "pan 50 0", "zoom 107 8 2.00", "pen mode", "down 1 2"]);
});

test("pen mode comes with the first pen, and goes when it is forgotten or switched off", () => {
  assert.equal(pointer.penMode, false);
  pointer.down(at("pen", 1, 2));
  pointer.up(at("pen", 1, 2));
  assert.equal(pointer.penMode, true);
  settings = { penMode: "off" };
  assert.equal(pointer.penMode, false);
  settings = { penMode: "auto" };
  pointer.forgetPen();
  assert.equal(pointer.penMode, false);
  pointer.down(at("pen", 1, 2));
  assert.deepEqual(done, ["pen mode", "down 1 2", "up 1 2", "pen mode", "down 1 2"]);
});

test("a pointer that only hovers is told to a tool that is not finished", () => {
  pointer.move(at("mouse", 1, 1));
  tool = { name: "line", unfinished: () => true };
  pointer.move(at("mouse", 2, 2));
  assert.deepEqual(done, ["hover 2 2"]);
});

test("one finger uses the tool", () => {
  pointer.down(at("touch", 1, 1));
  pointer.move(at("touch", 2, 2));
  pointer.up(at("touch", 2, 2));
  assert.deepEqual(done, ["down 1 1", "move 2 2 (0)", "up 2 2"]);
});

test("a second finger takes back what the first has just begun, then both pan and zoom", () => {
  pointer.down(at("touch", 0, 0));
  now += 50;
  pointer.down(at("touch", 100, 0, { pointerId: 2 }));
  pointer.move(at("touch", 200, 0, { pointerId: 2 }));
  assert.deepEqual(done, ["down 0 0", "cancel", "pan 50 0", "zoom 100 0 2.00"]);
});

test("a stroke long under way is kept when a second finger comes", () => {
  pointer.down(at("touch", 0, 0));
  pointer.move(at("touch", 80, 0));
  now += 2000;
  pointer.down(at("touch", 100, 50, { pointerId: 2 }));
  assert.deepEqual(done, ["down 0 0", "move 80 0 (0)", "up 80 0"]);
});

test("after a pinch the last finger does not draw", () => {
  pointer.down(at("touch", 0, 0));
  pointer.down(at("touch", 100, 0, { pointerId: 2 }));
  pointer.up(at("touch", 100, 0, { pointerId: 2 }));
  done = [];
  pointer.move(at("touch", 10, 10));
  pointer.up(at("touch", 10, 10));
  assert.deepEqual(done, []);
  pointer.down(at("touch", 20, 20, { pointerId: 3 }));
  assert.deepEqual(done, ["down 20 20"]);
});

test("a palm that came before the pen is taken back", () => {
  pointer.down(at("touch", 0, 0, { pointerId: 7 }));
  pointer.down(at("pen", 5, 5));
  assert.deepEqual(done, ["down 0 0", "pen mode", "cancel", "down 5 5"]);
});

test("a palm while the pen is down, and shortly after, is ignored", () => {
  pointer.down(at("pen", 5, 5));
  pointer.down(at("touch", 0, 0, { pointerId: 7 }));
  pointer.move(at("touch", 9, 9, { pointerId: 7 }));
  pointer.up(at("touch", 0, 0, { pointerId: 7 }));
  pointer.up(at("pen", 5, 5));
  now += 200;
  pointer.down(at("touch", 0, 0, { pointerId: 8 }));
  pointer.up(at("touch", 0, 0, { pointerId: 8 }));
  assert.deepEqual(done, ["pen mode", "down 5 5", "up 5 5"]);
  now += 5000;
  settings = { penMode: "off" };
  pointer.down(at("touch", 3, 3, { pointerId: 9 }));
  assert.deepEqual(done.at(-1), "down 3 3");
});

/** Draws and is broken off. @param {"pen" | "touch"} type @param {number} x how far @param {number} ms how long */
function brokenOff(type, x, ms) {
  pointer.down(at(type, 0, 0));
  pointer.move(at(type, x, 0));
  now += ms;
  pointer.cancel(at(type, 0, 0));
  return done.at(-1);
}

test("a pointer that is broken off keeps what was drawn, at the last place known", () => {
  assert.equal(brokenOff("touch", 80, 400), "up 80 0");
  assert.equal(brokenOff("pen", 80, 400), "up 80 0");
});

test("it takes back what had hardly begun, what another tool did, and what may be a palm", () => {
  assert.equal(brokenOff("touch", 80, 20), "cancel");
  assert.equal(brokenOff("touch", 5, 900), "cancel");
  tool = { name: "select" };
  assert.equal(brokenOff("touch", 80, 400), "cancel");
  tool = { name: "pen", keepsInk: true };
  settings = { penMode: "off" };
  assert.equal(brokenOff("pen", 80, 400), "up 80 0");
  now += 5000;
  assert.equal(brokenOff("touch", 80, 400), "cancel");
});

/** @param {object} turn */
function wheel(turn) {
  const event = { ...at("mouse", 10, 20), deltaX: 0, deltaY: 0, deltaMode: 0, ...turn };
  pointer.wheel(/** @type {WheelEvent} */ (/** @type {unknown} */ (event)));
}

test("the wheel pans, sideways with Shift, and zooms around the pointer with Ctrl", () => {
  wheel({ deltaY: 10 });
  wheel({ deltaY: 10, shiftKey: true });
  wheel({ deltaY: -10, ctrlKey: true });
  assert.deepEqual(done, ["pan 0 -10", "pan -10 0", "zoom 10 20 1.11"]);
});

test("a notch of a mouse wheel zooms by a third at most", () => {
  wheel({ deltaY: -1000, ctrlKey: true });
  assert.deepEqual(done, ["zoom 10 20 1.35"]);
});
