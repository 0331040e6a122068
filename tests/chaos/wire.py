"""The network between one client and the servers, as bad as one likes.

A TCP proxy of its own for each client. A new connection goes to any of the servers, so nothing may
depend on coming back to the same one.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Final

HOST: Final = "127.0.0.1"
CHUNK: Final = 16 * 1024
SOCKET_BYTES: Final = 32 * 1024
"""Small buffers at every step, so that who stops reading really holds up the server."""
SLOW_BYTES: Final = 3000
"""A second, each way (F2)."""
SLOW_STEP: Final = 600
DELAY_SECONDS: Final = 0.3
ABANDONED_SECONDS: Final = 60.0
"""A half-open connection that the server has not noticed by then is one that it never will."""

LASTING: Final = (b"GET /ws/", b"GET /live/events")


class Condition(StrEnum):
    """What a network does to its connections."""

    GOOD = "good"
    SLOW = "slow"
    DELAYED = "delayed"
    REFUSED = "refused"


class Connection:
    """Bytes on their way between a client and a server."""

    def __init__(self, wire: Wire, port: int) -> None:
        self.port = port
        self._wire = wire
        self._writers: list[asyncio.StreamWriter] = []
        self._pumps: list[asyncio.Task[None]] = []
        self._scissors: int | None = None
        self._lasts = False
        """Whether it carries a stream that both sides want to last; others may lie idle."""
        self.silent_since: float | None = None
        """Half-open: nothing passes any more, and nobody is told."""

    async def run(self, near: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        self._writers = [near[1]]
        try:
            far = await open_small(self.port)
        except OSError:
            self.cut()
            return
        self._writers.append(far[1])
        down = asyncio.create_task(self._carry(far[0], near[1]))
        up = asyncio.create_task(self._carry(near[0], far[1]))
        self._pumps = [down, up]
        try:
            await asyncio.wait([down, up], return_when=asyncio.FIRST_COMPLETED)
            if self.silent_since is not None:
                await self._stay_half_open(server=down, client=up)
        finally:
            self.cut()
            await asyncio.gather(down, up, return_exceptions=True)

    def cut(self) -> None:
        """Ends at once, without a goodbye."""
        for writer in self._writers:
            writer.transport.abort()
        for pump in self._pumps:
            pump.cancel()

    def cut_in_frame(self, after: int) -> None:
        """Ends within the next bytes: what is on its way arrives in part."""
        self._scissors = after

    def go_silent(self) -> None:
        if self.silent_since is None:
            self.silent_since = time.monotonic()

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(CHUNK):
                self._lasts = self._lasts or data.startswith(LASTING)
                if self.silent_since is not None:
                    continue
                for part in await self._wire.hold_up(data):
                    await self._pass_on(part, target)
                    await self._wire.pace(part)

    async def _pass_on(self, data: bytes, target: asyncio.StreamWriter) -> None:
        if self.silent_since is not None:
            return
        if self._scissors is not None:
            data, more = data[: self._scissors], len(data) > self._scissors
            self._scissors -= len(data)
            if more or self._scissors == 0:
                target.write(data)
                # Closed, not aborted: the half frame itself has to arrive.
                target.close()
                raise ConnectionResetError("cut in the middle")
        target.write(data)
        await target.drain()

    async def _stay_half_open(self, server: asyncio.Task[None], client: asyncio.Task[None]) -> None:
        """One side has given up; the other is not told, and has to notice by itself."""
        assert self.silent_since is not None
        if self._lasts:
            self._wire.given_up(client.done(), time.monotonic() - self.silent_since)
        other = server if client.done() else client
        _, still = await asyncio.wait([other], timeout=ABANDONED_SECONDS)
        if self._lasts:
            self._wire.given_up(other is client, time.monotonic() - self.silent_since, bool(still))


class Wire:
    """All connections of one client, now and in future."""

    def __init__(self, pick_port: Callable[[], int]) -> None:
        self._pick_port = pick_port
        self._server: asyncio.Server | None = None
        self._connections: dict[Connection, asyncio.Task[None]] = {}
        self.condition = Condition.GOOD
        self.noticed_by_client: list[float] = []
        """Seconds until the client gave up a half-open connection."""
        self.noticed_by_server: list[float] = []

    async def open(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BYTES)
        listener.bind((HOST, 0))
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=CHUNK)
        self.port = int(listener.getsockname()[1])

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        tasks = list(self._connections.values())
        for connection in list(self._connections):
            connection.cut()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def speaking(self) -> list[Connection]:
        """The connections over which something may pass."""
        return [connection for connection in self._connections if connection.silent_since is None]

    # -- faults ------------------------------------------------------------------------------------

    def cut(self) -> None:
        for connection in self.speaking:
            connection.cut()

    def cut_in_frame(self, after: int) -> None:
        for connection in self.speaking:
            connection.cut_in_frame(after)

    def go_half_open(self) -> None:
        for connection in self.speaking:
            connection.go_silent()

    def refuse(self) -> None:
        self.condition = Condition.REFUSED
        self.cut()

    def mend(self) -> None:
        """New connections are good again; what has gone silent stays so, as on a real network."""
        self.condition = Condition.GOOD

    # -- what connections ask ----------------------------------------------------------------------

    async def hold_up(self, data: bytes) -> list[bytes]:
        """Takes its time, and says in which parts the bytes travel."""
        if self.condition is Condition.DELAYED:
            await asyncio.sleep(DELAY_SECONDS)
        if self.condition is Condition.SLOW:
            return [data[at : at + SLOW_STEP] for at in range(0, len(data), SLOW_STEP)]
        return [data]

    async def pace(self, part: bytes) -> None:
        if self.condition is Condition.SLOW:
            await asyncio.sleep(len(part) / SLOW_BYTES)

    def given_up(self, by_client: bool, seconds: float, never: bool = False) -> None:
        if never:
            seconds = float("inf")
        (self.noticed_by_client if by_client else self.noticed_by_server).append(seconds)

    # -- connections -------------------------------------------------------------------------------

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.condition is Condition.REFUSED:
            writer.transport.abort()
            return
        make_small(writer)
        connection = Connection(self, self._pick_port())
        task = asyncio.create_task(connection.run((reader, writer)))
        self._connections[connection] = task
        task.add_done_callback(lambda _: self._connections.pop(connection))


async def open_small(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to a server that buffers little."""
    end = socket.socket()
    end.setblocking(False)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BYTES)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BYTES)
    try:
        await asyncio.get_running_loop().sock_connect(end, (HOST, port))
    except BaseException:
        end.close()
        raise
    reader, writer = await asyncio.open_connection(sock=end, limit=CHUNK)
    make_small(writer)
    return reader, writer


def make_small(writer: asyncio.StreamWriter) -> None:
    writer.transport.set_write_buffer_limits(high=CHUNK)
