// Runs in a frame without an origin: tries a handshake that must be refused, and tells how it went.

const address = new URL(location.href);
const socket = new WebSocket(
  `${address.protocol.replace("http", "ws")}//${address.host}/ws/echo/`,
  "whiteboard.echo",
);
/** @param {string} happened */
const tell = (happened) => parent.postMessage({ origin: self.origin, happened }, "*");

socket.addEventListener("open", () => tell("open"));
socket.addEventListener("close", () => tell("close"));
