// From one part of the page to the next: board, bars, panels.

/** In the order of the page. */
const REGIONS = [
  ".board-bar",
  ".people-bar",
  "#outline",
  "#comments",
  "#style-more",
  "#style",
  "#tools",
  "#zoom",
  "#help-bar",
];
const STOPS =
  'a[href], button:not([tabindex="-1"]), input:not([type="hidden"]), select, textarea, [tabindex="0"]';

/** @param {HTMLElement} canvas @param {1 | -1} step */
export function goToRegion(canvas, step) {
  const regions = [canvas, ...REGIONS.flatMap((where) => inSight(where))];
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const start = now < 0 ? 0 : now;
  for (let i = 1; i <= regions.length; i++) {
    const region = regions[(start + step * i + regions.length * i) % regions.length];
    if (region && enter(region, canvas)) return;
  }
}

/** @param {string} where @returns {HTMLElement[]} */
function inSight(where) {
  const region = document.querySelector(where);
  return region instanceof HTMLElement && region.checkVisibility() ? [region] : [];
}

/** @param {HTMLElement} region @param {HTMLElement} canvas */
function enter(region, canvas) {
  const stops = region === canvas ? [canvas] : [...region.querySelectorAll(STOPS)];
  const stop = stops.find((each) => each instanceof HTMLElement && each.checkVisibility());
  if (!(stop instanceof HTMLElement)) return false;
  stop.focus();
  return document.activeElement === stop;
}
