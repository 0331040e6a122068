// Why WebSockets do not open: taken apart, sent to the wrong name, or refused. Pure.

import { t } from "../../board/core/translate.js";
import { finding, statusOrNothing } from "./finding.js";

/**
 * @typedef {import("./observations.d.ts").Observations} Observations
 * @typedef {import("./observations.d.ts").Seen} Seen
 * @typedef {import("./finding.js").Finding} Finding
 */

/** @param {Observations} seen @returns {Finding[]} */
export function refused(seen) {
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
      { status: statusOrNothing(status) },
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
