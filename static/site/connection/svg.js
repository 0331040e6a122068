// Drawing without markup in strings.

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...(SVGElement | string)} children */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Signs that say in a shape what a colour says too. @type {Record<import("./outcomes.js").State, string>} */
const SIGNS = {
  waiting: "M12 12h.01",
  running: "M12 7v5l3 2",
  good: "m7.5 12.5 3 3 6-6.5",
  bad: "m8.5 8.5 7 7m0-7-7 7",
  untested: "M8 12h8",
};

/** @param {import("./outcomes.js").State} state */
export function sign(state) {
  return svg(
    "svg",
    { class: "sign", viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("circle", { cx: 12, cy: 12, r: 10 }),
    svg("path", { d: SIGNS[state] }),
  );
}

/** A figure that is described in words. @param {string} name @param {string} words @param {...SVGElement} children */
export function figure(name, words, ...children) {
  return svg("svg", { class: name, role: "img", "aria-label": words }, ...children);
}

/** @param {number} share from 0 to 1 */
export function percent(share) {
  return `${(100 * share).toFixed(2)}%`;
}
