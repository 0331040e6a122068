"""What a request costs the server: CPU microseconds of a POST, of polls and of static files.

`python -m bench.requests`. Processor time of the server's process and no latencies: it tells before
from after even while other programs use the machine.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
import time
from collections.abc import Callable
from typing import Final, Self

from .system import HOST, PROJECT, Running, seed, temporary_state, whiteboard

LISTENERS: Final = 10
"""Whose polls one frame answers."""
ROUNDS: Final = 3
NANOSECONDS: Final = 1000
STATIC: Final = "board/main.js"
PROCESS_CLOCK: Final = 2
"""How Linux numbers the clock of another process."""
STEP: Final = 25
"""So many frames are confirmed at once, as clients do."""
AS_BROWSERS: Final = (
    "Accept: */*",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Accept-Language: ko,en;q=0.9",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/146.0 Safari/537.36",
    "Sec-Fetch-Dest: empty",
    "Sec-Fetch-Mode: cors",
    "Sec-Fetch-Site: same-origin",
)
"""Each header costs something."""
FRAME: Final = '"AQEDAAIE"'
"""A live frame with one record: a cursor."""


class Line:
    """A kept connection: one request after the other."""

    def __init__(self, port: int, *headers: str) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = "".join(f"{line}\r\n" for line in (f"Host: {HOST}:{port}", *headers))
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, method: str, path: str, body: str = "", *headers: str) -> tuple[str, bytes]:
        """Head and body of the answer."""
        self.begin(method, path, body, *headers)
        return self.end()

    def begin(self, method: str, path: str, body: str = "", *headers: str) -> None:
        lines = [f"{method} {path} HTTP/1.1", self._head[:-2], *headers]
        if method == "POST":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def end(self) -> tuple[str, bytes]:
        while b"\r\n\r\n" not in self._rest:
            self._read()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        text = head.decode().lower()
        length = int(text.partition("content-length: ")[2].partition("\r\n")[0] or 0)
        while len(self._rest) < length:
            self._read()
        body, self._rest = self._rest[:length], self._rest[length:]
        return text, body

    def _read(self) -> None:
        piece = self._socket.recv(256 * 1024)
        if not piece:
            raise ConnectionError("the server has hung up")
        self._rest += piece


class Member:
    """Somebody on a board over a link: one line to post on and one to poll on."""

    def __init__(self, port: int, board: str, cookie: str) -> None:
        origin = f"Origin: http://{HOST}:{port}"
        with Line(port, origin, f"Cookie: {cookie}") as line:
            offer = json.dumps({"protocols": ["whiteboard.v1"]})
            link = json.loads(line.ask("POST", f"/live/boards/{board}/", offer)[1])["link"]
        headers = (*AS_BROWSERS, f"Cookie: {cookie}", f"X-Whiteboard-Link: {link}")
        self.posting = Line(port, origin, *headers)
        self.polling = Line(port, *headers)
        self._sent = 0
        self._arrived = 0
        self.post(json.dumps({"type": "hello", "epoch": None, "since": 0, "schema": 1}))

    def post(self, *frames: str) -> None:
        body = f'{{"first":{self._sent + 1},"frames":[{",".join(frames)}]}}'
        self._sent += len(frames)
        head, answer = self.posting.ask("POST", "/live/send", body)
        assert json.loads(answer)["received"] == self._sent, head

    def poll(self, wait: int = 0) -> int:
        self.asks(wait)
        return self.hears()

    def asks(self, wait: int) -> None:
        self.polling.begin("GET", f"/live/poll?after={self._arrived}&wait={wait}")

    def hears(self) -> int:
        """How many frames have come; says so where there are enough."""
        told = json.loads(self.polling.end()[1])
        assert "end" not in told, told
        self._arrived += len(told["frames"])
        return len(told["frames"])

    def confirm(self) -> None:
        """As clients do; it is also a sign of life."""
        self.poll()
        self.post(json.dumps({"type": "got", "frames": self._arrived}))

    def leave(self) -> None:
        self.posting.ask("POST", "/live/close")


class Bench:
    """One server, and people on one board."""

    def __init__(self, server: Running, members: list[Member]) -> None:
        self._server = server
        self._drawing, *self._listening = members

    def costs(self, count: int) -> dict[str, float]:
        """Microseconds of processor time for each."""
        post = self._each(count, self._drawing.post)
        live = self._each(count, lambda: self._drawing.post(FRAME))
        held = self._each(count // LISTENERS, self._frame_to_all)
        return {
            "POST without a frame": post,
            "POST of a live frame": live,
            "poll with nothing to say": self._each(count, self._drawing.poll),
            "held poll that a frame answers": (held - live) / LISTENERS,
            **self._static(count),
        }

    def _frame_to_all(self) -> None:
        for member in self._listening:
            member.asks(20)
        self._drawing.post(FRAME)
        for member in self._listening:
            member.hears()

    def _confirm(self) -> None:
        for member in (self._drawing, *self._listening):
            member.confirm()

    def _static(self, count: int) -> dict[str, float]:
        manifest = json.loads((PROJECT / "staticfiles" / "staticfiles.json").read_text())
        path = "/static/" + manifest["paths"][STATIC]
        with Line(self._server.port, *AS_BROWSERS) as line:
            etag = line.ask("GET", path)[0].partition("etag: ")[2].partition("\r\n")[0]
            known = f"If-None-Match: {etag}"
            return {
                "static file": self._each(count // 4, lambda: line.ask("GET", path)),
                "static file, 304": self._each(
                    count // 4, lambda: line.ask("GET", path, "", known)
                ),
            }

    def _each(self, count: int, ask: Callable[[], object]) -> float:
        used = 0
        for begun in range(0, count + STEP, STEP):
            before = self._used()
            for _ in range(STEP):
                ask()
            # The first step is there to warm up.
            used += self._used() - before if begun else 0
            self._confirm()
        return used / NANOSECONDS / (STEP * -(-count // STEP))

    def _used(self) -> int:
        """Nanoseconds of processor time, of all threads that it has had."""
        return time.clock_gettime_ns((~self._server.pid << 3) | PROCESS_CLOCK)


def measure(count: int) -> list[dict[str, float]]:
    with temporary_state() as folder, whiteboard(folder) as server:
        cookies, boards = seed(folder, LISTENERS + 1, 1)
        members = [Member(server.port, boards[0], cookie) for cookie in cookies]
        try:
            return [Bench(server, members).costs(count) for _ in range(ROUNDS)]
        finally:
            for member in members:
                member.leave()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.requests", description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    rounds = measure(parser.parse_args().count)
    print(f"| request | CPU, us: least of {ROUNDS} rounds | each |\n| --- | --- | --- |")
    for name in rounds[0]:
        costs = [round(one[name]) for one in rounds]
        print(f"| {name} | {min(costs)} | {', '.join(map(str, costs))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
