// The four transports side by side, as charts and as a table.

import { t } from "../../board/core/translate.js";
import { make } from "../../board/ui/dom.js";
import { axis, bar, bounds, dots, scaleOf } from "./charts.js";
import { median, percentile } from "./figures.js";

/**
 * @typedef {import("./race.js").Lap} Lap
 * @typedef {import("./race.js").TransportName} TransportName
 * @typedef {import("./figures.js").Writer} Writer
 */

/** @param {string} name */
export function transportName(name) {
  return (
    {
      websocket: t("WebSocket"),
      sse: t("Event stream"),
      longpoll: t("Long polling"),
      poll: t("Polling"),
    }[name] ?? name
  );
}

/** @param {HTMLElement} place @param {readonly Lap[]} laps @param {Writer} write */
export function showLaps(place, laps, write) {
  place.replaceChildren(latencies(laps, write), costs(laps, write), table(laps, write));
}

/** @param {readonly Lap[]} laps @param {Writer} write */
function latencies(laps, write) {
  const [least, most] = bounds(laps.flatMap(({ late }) => late));
  const place = scaleOf(least, most);
  const rows = laps.map(({ name, late }) => {
    const figures = t("Median {median}, 95 of 100 within {most}", {
      median: write.ms(median(late)),
      most: write.ms(percentile(late, 0.95)),
    });
    const words = `${transportName(name)}: ${figures}`;
    return make(
      "div",
      { class: `lap lap-${name}` },
      make("span", { class: "lap-name" }, transportName(name)),
      wrapped(dots(late, place, words)),
      make("span", { class: "lap-figures muted", "aria-hidden": "true" }, figures),
    );
  });
  const scale = make(
    "div",
    { class: "lap" },
    make("span", {}),
    wrapped(axis(least, most, place, write)),
  );
  return make(
    "figure",
    { class: "chart late" },
    make("figcaption", {}, t("How late each of the 300 points was back")),
    ...rows,
    scale,
  );
}

/** @param {SVGElement} drawing */
function wrapped(drawing) {
  const holder = make("div", { class: "lap-plot" });
  holder.append(drawing);
  return holder;
}

/** @param {readonly Lap[]} laps @param {Writer} write */
function costs(laps, write) {
  const all = (/** @type {Lap} */ { up, down }) =>
    up.drawing + up.around + down.drawing + down.around;
  const most = Math.max(...laps.map(all));
  const rows = laps.map((lap) => {
    const drawing = lap.up.drawing + lap.down.drawing;
    return make(
      "div",
      { class: `lap lap-${lap.name}` },
      make("span", { class: "lap-name" }, transportName(lap.name)),
      make("div", { class: "lap-plot" }, bar(drawing, all(lap) - drawing, most)),
      make(
        "span",
        { class: "lap-figures muted" },
        t("{all} in {requests}", { all: write.bytes(all(lap)), requests: requestsOf(lap, write) }),
      ),
    );
  });
  return make(
    "figure",
    { class: "chart" },
    make(
      "figcaption",
      {},
      t("Bytes both ways, computed: the drawing itself, and what stands around it"),
    ),
    make(
      "p",
      { class: "legend muted" },
      make("span", { class: "legend-drawing" }, t("drawing")),
      make("span", { class: "legend-around" }, t("around it")),
    ),
    ...rows,
  );
}

/** @param {Lap} lap @param {Writer} write */
export function requestsOf({ requests }, write) {
  return requests === 1 ? t("1 request") : t("{count} requests", { count: write.number(requests) });
}

/** @param {readonly Lap[]} laps @param {Writer} write */
function table(laps, write) {
  /** @type {[string, (lap: Lap) => string][]} */
  const rows = [
    [t("Requests"), ({ requests }) => write.number(requests)],
    [t("Median of a point"), ({ late }) => write.ms(median(late))],
    [t("95 of 100 points within"), ({ late }) => write.ms(percentile(late, 0.95))],
    [t("Sent, computed"), ({ up }) => write.bytes(up.drawing + up.around)],
    [t("Received, computed"), ({ down }) => write.bytes(down.drawing + down.around)],
    [
      t("Received, as the browser counts"),
      ({ seen }) => (seen === null ? t("it does not tell") : write.bytes(seen)),
    ],
  ];
  const head = laps.map(({ name }) => make("th", { scope: "col" }, transportName(name)));
  const body = rows.map(([title, value]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, title),
      ...laps.map((lap) => make("td", {}, value(lap))),
    ),
  );
  return make(
    "div",
    {
      class: "table-holder",
      tabindex: "0",
      role: "region",
      "aria-label": t("The figures as a table"),
    },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, make("td", {}), ...head)),
      make("tbody", {}, ...body),
    ),
  );
}
