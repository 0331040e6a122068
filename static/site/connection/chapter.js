// The chapter's sentences with the figures of this run in them. Pure.

import { t } from "../../board/core/translate.js";
import { median } from "./figures.js";
import { requestsOf, transportName } from "./results.js";

/**
 * @typedef {import("./race.js").Lap} Lap
 * @typedef {import("./figures.js").Writer} Writer
 */

/** @param {Lap} lap */
export const costOf = ({ up, down }) => up.drawing + up.around + down.drawing + down.around;

/** By the place in the chapter; what has not been measured has no sentence. @param {readonly Lap[]} laps @param {Writer} write @returns {Record<string, string>} */
export function sentences(laps, write) {
  const [socket, sse, longpoll, poll] = ["websocket", "sse", "longpoll", "poll"].map((wanted) =>
    laps.find(({ name }) => name === wanted),
  );
  /** @type {Record<string, string>} */
  const said = {};
  if (poll) said.ajax = ofPolling(poll, write);
  if (longpoll) said.longpoll = ofLongPolling(longpoll, write);
  if (sse) said.stream = ofStream(sse, write);
  if (socket) said.websocket = ofSocket(socket, write);
  if (socket && poll) said.ratio = ofRatio(socket, laps, write);
  return said;
}

/** @param {Lap} lap @param {Writer} write */
function ofPolling(lap, write) {
  return t(
    "Just now: {requests} in {seconds} s for one stroke, half of the points back after {median} or more, and {around} of headers and wrapping around {drawing} of drawing.",
    {
      requests: requestsOf(lap, write),
      seconds: write.number(lap.seconds),
      median: write.ms(median(lap.late)),
      around: write.bytes(lap.up.around + lap.down.around),
      drawing: write.bytes(lap.up.drawing + lap.down.drawing),
    },
  );
}

/** @param {Lap} lap @param {Writer} write */
function ofLongPolling(lap, write) {
  return t("Just now: half of the points were back within {median}, at the price of {requests}.", {
    median: write.ms(median(lap.late)),
    requests: requestsOf(lap, write),
  });
}

/** @param {Lap} lap @param {Writer} write */
function ofStream(lap, write) {
  return t(
    "Just now: one answer carried all points back, half of them within {median}; the other {count} requests took them there.",
    { median: write.ms(median(lap.late)), count: write.number(Math.max(0, lap.requests - 1)) },
  );
}

/** @param {Lap} lap @param {Writer} write */
function ofSocket(lap, write) {
  return t(
    "Just now: one request, then {drawing} of drawing with {around} around it, handshake included; half of the points were back within {median}.",
    {
      drawing: write.bytes(lap.up.drawing + lap.down.drawing),
      around: write.bytes(lap.up.around + lap.down.around),
      median: write.ms(median(lap.late)),
    },
  );
}

/** @param {Lap} socket @param {readonly Lap[]} laps @param {Writer} write */
function ofRatio(socket, laps, write) {
  const others = laps
    .filter(({ name }) => name !== "websocket")
    .map((lap) =>
      t("{name} {times} times", {
        name: transportName(lap.name),
        times: write.number(costOf(lap) / costOf(socket)),
      }),
    );
  return t("Compared with the WebSocket’s bytes, this very stroke took: {others}.", {
    others: others.join(", "),
  });
}
