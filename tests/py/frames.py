"""Frames of RFC 6455 made and read by hand, over a plain TCP connection: also such as are wrong."""

from __future__ import annotations

import itertools
import json
import socket
import struct
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, Final, Self

from boards.echo import SUBPROTOCOL
from cluster.processes import HOST

DEADLINE: Final = 20.0
"""Seconds until a silent server fails a test; it answers in milliseconds."""
KEY: Final = b64encode(b"the sample nonce").decode()
RFC_KEY: Final = "dGhlIHNhbXBsZSBub25jZQ=="
FIRST_OWN_CODE: Final = 3000
"""From here on close codes are an application's."""
MASK: Final = b"\x37\xfa\x21\x3d"

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


def masked(payload: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(payload, itertools.cycle(MASK), strict=False))


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    mask: bool = True,
    length: bytes | None = None,
) -> bytes:
    """A client's frame; `length` is what is said instead of the shortest form of the true one."""
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    said = length if length is not None else shortest(len(payload))
    head = bytes([first, said[0] | (0x80 if mask else 0)]) + said[1:]
    return head + (MASK + masked(payload) if mask else payload)


def shortest(size: int) -> bytes:
    if size < 126:
        return bytes([size])
    return b"\x7e" + struct.pack("!H", size) if size < 65_536 else b"\x7f" + struct.pack("!Q", size)


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason)


class Raw:
    """One connection to `/ws/echo/`; what comes is told in words: `text hello`, `close 1002`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=DEADLINE)
        self._received = b""
        self._origin = f"http://{HOST}:{port}"
        self.status = 0
        self.answer: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @classmethod
    def open(cls, port: int) -> Self:
        """After the handshake and the server's report."""
        raw = cls(port)
        raw.shake_hands()
        assert raw.status == 101, raw.status
        raw.report = json.loads(next(raw.events()).removeprefix("text "))
        return raw

    report: dict[str, Any]

    def shake_hands(self, **changed: str | None) -> None:
        """Headers by their names with `_` for `-`; None leaves one out."""
        headers: dict[str, str | None] = {
            "Host": self._origin.removeprefix("http://"),
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Origin": self._origin,
            "Sec-WebSocket-Key": KEY,
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Protocol": SUBPROTOCOL,
        }
        headers.update({name.replace("_", "-"): value for name, value in changed.items()})
        lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
        self.send("\r\n".join(["GET /ws/echo/ HTTP/1.1", *lines, "", ""]).encode())
        while b"\r\n\r\n" not in self._received and self._more():
            pass
        head, _, self._received = self._received.partition(b"\r\n\r\n")
        first, *rest = head.decode().split("\r\n")
        self.status = int(first.split()[1])
        pairs = (line.partition(":") for line in rest)
        self.answer = {name.lower(): value.strip() for name, _, value in pairs}

    def send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError:
            # It has been cut already; reading tells so too.
            return

    def said(self) -> list[str]:
        """Everything up to the echo of a last text, the server's close, or the end.

        Not up to the pong of a last ping: that overtakes what the application has to say.
        """
        self.send(frame(TEXT, b"that is all"))
        found = []
        for event in self.events():
            if event == "text that is all":
                break
            found.append(event)
            if event.startswith("close"):
                break
        return found

    def is_reset(self) -> bool:
        """Whether the connection ends by a reset instead of simply ending."""
        try:
            while self._socket.recv(65_536):
                pass
        except ConnectionResetError:
            return True
        return False

    def events(self) -> Iterator[str]:
        while (read := self._frame()) is not None:
            yield told(*read)
        yield "cut"

    def _frame(self) -> tuple[int, bytes] | None:
        if (head := self._bytes(2)) is None:
            return None
        assert head[0] & 0x80, "the server makes no fragments"
        assert not head[1] & 0x80, "a server must not mask"
        size = head[1]
        if size > 125:
            more = self._bytes(2 if size == 126 else 8)
            if more is None:
                return None
            size = int.from_bytes(more)
            assert shortest(size)[1:] == more, "not the shortest form of a length"
        payload = self._bytes(size)
        return None if payload is None else (head[0] & 0x0F, payload)

    def _bytes(self, count: int) -> bytes | None:
        while len(self._received) < count:
            if not self._more():
                return None
        data, self._received = self._received[:count], self._received[count:]
        return data

    def _more(self) -> bool:
        try:
            data = self._socket.recv(65_536)
        except ConnectionError:
            return False
        self._received += data
        return bool(data)


def told(opcode: int, payload: bytes) -> str:
    """A frame in words; long contents as their length."""
    if opcode == CLOSE:
        code = int.from_bytes(payload[:2])
        # A server's own words for what is wrong are its own affair.
        reason = payload[2:].decode() if code >= FIRST_OWN_CODE else ""
        return f"close {code or 'without a code'} {reason}".rstrip()
    name = {TEXT: "text", BINARY: "binary", PING: "ping", PONG: "pong"}[opcode]
    shown = f"of {len(payload)}" if len(payload) > 100 and opcode != TEXT else payload.decode()
    return f"{name} {shown}".rstrip() if payload else f"empty {name}"
