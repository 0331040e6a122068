// From what a run has observed to what is wrong, how sure that is, and which lines help. Pure.

import { t } from "../../board/core/translate.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./observations.d.ts").Seen} Seen
 * @typedef {"upgrade" | "host" | "scheme" | "buffering" | "timeout" | "body"} Topic the lines of boards/connection/proxies.py
 * @typedef {"certain" | "likely" | "possible"} Sure
 * @typedef {object} Finding
 * @property {string} id
 * @property {"good" | "note" | "bad"} level
 * @property {Sure} sure
 * @property {string} title
 * @property {string} text
 * @property {Topic | null} topic
 * @property {boolean} own whether the whiteboard itself has to be told something too
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

/** @param {Partial<Finding> & {id: string, title: string, text: string}} finding @returns {Finding} */
function finding(finding) {
  return { level: "bad", sure: "certain", topic: null, own: false, ...finding };
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
          { status: http.status || t("nothing") },
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

// -- WebSockets that do not open -----------------------------------------------------------------------

/** @param {Observations} seen @returns {Finding[]} */
function refused(seen) {
  const { socket, plain, http } = seen;
  if (!socket || socket.opened || !seen.echo) return [];
  const told = socket.seen ?? http?.seen ?? null;
  if (told?.plain) return [dropped()];
  if (told && !told.accepts) return [foreign(told, seen.origin)];
  if (plain && !plain.ours) return [refusedPath(plain.status)];
  return [refusedUpgrade(told)];
}

function dropped() {
  return finding({
    id: "upgrade-dropped",
    topic: "upgrade",
    title: t("A proxy takes the upgrade out of the handshake"),
    text: t(
      "The handshake reached the server, but as an ordinary request: without its Upgrade header. A proxy passes that on only where it is told to.",
    ),
  });
}

/** The server took the page for one of another site. @param {Seen} told @param {string} origin */
function foreign(told, origin) {
  const own = new URL(origin);
  if (told.public.length > 0 && told.host === own.host) return unlisted(told, origin);
  if (told.host !== own.host) return otherHost(told, own);
  return otherScheme(told, own);
}

/** @param {Seen} told @param {string} origin */
function unlisted(told, origin) {
  return finding({
    id: "origin-unlisted",
    topic: "host",
    own: true,
    title: t("The server does not know this address as its own"),
    text: t(
      "You have come by {origin}, and the server lets in only pages of {known}. Add the address to its PUBLIC_ORIGINS.",
      { origin, known: told.public.join(", ") },
    ),
  });
}

/** @param {Seen} told @param {URL} own */
function otherHost(told, own) {
  return finding({
    id: "host-changed",
    topic: "host",
    own: true,
    title: t("A proxy changes the Host header"),
    text: t(
      "You asked for {asked}, and the server was asked for {host}. So it takes this page for one of another site and refuses its sockets.",
      { asked: own.host, host: told.host },
    ),
  });
}

/** @param {Seen} told @param {URL} own */
function otherScheme(told, own) {
  const said = told.headers.find(([name]) => name === "x-forwarded-proto")?.[1];
  const scheme = own.protocol.replace(":", "");
  const text = said
    ? t(
        "This page came by {scheme}, and the proxy says so, but the server does not believe it: it has not been told how many proxies of yours stand in front.",
        { scheme },
      )
    : t(
        "This page came by {scheme}, and the server thinks it was {believed}: nobody has told it. So it takes this page for one of another site and refuses its sockets.",
        { scheme, believed: told.scheme },
      );
  return finding({
    id: said ? "scheme-not-believed" : "scheme-unknown",
    topic: "scheme",
    own: true,
    title: t("The server does not know that you came by {scheme}", { scheme }),
    text,
  });
}

/** @param {number} status */
function refusedPath(status) {
  return finding({
    id: "path-refused",
    topic: "upgrade",
    title: t("A proxy refuses the sockets’ address"),
    text: t(
      "Even an ordinary request to /ws/ was answered with {status}, and not by our server. A rule of the proxy keeps it from coming through.",
      { status: status || t("nothing") },
    ),
  });
}

/** @param {Seen | null} told */
function refusedUpgrade(told) {
  const old = told?.http === "1.0";
  return finding({
    id: "upgrade-refused",
    topic: "upgrade",
    sure: old ? "certain" : "likely",
    title: t("Something between refuses WebSockets"),
    text: old
      ? t(
          "Ordinary requests come through, but as HTTP/1.0, which knows no upgrade. The proxy has to speak HTTP/1.1 with the server.",
        )
      : t(
          "Ordinary requests come through, to the sockets’ address too, but the handshake is answered by somebody else. If it is no proxy of yours, it is a company’s network or a virus scanner: boards go on over the other transports.",
        ),
  });
}

// -- what opens and does not last ----------------------------------------------------------------------

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
          status: stream.status || t("nothing"),
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
            status: poll.status || t("nothing"),
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
        status: body.status || t("nothing"),
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
