// Brings the camera to what somebody else looks at: smoothly, or at once for those who prefer less motion.

/**
 * @typedef {import("../core/camera.js").Camera} Camera
 * @typedef {import("../sync/live-more.js").View} View
 * @typedef {{x: number, y: number, zoom: number}} Look
 */

/** Nearly two thirds of the way after so long: ten views a second look like one movement. */
const INERTIA_MS = 130;
/** In pixels, and as a share of the zoom. */
const THERE = 0.4;
const SAME_ZOOM = 0.0005;
/** A frame that comes late is no reason for a leap. */
const FRAME_MS_MAX = 64;

/** The zoom at which all of a view is seen in a window. @param {View} view @param {{width: number, height: number}} window */
export function zoomFor(view, window) {
  return Math.min(window.width / view.width, window.height / view.height);
}

/** What the camera shows, for others to come to. @param {Camera} camera */
export function seenBy({ middle, width, height, zoom }) {
  return { ...middle, width: width / zoom, height: height / zoom, zoom };
}

/** One step of the way; the same as the goal once it is there. @param {Look} from @param {Look} goal @param {number} ms since the step before @returns {Look} */
export function stepTowards(from, goal, ms) {
  const share = 1 - Math.exp(-Math.min(ms, FRAME_MS_MAX) / INERTIA_MS);
  const zoom = from.zoom * (goal.zoom / from.zoom) ** share;
  const x = from.x + (goal.x - from.x) * share;
  const y = from.y + (goal.y - from.y) * share;
  const left = Math.max(Math.abs(goal.x - x), Math.abs(goal.y - y)) * goal.zoom;
  const there = left < THERE && Math.abs(zoom / goal.zoom - 1) < SAME_ZOOM;
  return there ? goal : { x, y, zoom };
}

/** Which flight has a camera in its hands: two would pull it to and fro. @type {WeakMap<Camera, CameraFlight>} */
const pilots = new WeakMap();

export class CameraFlight {
  /** @type {Look | null} */
  #goal = null;
  #last = 0;
  #flying = false;
  /** Whether it is this that moves the camera just now. */
  steering = false;
  #camera;
  #nextFrame;
  #still;
  #taken;

  /**
   * @param {{camera: Camera, nextFrame: (act: (now: number) => void) => void, still: () => boolean, taken?: () => void}} parts
   *   `taken`: hears that another flight has taken the camera
   */
  constructor({ camera, nextFrame, still, taken = () => {} }) {
    this.#camera = camera;
    this.#nextFrame = nextFrame;
    this.#still = still;
    this.#taken = taken;
  }

  /** From now on the camera is this flight's; the one that had it ends. */
  take() {
    const other = pilots.get(this.#camera);
    if (other === this) return;
    pilots.set(this.#camera, this);
    if (!other) return;
    other.stop();
    other.#taken();
  }

  /** @param {View} view */
  flyTo(view) {
    this.flyToLook({ x: view.x, y: view.y, zoom: zoomFor(view, this.#camera) });
  }

  /** @param {Look} goal */
  flyToLook(goal) {
    this.take();
    this.#goal = goal;
    if (this.#still()) this.#arrive(goal);
    else if (!this.#flying) this.#begin();
  }

  stop() {
    this.#goal = null;
  }

  #begin() {
    this.#flying = true;
    this.#nextFrame((now) => {
      // The first frame says when the way begins.
      this.#last = now;
      this.#fly();
    });
  }

  #fly() {
    this.#nextFrame((now) => {
      const goal = this.#goal;
      this.#flying = goal !== null;
      if (!goal) return;
      const next = stepTowards(lookOf(this.#camera), goal, now - this.#last);
      this.#last = now;
      if (next === goal) this.#arrive(goal);
      else {
        this.#look(next);
        this.#fly();
      }
    });
  }

  /** @param {Look} goal */
  #arrive(goal) {
    this.#look(goal);
    this.#goal = null;
    this.#flying = false;
  }

  /** @param {Look} look */
  #look(look) {
    this.steering = true;
    this.#camera.lookAt(look, look.zoom);
    this.steering = false;
  }
}

/** @param {Camera} camera @returns {Look} */
export function lookOf({ middle, zoom }) {
  return { ...middle, zoom };
}
