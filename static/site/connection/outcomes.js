// What each card says of what was observed: a state, a sentence, and the facts with where each is from. Pure.

import { t } from "../../board/core/translate.js";
import { isGathered } from "./diagnose.js";
import { median, percentile } from "./figures.js";
import { statusOrNothing } from "./finding.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./figures.js").Writer} Writer
 * @typedef {"waiting" | "running" | "good" | "bad" | "untested"} State
 * @typedef {"browser" | "server" | "computed"} Source
 * @typedef {{name: string, value: string, source: Source, note?: string}} Fact
 * @typedef {{state: State, said: string, facts?: Fact[], values?: number[], pieces?: import("./observations.d.ts").Piece[]}} Outcome
 */

/** What browsers hide from pages, in the order in which the RFC tells of it. */
const HANDSHAKE = [
  "Host",
  "Upgrade",
  "Connection",
  "Origin",
  "Sec-WebSocket-Key",
  "Sec-WebSocket-Version",
  "Sec-WebSocket-Protocol",
];

/** @param {string} why @returns {Outcome} */
export function untested(why) {
  return { state: "untested", said: why };
}

/** @param {NonNullable<Observations["http"]>} http @param {Writer} write @returns {Outcome} */
export function ofHttp({ status, ms, protocol, server, seen }, write) {
  if (!seen)
    return {
      state: "bad",
      said: t("Answered with {status}.", { status: statusOrNothing(status) }),
    };
  /** @type {Fact[]} */
  const facts = [{ name: t("Status"), value: String(status), source: "browser" }];
  if (protocol)
    facts.push({ name: t("Protocol to the nearest server"), value: protocol, source: "browser" });
  if (server) facts.push({ name: "Server, Via", value: server, source: "browser" });
  facts.push({
    name: t("Protocol that reached the whiteboard"),
    value: `HTTP/${seen.http}`,
    source: "server",
  });
  facts.push({ name: "Host", value: seen.host, source: "server" });
  facts.push({ name: t("Your address as it counts"), value: seen.address, source: "server" });
  const known = new Set(["host", "user-agent", "connection", "upgrade"]);
  for (const [name, value] of seen.headers)
    if (!known.has(name)) facts.push({ name: properName(name), value, source: "server" });
  return { state: "good", said: t("Answered in {time}.", { time: write.ms(ms) }), facts };
}

/** @param {NonNullable<Observations["socket"]>} socket @param {Writer} write @returns {Outcome} */
export function ofHandshake({ opened, ms, code, report, seen }, write) {
  if (!opened || !report) {
    const said = t("The socket did not open; the browser tells no more than code {code}.", {
      code: code ?? "–",
    });
    const facts = (seen?.plain ?? []).map(([name, value]) => fact(name, value, "server"));
    return { state: "bad", said, facts };
  }
  const told = new Map(report.headers);
  const facts = HANDSHAKE.map((name) => {
    const value = told.get(name.toLowerCase());
    if (value !== undefined) return fact(name, value, "server");
    return { ...fact(name, "–", "server"), note: t("did not arrive: a proxy dropped it") };
  });
  for (const [name, value] of report.headers)
    if (!HANDSHAKE.some((known) => known.toLowerCase() === name) && name !== "user-agent")
      facts.push(fact(name, value, "server"));
  return { state: "good", said: t("Open after {time}.", { time: write.ms(ms) }), facts };
}

/** @param {string} name @param {string} value @param {Source} source @returns {Fact} */
function fact(name, value, source) {
  return { name: properName(name), value, source };
}

/** @param {string} name */
function properName(name) {
  const found = HANDSHAKE.find((known) => known.toLowerCase() === name.toLowerCase());
  const upper = name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return found ?? upper.replace("Websocket", "WebSocket");
}

/** @param {string} key @param {string} accept @returns {Outcome} */
export function ofAccept(key, accept) {
  return {
    state: "good",
    said: t("The server has read the key: the browser would not have opened the socket otherwise."),
    facts: [
      { name: "Sec-WebSocket-Key", value: key, source: "server" },
      { name: "Sec-WebSocket-Accept", value: accept, source: "computed" },
    ],
  };
}

/** @param {readonly string[]} offered @param {string} chosen @param {boolean} refused whether an unknown one was @returns {Outcome} */
export function ofSubprotocol(offered, chosen, refused) {
  const good = chosen === "whiteboard.echo" && refused;
  return {
    state: good ? "good" : "bad",
    said: good
      ? t("The server chose {chosen}, and refused a handshake that offered nothing it knows.", {
          chosen,
        })
      : t("The server chose {chosen} and should have refused what it does not know.", { chosen }),
    facts: [
      { name: t("Offered"), value: offered.join(", "), source: "browser" },
      { name: t("Chosen"), value: chosen, source: "browser" },
    ],
  };
}

/** @param {"refused" | "accepted" | "untested"} happened @returns {Outcome} */
export function ofOrigin(happened) {
  if (happened === "untested")
    return untested(t("Not tested: the frame without an origin did not load."));
  if (happened === "refused")
    return { state: "good", said: t("A page without an origin was refused, as it must be.") };
  return { state: "bad", said: t("A page without an origin got a socket. That must not happen.") };
}

/** @param {NonNullable<Observations["echoed"]>} echoed @param {string} words @returns {Outcome} */
export function ofEcho({ text, binary }, words) {
  const good = text && binary;
  return {
    state: good ? "good" : "bad",
    said: good
      ? t("A text and all 256 bytes came back as they were sent.")
      : t("What came back is not what was sent."),
    facts: [{ name: t("Text"), value: words, source: "browser" }],
  };
}

/** @param {number[]} pings @param {Writer} write @returns {Outcome} */
export function ofPings(pings, write) {
  if (pings.length === 0) return { state: "bad", said: t("Nothing came back.") };
  const said = t("{count} there and back: median {median}, 95 of 100 within {most}.", {
    count: pings.length,
    median: write.ms(median(pings)),
    most: write.ms(percentile(pings, 0.95)),
  });
  return { state: "good", said, values: pings };
}

/** @param {NonNullable<Observations["closed"]>} closed @param {{code: number, reason: string}} asked @returns {Outcome} */
export function ofClose({ code, reason, clean }, asked) {
  const good = code === asked.code && reason === asked.reason;
  const told = [String(code), reason && `“${reason}”`].filter(Boolean).join(" ");
  return {
    state: good ? "good" : "bad",
    said: good
      ? t("The server closed with {told}, as it was asked to.", { told })
      : t("Asked to close with {asked}, the socket ended with {told}.", {
          asked: asked.code,
          told,
        }),
    facts: [{ name: "wasClean", value: String(clean), source: "browser" }],
  };
}

/** @param {NonNullable<Observations["aborted"]>} aborted @returns {Outcome} */
export function ofAbort({ code, clean }) {
  const good = code === 1006 && !clean;
  return {
    state: good ? "good" : "bad",
    said: good
      ? t("The server cut the line without a word, and the browser made up code 1006.")
      : t(
          "The server cut the line, and the browser was told {code}: somebody in between made up a close.",
          {
            code,
          },
        ),
    facts: [{ name: "wasClean", value: String(clean), source: "browser" }],
  };
}

/** @param {NonNullable<Observations["stream"]>} stream @param {Writer} write @returns {Outcome} */
export function ofStream({ status, pieces }, write) {
  if (status !== 200)
    return {
      state: "bad",
      said: t("Answered with {status}.", { status: statusOrNothing(status) }),
      pieces,
    };
  if (isGathered(pieces))
    return {
      state: "bad",
      said: t("The pieces did not arrive as they were sent: somebody gathers them."),
      pieces,
    };
  const late = pieces.map(({ sent, taken, arrived }) => Number(arrived) - (taken ?? sent));
  return {
    state: "good",
    said: t("{count} pieces arrived one by one, each within {most} of reaching the server.", {
      count: pieces.length,
      most: write.ms(Math.max(1, ...late)),
    }),
    pieces,
  };
}

/** @param {NonNullable<Observations["poll"]>} poll @param {Writer} write @returns {Outcome} */
export function ofPoll({ status, late }, write) {
  if (status !== 200 || late === null)
    return {
      state: "bad",
      said: t("Answered with {status}.", { status: statusOrNothing(status) }),
    };
  return {
    state: "good",
    said: t("The held request was answered {time} after the event.", { time: write.ms(late) }),
  };
}

/** @param {NonNullable<Observations["body"]>} body @param {Writer} write @returns {Outcome} */
export function ofBody({ status, bytes }, write) {
  const size = write.bytes(bytes);
  if (status === 200)
    return { state: "good", said: t("{size} in one request came through.", { size }) };
  const said = t("{size} in one request was answered with {status}.", {
    size,
    status: statusOrNothing(status),
  });
  return { state: "bad", said };
}

/** @param {NonNullable<Observations["idle"]>} idle @param {Writer} write @returns {Outcome} */
export function ofIdle({ held, code }, write) {
  const time = write.seconds(held);
  if (code === null)
    return { state: "good", said: t("Silent for {time}, and still open.", { time }) };
  return { state: "bad", said: t("Cut after {time} with code {code}.", { time, code }) };
}

/** @param {NonNullable<Observations["held"]>} held @param {Writer} write @returns {Outcome} */
export function ofHeld({ wanted, held, status }, write) {
  const time = write.seconds(held);
  if (held >= wanted - 1000 && status === 200)
    return { state: "good", said: t("Held for {time}, then answered.", { time }) };
  const said = t("Cut after {time}; it was answered with {status}.", {
    time,
    status: statusOrNothing(status),
  });
  return { state: "bad", said };
}
