// Arrows of tldraw, and what they stick to. Pure.

import { moved } from "../core/matrix.js";
import { t } from "../core/translate.js";
import { numberIn, objectOf, textIn } from "./reading.js";
import { part, through } from "./reading-places.js";
import { commonOf, lettersOf, looksOf, sizesOf } from "./tldraw-looks.js";
import { placedIn } from "./tldraw-places.js";
import { formatsIn, scaleOf, wordsOf } from "./tldraw-words.js";

/**
 * @typedef {import("../core/geometry.js").Place} Place
 * @typedef {import("../core/matrix.js").Matrix} Matrix
 * @typedef {import("./reading.js").Found} Found
 * @typedef {import("./tldraw-places.js").Placed} Placed
 * @typedef {import("./tldraw-reading.js").Drawing} Drawing
 * @typedef {import("./tldraw-shapes.js").Put} Put
 */

/** An end of an arrow on the board, and what it sticks to. @typedef {{place: Place, stuck: (other: Place) => string | undefined}} End */

const HEADS = new Map([
  ["arrow", "arrow"],
  ["triangle", "triangle"],
  ["inverted", "triangle"],
  ["dot", "dot"],
  ["diamond", "diamond"],
  ["square", "diamond"],
  ["bar", "bar"],
  ["pipe", "bar"],
  ["none", "none"],
]);
/** Bent by less it is straight. */
const STRAIGHT = 0.5;
/** What becomes an element that a line can stick to. */
const TARGETS = new Set("geo note text image frame embed bookmark".split(" "));
const NOTE_SIDE = 200;

/** @type {Put} */
export function putArrow(drawing, shape, placed) {
  const { gathering } = drawing;
  const props = objectOf(shape.props);
  const scale = scaleOf(props.scale);
  const [start, end] = [
    endOf(drawing, shape, placed, "start"),
    endOf(drawing, shape, placed, "end"),
  ];
  const bend = props.kind === "elbow" ? 0 : numberIn(props.bend);
  const places =
    Math.abs(bend) < STRAIGHT
      ? [start.place, end.place]
      : [start.place, bent(start.place, end.place, bend), end.place];
  const path = through(places.map((place) => ({ ...place, pressure: 1 })));
  if (!path) {
    gathering.leave(t("Damaged elements"));
    return;
  }
  const { fill: _, pattern: __, ...looks } = looksOf(shape, props, scale);
  const text = gathering.text(wordsOf(props));
  if (text && textIn(props.labelColor, "black") !== textIn(props.color, "black"))
    gathering.leave(t("Colours of texts at lines"));
  const { bold, italic } = text ? formatsIn(gathering, props) : {};
  const { size, font } = lettersOf(props, sizesOf(props.size).arrow * scale);
  gathering.put(textIn(shape.id), {
    kind: "arrow",
    ...path,
    ...looks,
    head: headOf(drawing, textIn(props.arrowheadEnd, "arrow")),
    tail: headOf(drawing, textIn(props.arrowheadStart, "none")),
    ...(places.length > 2 && { curve: true }),
    ...(props.kind === "elbow" && { route: "elbow" }),
    from: start.stuck(end.place),
    to: end.stuck(start.place),
    ...(text && { text, size, font, bold, italic }),
    ...placed.belongs,
    ...commonOf(gathering, shape, props),
  });
}

/** @param {Drawing} drawing @param {string} theirs */
function headOf({ gathering }, theirs) {
  const head = HEADS.get(theirs);
  if (!head || theirs === "square" || theirs === "inverted")
    gathering.leave(t("Arrowheads of other kinds"));
  return head ?? "arrow";
}

/** Its middle lies so far beside the straight way. @param {Place} from @param {Place} to @param {number} bend @returns {Place} */
function bent(from, to, bend) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return {
    x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * bend,
    y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * bend,
  };
}

/** @param {Drawing} drawing @param {Found} shape @param {Placed} placed @param {"start" | "end"} terminal @returns {End} */
function endOf(drawing, shape, { matrix }, terminal) {
  const own = objectOf(objectOf(shape.props)[terminal]);
  const { target, binding } = boundAt(drawing, shape, own, terminal);
  if (target && !TARGETS.has(textIn(target.type)))
    drawing.gathering.leave(t("Arrows that stick to drawings or groups"));
  if (!target || !TARGETS.has(textIn(target.type)))
    return { place: moved(matrix, numberIn(own.x), numberIn(own.y)), stuck: () => undefined };
  const box = {
    ...sideOf(objectOf(target.props)),
    matrix: placedIn(drawing.shapes, target).matrix,
  };
  const anchor = objectOf(binding.normalizedAnchor);
  const at = { x: numberIn(anchor.x, 0.5) * box.w, y: numberIn(anchor.y, 0.5) * box.h };
  return {
    place: moved(box.matrix, at.x, at.y),
    stuck: (other) => {
      const key = textIn(target.id);
      const edge = binding.isExact === true ? at : edgeTowards(target, box, at, other);
      // Otherwise it is aimed at the middle and ends at the outline, as ours do.
      if (binding.isPrecise !== true || !edge) return key;
      return `${key}@${part(edge.x / box.w)},${part(edge.y / box.h)}`;
    },
  };
}

/** Where theirs ends that is aimed at a place within: at the outline. Null where that isn't the box. @param {Found} target @param {{w: number, h: number, matrix: Matrix}} box @param {Place} at @param {Place} other on the board */
function edgeTowards({ type, props }, { w, h, matrix }, at, other) {
  if (type === "geo" && textIn(objectOf(props).geo) !== "rectangle") return null;
  const { x, y } = within(matrix, other);
  const ways = [
    (x > at.x ? w - at.x : -at.x) / (x - at.x),
    (y > at.y ? h - at.y : -at.y) / (y - at.y),
  ].filter((way) => way >= 0 && way <= 1);
  const way = ways.length > 0 ? Math.min(...ways) : 0;
  return { x: at.x + (x - at.x) * way, y: at.y + (y - at.y) * way };
}

/** Theirs are only turned and shifted. @param {Matrix} matrix @param {Place} place @returns {Place} */
function within([a, b, c, d, e, f], { x, y }) {
  return { x: a * (x - e) + b * (y - f), y: c * (x - e) + d * (y - f) };
}

/** Newer files have bindings of their own, older ones write them into the arrow. @param {Drawing} drawing @param {Found} shape @param {Found} own @param {string} terminal */
function boundAt({ shapes, bindings }, shape, own, terminal) {
  const record = bindings
    .get(textIn(shape.id))
    ?.find(({ props }) => objectOf(props).terminal === terminal);
  if (record) return { target: shapes.get(textIn(record.toId)), binding: objectOf(record.props) };
  return { target: shapes.get(textIn(own.boundShapeId)), binding: own };
}

/** @param {Found} props */
function sideOf({ w, h, growY, scale }) {
  const side = NOTE_SIDE * scaleOf(scale);
  return { w: numberIn(w, side), h: numberIn(h, side) + numberIn(growY) };
}
