"""As much of HTTP/1.1 as the transports need: kept connections, streamed answers, no dependency."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from .site import Site

Headers = Sequence[tuple[str, str]]

HEAD_BYTES: Final = 64 * 1024
PIECE_BYTES: Final = 64 * 1024
CONNECT_SECONDS: Final = 10.0


class BrokenError(ConnectionError):
    """The answer is not HTTP, or not whole."""


@dataclass
class Answer:
    """Status and headers; the body is read from it, once."""

    status: int
    headers: list[tuple[str, str]]
    """Names in lower case."""
    _connection: HttpConnection = field(repr=False)
    finished: bool = False

    def header(self, name: str) -> str:
        return next((value for one, value in self.headers if one == name), "")

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes."""
        async for piece in self._connection.body(self):
            yield piece
        self.finished = True
        self._connection.answered(self)

    async def body(self) -> bytes:
        return b"".join([piece async for piece in self.pieces()])


class HttpConnection:
    """To one server; one request after the other. What is cut off is opened again by the next."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def request(
        self, method: str, path: str, headers: Headers = (), body: bytes = b""
    ) -> Answer:
        """Returns when the head of the answer is there. Its body must be read before the next."""
        reader, writer = await self._connected()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._site.origin.split('//')[1]}"]
        lines += [f"{name}: {value}" for name, value in (*self._site.headers, *headers)]
        if method != "GET":
            lines.append(f"Content-Length: {len(body)}")
        try:
            writer.write("\r\n".join((*lines, "", "")).encode("latin-1") + body)
            await writer.drain()
            return await self._head(reader)
        except BaseException:
            # Half a question or half an answer: nothing can follow on this connection.
            self.abort()
            raise

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self.abort()
            site = self._site
            async with asyncio.timeout(CONNECT_SECONDS):
                self._reader, self._writer = await asyncio.open_connection(
                    site.host, site.port, ssl=True if site.tls else None, limit=HEAD_BYTES
                )
        return self._reader, self._writer

    async def _head(self, reader: asyncio.StreamReader) -> Answer:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head[:-4].decode("latin-1").split("\r\n")
            version, status = first.split(" ", 2)[:2]
            pairs = [line.split(":", 1) for line in lines]
            headers = [(name.strip().lower(), value.strip()) for name, value in pairs]
            if not version.startswith("HTTP/1."):
                raise BrokenError(f"{version!r} is not HTTP/1.1")
            return Answer(int(status), headers, self)
        except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise BrokenError("no answer that can be read") from error

    async def body(self, answer: Answer) -> AsyncIterator[bytes]:
        """For `Answer` alone."""
        reader = self._reader
        if reader is None:
            raise BrokenError("the connection was given up")
        try:
            if "chunked" in answer.header("transfer-encoding").lower():
                while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                    yield await reader.readexactly(size)
                    await reader.readexactly(2)
                while await reader.readuntil(b"\r\n") != b"\r\n":
                    pass
            elif answer.header("content-length"):
                left = int(answer.header("content-length"))
                while left:
                    piece = await reader.readexactly(min(left, PIECE_BYTES))
                    left -= len(piece)
                    yield piece
            elif answer.status not in {204, 304}:
                while piece := await reader.read(PIECE_BYTES):
                    yield piece
        except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            self.abort()
            raise BrokenError("the answer was cut off") from error

    def answered(self, answer: Answer) -> None:
        """For `Answer` alone: the whole body is there."""
        lengthless = not answer.header("content-length") and not answer.header("transfer-encoding")
        if answer.header("connection").lower() == "close" or (
            lengthless and answer.status not in {204, 304}
        ):
            self.abort()

    def abort(self) -> None:
        """Without a goodbye. The next request opens another connection."""
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None


async def fetch(
    site: Site,
    method: str,
    path: str,
    headers: Headers = (),
    body: bytes = b"",
    *,
    seconds: float,
) -> tuple[Answer, bytes]:
    """One request on a connection of its own."""
    connection = HttpConnection(site)
    try:
        async with asyncio.timeout(seconds):
            answer = await connection.request(method, path, headers, body)
            return answer, await answer.body()
    finally:
        connection.abort()
