// The yardstick: the barest Node `ws` relay. What one sends goes as it is to all others of the board.
//
// It checks nothing and stores nothing. Text is also returned to its sender, as the receipt that
// our server's `commits` is, so that both systems send the same number of frames.

import { WebSocketServer } from "ws";

/** @type {Map<string, Set<import("ws").WebSocket>>} */
const boards = new Map();

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2] ?? 0),
  perMessageDeflate: false,
});

server.on("connection", (socket, request) => {
  const board = request.url ?? "/";
  const sockets = boards.get(board) ?? new Set();
  boards.set(board, sockets.add(socket));
  socket.on("message", (data, isBinary) => {
    for (const other of sockets) {
      if (other !== socket || !isBinary) other.send(data, { binary: isBinary });
    }
  });
  socket.on("close", () => {
    sockets.delete(socket);
    if (sockets.size === 0) boards.delete(board);
  });
});

server.on("listening", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : address}\n`);
});
