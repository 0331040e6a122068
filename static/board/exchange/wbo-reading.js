// Reads the boards that WBO keeps and hands out as SVG: pencil strokes, lines, boxes, ellipses and texts.

import { growth, IDENTITY, moved, multiply } from "../core/matrix.js";
import { t } from "../core/translate.js";
import { hundredths } from "../elements/kind.js";
import { Gathering } from "./gathering.js";
import { colorOf } from "./reading-colors.js";
import { inked, opacityOf, through, turnOf } from "./reading-places.js";
import { pointsAlong, stepsOf } from "./svg-paths.js";
import { tagsIn } from "./svg-tokens.js";
import { transformOf } from "./svg-transforms.js";

/**
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("./svg-tokens.js").Tag} Tag
 * @typedef {import("./format.js").Taken} Taken
 */

/** @typedef {{gathering: Gathering, key: string, matrix: Matrix, of: (name: string, otherwise?: number) => number, color: string, look: {opacity: number | undefined}, width: number}} Drawn */

const DEPTH_MAX = 100;
/** Their texts stand on a line, ours below a side; so much of a letter's size is above the line. */
const ABOVE = 1.0;
const NOT_DRAWN = new Set(["defs", "style", "script", "title", "desc", "metadata"]);
const QUIET = new Set(["svg", "g", "tspan"]);

/** @type {ReadonlyMap<string, (tag: Tag, drawn: Drawn) => void>} */
const KINDS = new Map([
  ["path", putPath],
  ["polyline", putPolyline],
  ["line", putLine],
  ["rect", putRectangle],
  ["ellipse", putEllipse],
  ["circle", putEllipse],
  ["text", putText],
]);

/** @param {string} svg @returns {Taken} */
export function readWbo(svg) {
  const gathering = new Gathering();
  /** The tags that are open, with what they do to the places in them. @type {{name: string, matrix: Matrix, drawn: boolean}[]} */
  const open = [];
  let count = 0;
  for (const tag of tagsIn(svg)) {
    const around = open.at(-1) ?? { matrix: IDENTITY, drawn: true };
    if (tag.closes) {
      if (open.at(-1)?.name === tag.name) open.pop();
      continue;
    }
    const matrix = multiply(around.matrix, transformOf(tag.attributes.get("transform")));
    const drawn =
      around.drawn && !NOT_DRAWN.has(tag.name) && tag.attributes.get("id") !== "cursors";
    if (drawn) putTag(gathering, tag, matrix, String(count++));
    if (!tag.ends && open.length < DEPTH_MAX) open.push({ name: tag.name, matrix, drawn });
  }
  return gathering.taken();
}

/** @param {Gathering} gathering @param {Tag} tag @param {Matrix} matrix @param {string} key */
function putTag(gathering, tag, matrix, key) {
  const put = KINDS.get(tag.name);
  if (!put) {
    if (!QUIET.has(tag.name)) gathering.leave(t("Elements of an unknown kind"));
    return;
  }
  const of = (/** @type {string} */ name, otherwise = 0) => {
    const value = Number.parseFloat(tag.attributes.get(name) ?? "");
    return Number.isFinite(value) ? value : otherwise;
  };
  const ink = tag.attributes.get(tag.name === "text" ? "fill" : "stroke");
  put(tag, {
    gathering,
    key,
    matrix,
    of,
    color: colorOf(ink) ?? "black",
    look: { opacity: opacityOf(of("opacity", 1)) },
    width: Math.min(1000, Math.max(0.01, hundredths(of("stroke-width", 1) * growth(matrix)))),
  });
}

/** @param {Tag} tag @param {Drawn} drawn */
function putPath({ attributes }, drawn) {
  const steps = stepsOf(attributes.get("d") ?? "");
  const arcs = steps.filter(({ name }) => name.toLowerCase() === "a");
  const [arc] = arcs;
  const [start] = pointsAlong(steps).at(-1) ?? [];
  // Older ones have ellipses as two arcs.
  if (arc && start && arcs.length === 2) {
    const [rx = 0, ry = 0] = arc.numbers;
    const toTheLeft = (arc.numbers.at(-2) ?? 0) < 0;
    putRound(drawn, { cx: start.x + (toTheLeft ? -rx : rx), cy: start.y, rx, ry });
    return;
  }
  for (const [i, places] of pointsAlong(steps).entries()) putInk(drawn, places, i);
}

/** @param {Tag} tag @param {Drawn} drawn */
function putPolyline({ attributes }, drawn) {
  const [places = []] = pointsAlong(stepsOf(`M${attributes.get("points") ?? ""}`));
  putInk(drawn, places, 0);
}

/** @param {Drawn} drawn @param {readonly import("../core/geometry.js").Place[]} places @param {number} part of the path */
function putInk({ gathering, key, matrix, color, width, look }, places, part) {
  const path = through(places.map(({ x, y }) => inked(moved(matrix, x, y))));
  if (path) gathering.put(`${key}-${part}`, { kind: "stroke", ...path, color, width, ...look });
  else if (places.length > 0) gathering.leave(t("Damaged elements"));
}

/** @param {Tag} _ @param {Drawn} drawn */
function putLine(_, { gathering, key, matrix, of, color, width, look }) {
  const ends = [moved(matrix, of("x1"), of("y1")), moved(matrix, of("x2"), of("y2"))];
  const path = through(ends.map(inked));
  if (!path) gathering.leave(t("Damaged elements"));
  else
    gathering.put(key, {
      kind: "line",
      ...path,
      color,
      width,
      head: "none",
      tail: "none",
      ...look,
    });
}

/** @param {Tag} _ @param {Drawn} drawn */
function putRectangle(_, drawn) {
  const { of } = drawn;
  putBox(drawn, "rectangle", { x: of("x"), y: of("y"), w: of("width"), h: of("height") });
}

/** @param {Tag} _ @param {Drawn} drawn */
function putEllipse(_, drawn) {
  const { of } = drawn;
  putRound(drawn, { cx: of("cx"), cy: of("cy"), rx: of("rx", of("r")), ry: of("ry", of("r")) });
}

/** @param {Drawn} drawn @param {{cx: number, cy: number, rx: number, ry: number}} round */
function putRound(drawn, { cx, cy, rx, ry }) {
  putBox(drawn, "ellipse", { x: cx - rx, y: cy - ry, w: 2 * rx, h: 2 * ry });
}

/** A box can't be slanted: it keeps its middle, its turn and the lengths of its sides. @param {Drawn} drawn @param {string} kind @param {{x: number, y: number, w: number, h: number}} box */
function putBox({ gathering, key, matrix, color, width, look }, kind, box) {
  const [a, b, c, d] = matrix;
  const middle = moved(matrix, box.x + box.w / 2, box.y + box.h / 2);
  const [w, h] = [Math.abs(box.w) * Math.hypot(a, b), Math.abs(box.h) * Math.hypot(c, d)];
  gathering.put(key, {
    kind,
    x: hundredths(middle.x - w / 2),
    y: hundredths(middle.y - h / 2),
    w: hundredths(w),
    h: hundredths(h),
    angle: turnOf(Math.atan2(b, a)),
    color,
    width,
    ...look,
  });
}

/** @param {Tag} tag @param {Drawn} drawn */
function putText(tag, { gathering, key, matrix, of, color, look }) {
  const text = gathering.text(tag.text);
  if (text === "") return;
  const size = of("font-size", 16);
  const place = moved(matrix, of("x"), of("y") - size * ABOVE);
  gathering.put(key, {
    kind: "text",
    x: hundredths(place.x),
    y: hundredths(place.y),
    color,
    text,
    size: Math.min(2000, Math.max(1, hundredths(size * growth(matrix)))),
    angle: turnOf(Math.atan2(matrix[1], matrix[0])),
    ...look,
  });
}
