// Runs in the page before its own scripts: what the eye would see, frame by frame.
//
// Nothing of the product's inside is asked: the board's canvas is looked at, made small.

{
  const WIDTH = 256;
  const HEIGHT = 144;
  const small = new OffscreenCanvas(WIDTH, HEIGHT);
  const look = /** @type {OffscreenCanvasRenderingContext2D} */ (
    small.getContext("2d", { willReadFrequently: true })
  );

  const views = /** @type {[at: number, hash: number, inked: number][]} */ ([]);
  const intervals = /** @type {number[]} */ ([]);
  let watchedUntil = 10_000;
  let timing = false;
  let last = 0;

  /** @param {number} now */
  const frame = (now) => {
    if (timing) intervals.push(now - last);
    last = now;
    if (performance.now() < watchedUntil) view();
    requestAnimationFrame(frame);
  };

  const view = () => {
    const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector("main canvas"));
    if (!canvas || canvas.width === 0) return;
    look.clearRect(0, 0, WIDTH, HEIGHT);
    look.drawImage(canvas, 0, 0, WIDTH, HEIGHT);
    const pixels = new Uint32Array(look.getImageData(0, 0, WIDTH, HEIGHT).data.buffer);
    const paper = pixels[0];
    let [hash, inked] = [0, 0];
    for (const pixel of pixels) {
      hash = (Math.imul(hash, 31) + pixel) | 0;
      if (pixel !== paper) inked += 1;
    }
    views.push([performance.now(), hash, inked / pixels.length]);
  };

  requestAnimationFrame(frame);

  Object.assign(globalThis, {
    benchProbe: {
      /** When the picture became what it stays, and when the first ink showed. */
      firstView() {
        watchedUntil = 0;
        const final = views.at(-1);
        if (!final) return null;
        let painted = views.length - 1;
        while (painted > 0 && views[painted - 1]?.[1] === final[1]) painted -= 1;
        return {
          painted: views[painted]?.[0],
          firstInk: views.find(([, , inked]) => inked > 0)?.[0] ?? null,
          inked: final[2],
          looks: views.length,
        };
      },
      /** What the picture is now, to be compared. */
      look() {
        view();
        return views.at(-1)?.[1];
      },
      /** From here on, as at the beginning. */
      watch() {
        views.length = 0;
        watchedUntil = Number.POSITIVE_INFINITY;
        return performance.now();
      },
      /** A key on the board. @param {string} key */
      press(key) {
        const event = new KeyboardEvent("keydown", { key, code: key, bubbles: true });
        document.body.dispatchEvent(event);
      },
      startTiming() {
        watchedUntil = 0;
        intervals.length = 0;
        timing = true;
      },
      stopTiming() {
        timing = false;
        return intervals.slice(1);
      },
    },
  });
}
