// Questions of which some are answered by this run's own figures. Pure.

import { t } from "../../board/core/translate.js";
import { costOf } from "./chapter.js";
import { frameHead } from "./framing.js";
import { transportName } from "./results.js";

/**
 * @typedef {import("./race.js").Lap} Lap
 * @typedef {import("./figures.js").Writer} Writer
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {{id: string, asked: string, answers: readonly string[], right: number, because: string}} Question
 */

/** Only what this run can explain. @param {Observations} seen @param {readonly Lap[]} laps @param {string} accept @param {number} frame bytes of one frame of the stroke @param {Writer} write @returns {Question[]} */
export function questions(seen, laps, accept, frame, write) {
  return [
    ...(laps.length > 1 ? [mostRequests(laps, write), fewestBytes(laps, write)] : []),
    ...(accept ? [whatForAccept(accept)] : []),
    ...(seen.aborted?.code === 1006 ? [whoSent1006()] : []),
    ...(seen.socket?.opened ? [beforeEachFrame(frame)] : []),
    ...(seen.held ? [howLongToHold(seen.held, write)] : []),
    whyOrigin(seen),
  ];
}

/** @param {readonly Lap[]} laps @param {(lap: Lap) => number} value @param {1 | -1} sign */
function outstanding(laps, value, sign) {
  return laps.reduce((best, lap) => (sign * value(lap) > sign * value(best) ? lap : best));
}

/** @param {readonly Lap[]} laps @param {Writer} write @returns {Question} */
function mostRequests(laps, write) {
  const most = outstanding(laps, ({ requests }) => requests, 1);
  const counts = laps.map(
    ({ name, requests }) => `${transportName(name)} ${write.number(requests)}`,
  );
  return {
    id: "requests",
    asked: t("Which transport made the most requests for the stroke, in this run?"),
    answers: laps.map(({ name }) => transportName(name)),
    right: laps.indexOf(most),
    because: t(
      "These were the requests: {counts}. Held requests are answered by each event, so lively drawing makes many of them; plain polling gathers what happened since it last asked.",
      { counts: counts.join(", ") },
    ),
  };
}

/** @param {readonly Lap[]} laps @param {Writer} write @returns {Question} */
function fewestBytes(laps, write) {
  const least = outstanding(laps, costOf, -1);
  const costs = laps.map((lap) => `${transportName(lap.name)} ${write.bytes(costOf(lap))}`);
  return {
    id: "bytes",
    asked: t("Which one moved the fewest bytes?"),
    answers: laps.map(({ name }) => transportName(name)),
    right: laps.indexOf(least),
    because: t(
      "These were the bytes both ways: {costs}. The drawing was the same each time; the rest is what stands around it.",
      {
        costs: costs.join(", "),
      },
    ),
  };
}

/** @param {string} accept @returns {Question} */
function whatForAccept(accept) {
  return {
    id: "accept",
    asked: t("What is Sec-WebSocket-Accept good for?"),
    answers: [
      t("It encrypts what follows"),
      t("It shows that the answer comes from somebody who understood the handshake"),
      t("It proves who the server is"),
    ],
    right: 1,
    because: t(
      "Anybody can compute {accept} from the key, as this page did, so it is no secret and proves nobody’s identity. But a server or cache that only repeats what it knows would not have got it right.",
      { accept },
    ),
  };
}

/** @returns {Question} */
function whoSent1006() {
  return {
    id: "code",
    asked: t("When the line was cut the page was told code 1006. Who sent it?"),
    answers: [t("The server"), t("The proxy"), t("Nobody")],
    right: 2,
    because: t(
      "The server cut the line without a word. RFC 6455 forbids 1006 on the wire; the browser makes it up so that a page has something to read.",
    ),
  };
}

/** @param {number} frame @returns {Question} */
function beforeEachFrame(frame) {
  const [up, down] = [frameHead(frame, true), frameHead(frame, false)];
  return {
    id: "frame",
    asked: t(
      "A frame of this stroke has {frame} bytes. How many stand before it on its way to the server?",
      { frame },
    ),
    answers: [String(down), String(up), String(up + 34), t("A whole set of headers")],
    right: 1,
    because: t(
      "{down} for what it is and how long, and 4 for the mask that browsers must use, so that no page can write what a careless proxy takes for a request. On its way back it has no mask: {down}.",
      { down },
    ),
  };
}

/** @param {NonNullable<Observations["held"]>} held @param {Writer} write @returns {Question} */
function howLongToHold({ wanted, held }, write) {
  return {
    id: "held",
    asked: t("Why does the server answer a held request after 25 s, even with nothing to tell?"),
    answers: [
      t("Because proxies often cut an answer that takes longer than 30 s"),
      t("Because browsers allow no longer requests"),
      t("Because HTTP says so"),
    ],
    right: 0,
    because: t(
      "Neither HTTP nor browsers set such a limit; what stands between does. Here a request was to be held for {wanted}, and lasted {held}.",
      { wanted: write.seconds(wanted), held: write.seconds(held) },
    ),
  };
}

/** @param {Observations} seen @returns {Question} */
function whyOrigin({ socket }) {
  const origin = socket?.report?.headers.find(([name]) => name === "origin")?.[1];
  const because = t(
    "A browser lets any page open a socket to any server, and sends the cookies along. Without a look at Origin, a page elsewhere could draw in your name.",
  );
  const yours = t("Yours was {origin}.", { origin: origin ?? "" });
  return {
    id: "origin",
    asked: t("Why does the server look at the Origin header of a handshake?"),
    answers: [
      t("To know in which language to answer"),
      t("Because browsers let pages of any site open sockets"),
      t("Because the handshake would fail without it"),
    ],
    right: 1,
    because: origin ? `${because} ${yours}` : because,
  };
}
