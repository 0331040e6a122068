// Following somebody, being brought, smooth pointers and cameras, a raised hand: what happens when.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Camera } from "../../static/board/core/camera.js";
import { IDLE_MS, Idleness } from "../../static/board/ui/idleness.js";
import { peopleOf } from "../../static/board/ui/people-bar.js";
import { RaisedHand } from "../../static/board/ui/raised-hand.js";
import { CameraFlight, stepTowards, zoomFor } from "../../static/board/view/camera-flight.js";
import { linesOf } from "../../static/board/view/chat-bubble.js";
import { ALONE, nextFollowing } from "../../static/board/view/following.js";
import { BEHIND_MS, Glide } from "../../static/board/view/glide.js";
import { BOB, HandLine, YOU } from "./support/hand-line.js";
import { VirtualClock } from "./support/virtual-clock.js";

/** @typedef {import("../../static/board/view/following.js").FollowingEvent} FollowingEvent */

const ANN = 7;
const CEM = 9;

/** @param {...[FollowingEvent, (readonly number[])?]} events with who presents at that moment */
function after(...events) {
  return events.reduce(
    (state, [event, presenting = []]) => nextFollowing(state, event, presenting),
    /** @type {import("../../static/board/view/following.js").Following} */ (ALONE),
  );
}

describe("following", () => {
  test("begins by choice and ends with one's own way", () => {
    const following = { type: "following", person: ANN, because: "choice" };
    assert.deepEqual(after([{ type: "follow", person: ANN }]), following);
    assert.equal(after([{ type: "follow", person: ANN }], [{ type: "stop" }]), ALONE);
    assert.equal(after([{ type: "follow", person: ANN }], [{ type: "gone", person: ANN }]), ALONE);
    assert.deepEqual(
      after([{ type: "follow", person: ANN }], [{ type: "gone", person: CEM }]),
      following,
    );
  });

  test("a presenter is followed by all, and who breaks off finds the way back", () => {
    /** @type {[FollowingEvent, readonly number[]]} */
    const begins = [{ type: "presenting", people: [ANN] }, [ANN]];
    assert.deepEqual(after(begins), { type: "following", person: ANN, because: "presenting" });
    const apart = { type: "apart", person: ANN };
    assert.deepEqual(after(begins, [{ type: "stop" }, [ANN]]), apart);
    // Said again each second, it brings nobody back.
    assert.deepEqual(after(begins, [{ type: "stop" }, [ANN]], begins), apart);
    const back = after(begins, [{ type: "stop" }, [ANN]], [{ type: "follow", person: ANN }, [ANN]]);
    assert.equal(back.type, "following");
    assert.equal(after(begins, [{ type: "presenting", people: [] }]), ALONE);
    assert.equal(
      after(begins, [{ type: "stop" }, [ANN]], [{ type: "presenting", people: [] }]),
      ALONE,
    );
  });

  test("whoever is followed by choice is followed on, whoever presents", () => {
    const state = after(
      [{ type: "follow", person: CEM }],
      [{ type: "presenting", people: [ANN] }, [ANN]],
      [{ type: "presenting", people: [] }],
    );
    assert.deepEqual(state, { type: "following", person: CEM, because: "choice" });
  });

  test("whatever happens, nobody is followed who presents no more", () => {
    const event = fc.oneof(
      fc.record({ type: fc.constant("follow"), person: fc.constantFrom(ANN, CEM) }),
      fc.record({ type: fc.constant("presenting"), people: fc.subarray([ANN, CEM]) }),
      fc.constantFrom({ type: "stop" }, { type: "leading" }),
      fc.record({ type: fc.constant("gone"), person: fc.constantFrom(ANN, CEM) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        /** @type {readonly number[]} */
        let presenting = [];
        let state = /** @type {any} */ (ALONE);
        for (const one of /** @type {any[]} */ (events)) {
          if (one.type === "presenting") presenting = one.people;
          state = nextFollowing(state, one, presenting);
          if (
            one.type === "presenting" &&
            (state.because === "presenting" || state.type === "apart")
          )
            assert.ok(presenting.includes(state.person));
        }
      }),
    );
  });
});

describe("pointers", () => {
  test("move straight from place to place, a little behind, and never beyond", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 40 }),
        (xs) => {
          const glide = new Glide();
          let [least, most] = [Infinity, -Infinity];
          let now = 1000;
          for (const x of xs) {
            glide.add({ x, y: 0 }, now);
            [least, most] = [Math.min(least, x), Math.max(most, x)];
            for (let step = 0; step < 2; step++, now += 16) {
              const at = glide.at(now);
              assert.ok(at.x >= least - 1e-6 && at.x <= most + 1e-6, `${at.x}`);
            }
          }
          const rest = glide.at(now + BEHIND_MS);
          assert.deepEqual([rest.x, rest.moving], [xs.at(-1), false]);
        },
      ),
    );
  });

  test("set out gently after a rest", () => {
    const glide = new Glide();
    glide.add({ x: 0, y: 0 }, 0);
    glide.add({ x: 100, y: 0 }, 10_000);
    assert.equal(glide.at(10_000).x, 0);
    assert.ok(Math.abs(glide.at(10_000 + BEHIND_MS - 17).x - 50) < 1);
    assert.equal(glide.at(10_000 + BEHIND_MS).x, 100);
  });
});

describe("the camera", () => {
  /** @param {boolean} still */
  const flying = (still) => {
    const camera = new Camera();
    camera.resize(1000, 500);
    /** @type {((now: number) => void)[]} */
    const frames = [];
    const flight = new CameraFlight({
      camera,
      nextFrame: (act) => frames.push(act),
      still: () => still,
    });
    return { camera, frames, flight };
  };
  const VIEW = { x: 4000, y: -300, width: 2000, height: 500 };

  test("shows all of what another sees, whatever the windows are", () => {
    assert.equal(zoomFor(VIEW, { width: 1000, height: 500 }), 0.5);
    assert.equal(zoomFor(VIEW, { width: 4000, height: 500 }), 1);
  });

  test("gets there in a second of frames, and stops asking for them", () => {
    const { camera, frames, flight } = flying(false);
    flight.flyTo(VIEW);
    let now = 0;
    for (; frames.length > 0 && now < 3000; now += 16) frames.shift()?.(now);
    assert.ok(now < 2000, `${now}`);
    assert.deepEqual([camera.middle, camera.zoom], [{ x: 4000, y: -300 }, 0.5]);
  });

  test("is there at once for who prefers less motion, and stays where it is when stopped", () => {
    const { camera, frames, flight } = flying(true);
    flight.flyTo(VIEW);
    assert.deepEqual([frames.length, camera.zoom], [0, 0.5]);
    const other = flying(false);
    other.flight.flyTo(VIEW);
    other.flight.stop();
    for (let now = 0; other.frames.length > 0; now += 16) other.frames.shift()?.(now);
    assert.equal(other.camera.zoom, 1);
  });

  test("belongs to the flight that began last, and the one before hears of it", () => {
    const { camera, frames, flight: link } = flying(false);
    /** @type {string[]} */
    const told = [];
    const nextFrame = (/** @type {(now: number) => void} */ act) => void frames.push(act);
    const taken = () => void told.push("taken");
    const following = new CameraFlight({ camera, nextFrame, still: () => false, taken });
    let moves = 0;
    camera.subscribe(() => following.steering || moves++);
    let now = 0;
    const fly = () => {
      for (; frames.length > 0; now += 16) frames.shift()?.(now);
    };
    link.flyTo({ ...VIEW, x: -9000 });
    for (; now < 80; now += 16) frames.shift()?.(now);
    moves = 0;
    // Where they are isn't known yet, or the hand is drawing.
    following.take();
    fly();
    assert.deepEqual([moves, told.length], [0, 0]);
    following.flyTo(VIEW);
    fly();
    assert.deepEqual([moves, camera.middle.x], [0, 4000]);
    link.flyTo({ ...VIEW, x: -9000 });
    assert.deepEqual(told, ["taken"]);
    fly();
    assert.equal(camera.middle.x, -9000);
  });

  test("never goes past its goal", () => {
    const numbers = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 0, max: 5000 }), (from, to, ms) => {
        const { x } = stepTowards({ x: from, y: 0, zoom: 1 }, { x: to, y: 0, zoom: 2 }, ms);
        assert.ok(x >= Math.min(from, to) - 1e-6 && x <= Math.max(from, to) + 1e-6);
      }),
    );
  });
});

describe("a raised hand", () => {
  const may = /** @type {any} */ (["see", "react"]);
  const up = { ...YOU, hand: 1000 };

  async function raised() {
    const line = new HandLine();
    const hand = new RaisedHand(line.session);
    await line.live();
    line.welcome({ schema: 3, may });
    hand.toggle();
    line.socket.says({ type: "people", joined: [up], left: [] });
    return { line, hand };
  }

  test("is said once, and again on the next connection", async () => {
    const { line, hand } = await raised();
    assert.deepEqual(line.socket.of("hand"), [{ type: "hand", up: true }]);
    line.socket.handlers.close(1006);
    await line.clock.run(5000);
    await line.open();
    line.welcome({ schema: 3, may, you: { ...YOU, slot: 5 }, people: [{ ...YOU, slot: 5 }, BOB] });
    assert.deepEqual(line.socket.of("hand"), [{ type: "hand", up: true }]);
    assert.ok(hand.up);
  });

  test("is down when who keeps order has lowered it", async () => {
    const { line, hand } = await raised();
    line.socket.says({ type: "people", joined: [YOU], left: [] });
    assert.equal(hand.up, false);
    assert.equal(line.socket.of("hand").length, 1);
  });

  test("asked for while there is no connection is raised with the next", async () => {
    const line = new HandLine();
    const hand = new RaisedHand(line.session);
    hand.toggle();
    line.session.start();
    await line.clock.run(0);
    await line.open();
    assert.equal(line.socket.of("hand").length, 0);
    line.welcome({ schema: 3, may });
    assert.deepEqual(line.socket.of("hand"), [{ type: "hand", up: true }]);
    assert.ok(hand.up);
  });
});

describe("people", () => {
  test("raised hands come first in their order, several tabs are one, the most awake counts", () => {
    const people = new Map(
      [
        { slot: 1, person: 1, name: "Ann", color: "red" },
        { slot: 2, person: 2, name: "Bob", color: "blue", hand: 2000 },
        { slot: 3, person: 3, name: "Cem", color: "teal", hand: 1000 },
        { slot: 4, person: 1, name: "Ann", color: "red" },
      ].map((someone) => [someone.slot, someone]),
    );
    const states = new Map([
      [1, { tool: "pen", idle: false, away: true }],
      [4, { tool: "text", idle: true, away: false }],
    ]);
    const found = peopleOf(
      { people, you: people.get(1) ?? null },
      {
        states,
        pages: new Map(),
        whereabouts: () => null,
      },
    );
    assert.deepEqual(
      found.map(({ someone, isMe, state }) => [someone.name, isMe, state?.tool]),
      [
        ["Cem", false, undefined],
        ["Bob", false, undefined],
        ["Ann", true, "text"],
      ],
    );
  });
});

test("words are broken between words where there are some, else anywhere, into lines that fit", () => {
  const widthOf = (/** @type {string} */ text) => text.length * 8;
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      for (const line of linesOf(text, widthOf)) assert.ok(widthOf(line) <= 220, line);
    }),
  );
  assert.deepEqual(linesOf("hello there everybody who is here", widthOf), [
    "hello there everybody who",
    "is here",
  ]);
});

test("whoever does nothing for a minute is idle, until they do something", async () => {
  const clock = new VirtualClock();
  /** @type {boolean[]} */
  const told = [];
  const idleness = new Idleness({ changed: () => told.push(idleness.idle), clock });
  await clock.run(IDLE_MS - 1000);
  idleness.active();
  await clock.run(IDLE_MS - 1000);
  assert.deepEqual(told, []);
  await clock.run(2000);
  assert.deepEqual(told, [true]);
  idleness.active();
  await clock.run(IDLE_MS + 10);
  assert.deepEqual(told, [true, false, true]);
});
