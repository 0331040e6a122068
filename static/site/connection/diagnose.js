// From what a run has observed to what is wrong, how sure that is, and which lines help. Pure.

import { t } from "../../board/core/translate.js";
import { refused } from "./diagnose-refused.js";
import { finding, statusOrNothing } from "./finding.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./finding.js").Finding} Finding
 */

/** How late a piece of a stream may be without anybody having held it back. */
const LATE_MS = 1000;
/** A poll that is answered this much sooner than it was to be held has been cut. */
const EARLY_MS = 1000;
/** The server pings a silent socket this often. */
export const PING_SECONDS = 10;

/** The most important one first; never none. @param {Observations} seen @returns {Finding[]} */
export function diagnose(seen) {
  const found = [
    ...offOrAway(seen),
    ...refused(seen),
    ...idleCut(seen),
    ...changed(seen),
    ...gathered(seen),
    ...cutPolls(seen),
    ...tooSmall(seen),
    ...uncounted(seen),
  ];
  return found.length > 0 ? found : [fine(seen)];
}

/** @param {Observations} seen */
function offOrAway({ echo, http }) {
  const found = [];
  if (http && !http.seen)
    found.push(
      finding({
        id: "http",
        title: t("The server does not answer as ours does"),
        text: t(
          "An ordinary request was answered with {status}. Something that stands between answers in its place.",
          { status: statusOrNothing(http.status) },
        ),
      }),
    );
  if (!echo)
    found.push(
      finding({
        id: "off",
        level: "note",
        title: t("The echo is switched off"),
        text: t(
          "Whoever runs this server has switched the echo off, so there is nothing to test against.",
        ),
      }),
    );
  return found;
}

/** @param {Observations} seen */
function idleCut({ idle }) {
  if (!idle || idle.code === null) return [];
  const seconds = Math.round(idle.held / 1000);
  const text =
    seconds < PING_SECONDS
      ? t(
          "A silent socket was cut after {seconds} s, before the server’s ping that comes every {ping} s.",
          { seconds, ping: PING_SECONDS },
        )
      : t(
          "A silent socket was cut after {seconds} s, although the server pings it every {ping} s.",
          {
            seconds,
            ping: PING_SECONDS,
          },
        );
  return [finding({ id: "idle-cut", topic: "timeout", title: t("Silent sockets are cut"), text })];
}

/** @param {Observations} seen */
function changed({ echoed }) {
  if (!echoed || (echoed.text && echoed.binary)) return [];
  return [
    finding({
      id: "changed",
      title: t("What is sent does not come back as it was"),
      text: t(
        "Something on the way changes messages, or stops them. A proxy must pass them on unread.",
      ),
    }),
  ];
}

/** @param {Observations} seen */
function gathered({ stream }) {
  if (!stream) return [];
  if (stream.status !== 200)
    return [
      finding({
        id: "stream-refused",
        title: t("The stream of events is refused"),
        text: t("It was answered with {status}. Boards go on without it, by long polling.", {
          status: statusOrNothing(stream.status),
        }),
      }),
    ];
  if (!isGathered(stream.pieces)) return [];
  return [
    finding({
      id: "stream-gathered",
      topic: "buffering",
      title: t("A proxy gathers what the server streams"),
      text: t(
        "Pieces that the server sent one by one did not arrive one by one: somebody keeps them until there are more. Over such a stream strokes come late and in jerks.",
      ),
    }),
  ];
}

/** Whether pieces came later than any way takes, or not at all. @param {readonly import("./observations.d.ts").Piece[]} pieces */
export function isGathered(pieces) {
  if (pieces.length === 0) return false;
  return pieces.some(
    ({ sent, taken, arrived }) => arrived === null || arrived - (taken ?? sent) > LATE_MS,
  );
}

/** @param {Observations} seen */
function cutPolls({ poll, held }) {
  const found = [];
  if (poll && (poll.status !== 200 || poll.late === null))
    found.push(
      finding({
        id: "poll-late",
        topic: "buffering",
        sure: "likely",
        title: t("A held request is not answered when the event comes"),
        text: t(
          "It was answered with {status}. Something keeps the answer back, or gives its own.",
          {
            status: statusOrNothing(poll.status),
          },
        ),
      }),
    );
  if (held && held.held < held.wanted - EARLY_MS)
    found.push(
      finding({
        id: "poll-cut",
        topic: "timeout",
        title: t("Held requests are cut"),
        text: t(
          "A request that the server would have held for {wanted} s was cut after {seconds} s.",
          {
            wanted: Math.round(held.wanted / 1000),
            seconds: Math.round(held.held / 1000),
          },
        ),
      }),
    );
  return found;
}

/** @param {Observations} seen */
function tooSmall({ body }) {
  if (!body || body.status === 200) return [];
  return [
    finding({
      id: "body-too-big",
      topic: "body",
      sure: body.status === 413 ? "certain" : "likely",
      title: t("Large requests are refused"),
      text: t("A request of {size} KiB was answered with {status}; the server takes 256 KiB.", {
        size: Math.round(body.bytes / 1024),
        status: statusOrNothing(body.status),
      }),
    }),
  ];
}

/** Forwarded addresses that nobody reads: limits take all people for one. @param {Observations} seen */
function uncounted({ http }) {
  const told = http?.seen;
  if (!told || told.proxies > 0) return [];
  if (!told.headers.some(([name]) => name === "x-forwarded-for")) return [];
  return [
    finding({
      id: "proxies-uncounted",
      level: "note",
      topic: "scheme",
      own: true,
      title: t("Everybody seems to come from one address"),
      text: t(
        "A proxy tells where requests come from, but the server has not been told to believe it. All people count as {address}, and share its limits.",
        { address: told.address },
      ),
    }),
  ];
}

/** @param {Observations} seen */
function fine({ idle, held }) {
  const waiting = !idle || !held;
  return finding({
    id: "fine",
    level: "good",
    sure: waiting ? "likely" : "certain",
    title: waiting ? t("Everything has worked so far") : t("Everything works"),
    text: waiting
      ? t("Two checks take longer; they go on below.")
      : t("Nothing between this browser and this server is in the way."),
  });
}
