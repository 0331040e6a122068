// A hand that draws by script, in the page before its own scripts: pointer events with pressure, at
// their own times, so that two pages draw at the same time without a test runner between them.

{
  /** @typedef {[x: number, y: number, pressure: number, pause: number]} Sample */

  /** @param {number} ms */
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  /** @param {string} type @param {Sample} sample */
  const press = (type, [x, y, pressure]) => {
    const canvas = document.querySelector("main canvas");
    const down = type !== "pointerup";
    canvas?.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        pointerId: 7,
        pointerType: "pen",
        isPrimary: true,
        clientX: x,
        clientY: y,
        pressure: down ? pressure : 0,
        button: type === "pointermove" ? -1 : 0,
        buttons: down ? 1 : 0,
      }),
    );
  };

  /** @param {Sample[]} stroke */
  const drawOne = async (stroke) => {
    const [first, ...rest] = stroke;
    if (!first) return;
    press("pointerdown", first);
    for (const sample of rest) {
      if (sample[3] > 0) await pause(sample[3]);
      press("pointermove", sample);
    }
    press("pointerup", stroke.at(-1) ?? first);
    hand.drawn += 1;
  };

  const hand = {
    /** Strokes finished so far. */
    drawn: 0,
    /** Whether `start` has come to its end. */
    resting: true,
    /** Begins to draw and returns at once. @param {Sample[][]} strokes */
    start(strokes) {
      hand.resting = false;
      (async () => {
        for (const stroke of strokes) await drawOne(stroke);
        hand.resting = true;
      })();
    },
  };
  Object.assign(window, { hand });

  // A violation may be swallowed by the code that caused it; the console is not.
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}
