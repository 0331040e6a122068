// Marks as the operators of a PDF's page. Pure: what they name stands in the page's resources.

import { partsOf } from "./colors-writing.js";
import { clipsOf } from "./recording.js";
import { eachStep, growthOf, SIZES, STEP, through, times } from "./recording-path.js";

/**
 * @typedef {import("./recording.js").Clip} Clip
 * @typedef {import("./recording.js").Fill} Fill
 * @typedef {import("./recording.js").Mark} Mark
 * @typedef {import("./recording.js").Picture} Picture
 * @typedef {import("./recording.js").Stroke} Stroke
 * @typedef {import("./recording.js").Text} Text
 * @typedef {import("./recording-path.js").Matrix} Matrix
 */

/** A part of a text in one font, or as a picture of it; places along the line. @typedef {{at: number, width: number, natural: number, font: string, glyphs: string, bold: boolean, slant: boolean} | {at: number, picture: string, box: {x: number, y: number, w: number, h: number}}} Written */

/**
 * What gives names to what stands in the page's resources.
 * @typedef {object} Resources
 * @property {(alpha: number, blend: string) => string} state
 * @property {(text: Text) => readonly Written[]} written
 * @property {(picture: Picture) => string | null} picture
 * @property {(content: string) => string} layer a group that is laid on the page at once
 */

const PLACES = 1000;
/** Hundredths of a unit can't be told apart. */
const FINE = 100;
/** So many numbers of a path are worth units of its own. */
const LONG = 40;
const PARTS = 1_000_000;
/** By step. */
const OPERATORS = ["m", "l", "c", "c", "h"];
const CAPS = { butt: 0, round: 1, square: 2 };
const JOINS = { miter: 0, round: 1, bevel: 2 };
const BLENDS = new Map([
  ["multiply", "Multiply"],
  ["screen", "Screen"],
  ["darken", "Darken"],
  ["lighten", "Lighten"],
  ["overlay", "Overlay"],
]);
/** A picture of a PDF stands on its lower side. @type {Matrix} */
const UPSIDE_DOWN = [1, 0, 0, -1, 0, 1];
/** What a browser leans letters by, and thickens them by, that a font has no own for. */
const SLANT = 0.25;
const BOLDNESS = 1 / 24;
/** Letters squeezed or stretched further than this can't be read. */
const STRETCH = { min: 25, max: 400 };
const UNIT = [STEP.move, 0, 0, STEP.line, 1, 0, STEP.line, 1, 1, STEP.line, 0, 1, STEP.close];

/** @param {number} value @param {number} [places] */
export function num(value, places = PLACES) {
  const rounded = Math.round(value * places) / places || 0;
  return Math.abs(rounded) < 1e-6 || Math.abs(rounded) >= 1e15
    ? String(Math.trunc(Math.max(-1e9, Math.min(1e9, rounded))))
    : String(rounded);
}

/** @param {Matrix} matrix */
export function matrixOperands(matrix) {
  return matrix.map((each, i) => num(each, i < 4 ? PARTS : PLACES)).join(" ");
}

/** @param {readonly Mark[]} marks @param {Resources} resources */
function contentOf(marks, resources) {
  return marks.map((mark) => markContent(mark, resources)).join("");
}

/** @param {Mark} mark @param {Resources} resources */
export function markContent(mark, resources) {
  const inner = innerContent(mark, resources);
  if (inner === "") return "";
  return `q\n${mark.clip ? clipsOf(mark.clip).map(clipContent).join("") : ""}${inner}Q\n`;
}

/** @param {Mark} mark @param {Resources} resources */
function innerContent(mark, resources) {
  switch (mark.type) {
    case "fill":
      return fillContent(mark, resources);
    case "stroke":
      return strokeContent(mark, resources);
    case "text":
      return textContent(mark, resources);
    case "picture":
      return pictureContent(mark, resources);
    case "group": {
      const name = resources.layer(contentOf(mark.marks, resources));
      return `${stateOf(mark, mark.alpha, resources)}/${name} Do\n`;
    }
  }
}

/** @param {Clip} clip */
function clipContent({ path, rule }) {
  // Within nothing there is no ink.
  const outline = path.length > 0 ? pathContent(path) : "0 0 0 0 re\n";
  return `${outline}${rule === "evenodd" ? "W*" : "W"} n\n`;
}

/** @param {Mark} mark @param {number} alpha @param {Resources} resources */
function stateOf({ blend }, alpha, { state }) {
  const name = BLENDS.get(blend) ?? "Normal";
  return alpha === 1 && name === "Normal" ? "" : `/${state(alpha, name)} gs\n`;
}

/** @param {import("./colors-writing.js").Parts} parts @param {string} operator */
function colorContent({ red, green, blue }, operator) {
  return `${[red, green, blue].map((part) => num(part / 255)).join(" ")} ${operator}\n`;
}

/** @param {Fill} fill @param {Resources} resources */
function fillContent(fill, resources) {
  const parts = partsOf(fill.color);
  return (
    stateOf(fill, fill.alpha * parts.alpha, resources) +
    colorContent(parts, "rg") +
    (fill.path.length > LONG ? finePathContent(fill.path) : pathContent(fill.path)) +
    (fill.rule === "evenodd" ? "f*\n" : "f\n")
  );
}

/** @param {Stroke} stroke @param {Resources} resources */
function strokeContent(stroke, resources) {
  const { width, cap, join, dash, offset, path } = stroke;
  const parts = partsOf(stroke.color);
  const looks = [
    `${num(width)} w`,
    `${CAPS[/** @type {keyof typeof CAPS} */ (cap)] ?? 0} J`,
    `${JOINS[/** @type {keyof typeof JOINS} */ (join)] ?? 0} j`,
    dash.some((each) => each > 0)
      ? `[${dash.map((each) => num(each)).join(" ")}] ${num(offset)} d`
      : "",
  ];
  return (
    stateOf(stroke, stroke.alpha * parts.alpha, resources) +
    colorContent(parts, "RG") +
    `${looks.filter(Boolean).join(" ")}\n` +
    pathContent(path) +
    "S\n"
  );
}

/** In units of its own, in which its numbers are whole and small. @param {readonly number[]} path */
function finePathContent(path) {
  const [left, top] = [Math.round(Number(path[1])), Math.round(Number(path[2]))];
  const fine = path.slice();
  eachStep(path, (step, at) => {
    for (let i = at; i < at + (SIZES[step] ?? 0); i += 2) {
      fine[i] = (Number(path[i]) - left) * FINE;
      fine[i + 1] = (Number(path[i + 1]) - top) * FINE;
    }
  });
  return `${1 / FINE} 0 0 ${1 / FINE} ${num(left)} ${num(top)} cm\n${pathContent(fine, whole)}`;
}

/** @param {number} value */
function whole(value) {
  return String(Math.round(value) || 0);
}

/** A PDF has no quadratic curves. @param {readonly number[]} path @param {(value: number) => string} [written] */
export function pathContent(path, written = num) {
  /** @type {string[]} */
  const lines = [];
  let [x, y] = [0, 0];
  eachStep(path, (step, at) => {
    if (step === STEP.close) {
      lines.push("h\n");
      return;
    }
    const end = at + (SIZES[step] ?? 0);
    let line = step === STEP.quad ? cubicFrom(path, at, x, y, written) : "";
    for (let i = step === STEP.quad ? at + 2 : at; i < end; i++)
      line += `${written(Number(path[i]))} `;
    lines.push(`${line}${OPERATORS[step]}\n`);
    [x, y] = [Number(path[end - 2]), Number(path[end - 1])];
  });
  return lines.join("");
}

/** The handles of a quadratic curve as a cubic one has them. @param {readonly number[]} path @param {number} at @param {number} x @param {number} y where it comes from @param {(value: number) => string} written */
function cubicFrom(path, at, x, y, written) {
  const [a, b, c, d] = [path[at], path[at + 1], path[at + 2], path[at + 3]].map(Number);
  const handles = [x, y, c, d].map((end, i) => {
    const pull = Number(i % 2 === 0 ? a : b);
    return written(Number(end) + (2 / 3) * (pull - Number(end)));
  });
  return `${handles.join(" ")} `;
}

/** @param {Text} text @param {Resources} resources */
function textContent(text, resources) {
  const parts = partsOf(text.color);
  const pieces = resources.written(text);
  const content = pieces.map((piece) =>
    "picture" in piece ? pictureOfText(piece, text) : pieceContent(piece, text, parts),
  );
  return stateOf(text, text.alpha * parts.alpha, resources) + content.join("");
}

/** @param {Extract<Written, {glyphs: string}>} piece @param {Text} text @param {import("./colors-writing.js").Parts} parts */
function pieceContent({ at, width, natural, font, glyphs, bold, slant }, { size, matrix }, parts) {
  const wide = natural > 0 && width > 0 ? (100 * width) / natural : 100;
  const stretch = Math.min(STRETCH.max, Math.max(STRETCH.min, wide));
  const place = times(matrix, [1, 0, slant ? SLANT : 0, -1, at, 0]);
  const thick = bold ? `2 Tr ${num(size * BOLDNESS * growthOf(matrix))} w ` : "";
  return (
    `BT\n${colorContent(parts, "rg")}${bold ? colorContent(parts, "RG") : ""}${thick}` +
    `/${font} ${num(size)} Tf ${num(stretch)} Tz ${matrixOperands(place)} Tm ${glyphs} Tj\nET\n`
  );
}

/** @param {Extract<Written, {picture: string}>} piece @param {Text} text */
function pictureOfText({ at, picture, box }, { matrix }) {
  const place = times(matrix, [box.w, 0, 0, box.h, at + box.x, box.y]);
  return `q ${matrixOperands(times(place, UPSIDE_DOWN))} cm /${picture} Do Q\n`;
}

/** @param {Picture} mark @param {Resources} resources */
function pictureContent(mark, resources) {
  const name = resources.picture(mark);
  if (!name) return "";
  const { matrix, part } = mark;
  const whole = part.x === 0 && part.y === 0 && part.w === 1 && part.h === 1;
  const cut = whole ? "" : `${pathContent(movedPath(UNIT, matrix))}W n\n`;
  const place = times(matrix, [1 / part.w, 0, 0, 1 / part.h, -part.x / part.w, -part.y / part.h]);
  return (
    stateOf(mark, mark.alpha, resources) +
    `${cut}${matrixOperands(times(place, UPSIDE_DOWN))} cm /${name} Do\n`
  );
}

/** @param {readonly number[]} path @param {Matrix} matrix */
function movedPath(path, matrix) {
  /** @type {number[]} */
  const moved = [];
  for (let at = 0; at < path.length; ) {
    const step = Number(path[at]);
    moved.push(step);
    const end = at + 1 + (SIZES[step] ?? 0);
    for (let i = at + 1; i < end; i += 2)
      moved.push(...through(matrix, Number(path[i]), Number(path[i + 1])));
    at = end;
  }
  return moved;
}
