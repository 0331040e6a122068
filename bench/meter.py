"""A line of TCP that counts what passes: every byte, headers and framing included, and requests."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Final, Self

from .system import HOST

PIECE: Final = 64 * 1024
REQUEST: Final = b" HTTP/1.1\r\n"


@dataclass
class Count:
    """Since the beginning, or between two moments."""

    up: int = 0
    down: int = 0
    requests: int = 0

    def copy(self) -> Count:
        return Count(self.up, self.down, self.requests)

    def __sub__(self, other: Count) -> Count:
        return Count(self.up - other.up, self.down - other.down, self.requests - other.requests)


class Meter:
    """All connections of one person to the server. It can be cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.count = Count()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _accept(self, near: asyncio.StreamReader, nearer: asyncio.StreamWriter) -> None:
        far, farther = await asyncio.open_connection(HOST, self._to)
        both = {nearer, farther}
        self._writers |= both
        try:
            await asyncio.gather(self._up(near, farther), self._down(far, nearer))
        finally:
            self._writers -= both
            for writer in both:
                writer.transport.abort()

    async def _up(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        end = b""
        with contextlib.suppress(OSError):
            while piece := await source.read(PIECE):
                self.count.up += len(piece)
                # A request's line may come in two pieces.
                self.count.requests += (end + piece).count(REQUEST)
                end = piece[1 - len(REQUEST) :]
                target.write(piece)
        target.transport.abort()

    async def _down(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(PIECE):
                self.count.down += len(piece)
                target.write(piece)
        target.transport.abort()
