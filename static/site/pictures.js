// Small pictures of the boards in the list, drawn here from their documents as they come into view.

import { union } from "../board/core/geometry.js";
import { compareElements } from "../board/core/order.js";
import { kindOf } from "../board/elements/index.js";
import { onArrival } from "../board/elements/later.js";
import "../board/elements/others.js";
import { onThemeChange, shownTheme } from "../board/ui/theme.js";

/** @typedef {import("../board/core/fold.js").Element} Element */

/** More would cost the list more than the picture is worth. */
const MOST_ELEMENTS = 3000;
const MARGIN = 12;
/** A lonely dot isn't blown up to fill the card. */
const MOST_ZOOM = 1;

/** What has been read, so that another theme or width draws again without asking. @type {Map<HTMLCanvasElement, Element[]>} */
const read = new Map();

/** @param {HTMLCanvasElement} canvas @returns {Promise<Element[]>} in the order in which they are painted */
async function readElements(canvas) {
  const count = Number(canvas.dataset.elements);
  if (count === 0 || count > MOST_ELEMENTS) return [];
  try {
    const answer = await fetch(canvas.dataset.picture ?? "");
    if (!answer.ok) return [];
    /** @type {{elements: Record<string, Element>}} */
    const { elements } = await answer.json();
    return Object.entries(elements)
      .sort(compareElements)
      .map(([, element]) => element);
  } catch {
    // A list without pictures is still a list.
    return [];
  }
}

/** @param {HTMLCanvasElement} canvas */
function draw(canvas) {
  const ctx = canvas.getContext("2d");
  const elements = read.get(canvas);
  if (!ctx || !elements?.length) return;
  const bounds = elements.map((element) => kindOf(element).bounds(element)).reduce(union);
  const pixels = devicePixelRatio;
  canvas.width = Math.round(canvas.clientWidth * pixels);
  canvas.height = Math.round(canvas.clientHeight * pixels);
  const scale = Math.min(
    (canvas.width - 2 * MARGIN * pixels) / Math.max(1, bounds.maxX - bounds.minX),
    (canvas.height - 2 * MARGIN * pixels) / Math.max(1, bounds.maxY - bounds.minY),
    MOST_ZOOM * pixels,
  );
  const view = {
    theme: shownTheme(),
    scale,
    left: Math.round(((bounds.minX + bounds.maxX) * scale - canvas.width) / 2),
    top: Math.round(((bounds.minY + bounds.maxY) * scale - canvas.height) / 2),
  };
  for (const element of elements) kindOf(element).draw(ctx, element, view);
}

/** One after the other: a list of forty boards is no reason to ask forty times at once. */
let last = Promise.resolve();

/** @param {HTMLCanvasElement} canvas */
function drawSoon(canvas) {
  last = last.then(async () => {
    read.set(canvas, await readElements(canvas));
    draw(canvas);
  });
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting || !(target instanceof HTMLCanvasElement)) continue;
    seen.unobserve(target);
    drawSoon(target);
  }
});
for (const canvas of document.querySelectorAll("canvas[data-picture]")) seen.observe(canvas);

const drawAll = () => {
  for (const canvas of read.keys()) draw(canvas);
};
onThemeChange(drawAll);
onArrival(drawAll);
addEventListener("resize", drawAll);
