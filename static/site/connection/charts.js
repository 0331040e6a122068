// Small charts: values on a line, pieces of a stream in time, and bars of bytes.

import { t } from "../../board/core/translate.js";
import { make } from "../../board/ui/dom.js";
import { median, percentile } from "./figures.js";
import { figure, percent, svg } from "./svg.js";

/** @typedef {import("./figures.js").Writer} Writer */
/** @typedef {import("./observations.d.ts").Piece} Piece */

/** Dots are spread over the height, always in the same way, so that they don't hide each other. */
const SPREAD = [0.5, 0.3, 0.7, 0.4, 0.6, 0.25, 0.75, 0.45, 0.55, 0.35, 0.65];
const MARGIN = 0.02;

/** From a value to its place, each step ten times the last one. @param {number} least @param {number} most */
export function scaleOf(least, most) {
  const [low, high] = [Math.log10(least), Math.log10(most)];
  return (/** @type {number} */ value) => {
    const share = (Math.log10(Math.max(value, least)) - low) / (high - low || 1);
    return MARGIN + (1 - 2 * MARGIN) * Math.min(1, Math.max(0, share));
  };
}

/** The steps of ten around these values. @param {readonly number[]} values @returns {[number, number]} */
export function bounds(values) {
  const least = 10 ** Math.floor(Math.log10(Math.max(0.1, Math.min(...values))));
  return [least, Math.max(least * 10, 10 ** Math.ceil(Math.log10(Math.max(...values))))];
}

/** @param {readonly number[]} values @param {(value: number) => number} place @param {string} words */
export function dots(values, place, words) {
  const points = values.map((value, i) =>
    svg("circle", {
      cx: percent(place(value)),
      cy: percent(Number(SPREAD[i % SPREAD.length])),
      r: 2.5,
    }),
  );
  const line = (/** @type {number} */ value, /** @type {string} */ name) => {
    const x = percent(place(value));
    return svg("line", { class: name, x1: x, x2: x, y1: "8%", y2: "92%" });
  };
  return figure(
    "dots",
    words,
    ...points,
    line(median(values), "median"),
    line(percentile(values, 0.95), "most"),
  );
}

/** @param {number} least @param {number} most @param {(value: number) => number} place @param {Writer} write */
export function axis(least, most, place, write) {
  const marks = [];
  for (let value = least; value <= most * 1.01; value *= 10) {
    const x = percent(place(value));
    let anchor = "middle";
    if (value === least) anchor = "start";
    else if (value * 10 > most * 1.01) anchor = "end";
    marks.push(svg("text", { x, y: 14, "text-anchor": anchor }, write.ms(value)));
  }
  return svg("svg", { class: "axis", "aria-hidden": "true" }, ...marks);
}

/** @param {readonly number[]} values @param {Writer} write */
export function strip(values, write) {
  const [least, most] = bounds(values);
  const place = scaleOf(least, most);
  const words = t("Median {median}, 95 of 100 within {most}", {
    median: write.ms(median(values)),
    most: write.ms(percentile(values, 0.95)),
  });
  return make(
    "div",
    { class: "strip" },
    dots(values, place, words),
    axis(least, most, place, write),
  );
}

/** When each piece was sent, and when it came. @param {readonly Piece[]} pieces @param {Writer} write */
export function timeline(pieces, write) {
  const ends = pieces.flatMap(({ sent, arrived }) => [sent, arrived ?? 0]);
  const most = Math.max(1, ...ends);
  const place = (/** @type {number} */ at) => percent(MARGIN + (1 - 2 * MARGIN) * (at / most));
  const lines = pieces.map(({ sent, arrived }) => {
    if (arrived === null) return svg("circle", { class: "lost", cx: place(sent), cy: "25%", r: 4 });
    return svg("line", { x1: place(sent), y1: "25%", x2: place(arrived), y2: "75%" });
  });
  const came = pieces.flatMap(({ arrived }) =>
    arrived === null ? [] : [svg("circle", { class: "came", cx: place(arrived), cy: "75%", r: 4 })],
  );
  const sent = pieces.map((piece) => svg("circle", { cx: place(piece.sent), cy: "25%", r: 4 }));
  const words = pieces
    .map((piece) =>
      piece.arrived === null
        ? t("sent at {sent}, never came", { sent: write.ms(piece.sent) })
        : t("sent at {sent}, came at {came}", {
            sent: write.ms(piece.sent),
            came: write.ms(piece.arrived),
          }),
    )
    .join("; ");
  return make(
    "div",
    { class: "timeline" },
    make("span", { "aria-hidden": "true" }, t("sent")),
    make("span", { "aria-hidden": "true" }, t("arrived")),
    figure("pieces", words, ...lines, ...sent, ...came),
  );
}

/** Two parts of a whole, as long as they are among all. @param {number} first @param {number} second @param {number} most */
export function bar(first, second, most) {
  const inner = make("span", { class: "bar-drawing" });
  const outer = make("span", { class: "bar-around" });
  inner.style.setProperty("--share", percent(first / most));
  outer.style.setProperty("--share", percent(second / most));
  return make("span", { class: "bar", "aria-hidden": "true" }, inner, outer);
}
