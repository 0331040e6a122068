// The worker: paints tiles of the elements that the page tells it about.

import { onArrival, onPictures } from "./elements/later.js";
import "./elements/others.js";
import { pictures, picturesFrom } from "./elements/pictures.js";
import { Painting } from "./view/raster.js";
import { PostedScene } from "./view/scene.js";
import { newSurface } from "./view/surface.js";
import { TILE_PIXELS } from "./view/tiles.js";

/** @typedef {import("./view/worker-painter.js").Answer} Answer */
/** @typedef {import("./view/worker-painter.js").Order} Order */

const scene = new PostedScene();
const surface = newSurface(TILE_PIXELS, TILE_PIXELS);
let revision = 0;
/** Of pictures that the browser has in its cache few take longer, and nobody minds an old picture for so long. */
const WAITS = 5;
const WAIT_MS = 30;

/** @param {Order & {type: "paint"}} order */
async function paint({ job, scale, left, top, look, patient }) {
  const view = { ...look, scale, left, top };
  const draw = () => {
    pictures.missed = false;
    const { ctx } = surface;
    new Painting({ ctx, scene, view, width: TILE_PIXELS, height: TILE_PIXELS }).step(() => false);
  };
  draw();
  // Where a picture has been moved to, a paper would flash up.
  for (let waits = 0; patient && pictures.missed && waits < WAITS; waits++) {
    await pause();
    draw();
  }
  const bitmap = /** @type {ImageBitmap} */ (surface.take());
  answer({ type: "painted", job, revision, bitmap }, [bitmap]);
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, WAIT_MS));
}

/** @param {Answer} message @param {Transferable[]} transfer */
function answer(message, transfer = []) {
  self.postMessage(message, { transfer });
}

self.onmessage = (/** @type {MessageEvent<Order>} */ { data }) => {
  if (data.type === "paint") {
    paint(data);
    return;
  }
  scene.apply(data.parcel);
  revision = data.revision;
};

onArrival(() => answer({ type: "arrived" }));
onPictures((assets) => answer({ type: "pictures", assets }));
// The page names it with the worker's own address.
picturesFrom(location.hash.slice(1));
answer({ type: "ready" });
