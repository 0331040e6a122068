"""The rooms of this process: opens and closes them, and joins them to the channel layer (R6).

Here are the only `group_add` and `group_send` of the application: one channel per process, which
is a member of the group `board.<id>` of every board that is open here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import sys
import time
from collections import deque
from collections.abc import Awaitable, Coroutine
from typing import Any, Final
from uuid import UUID

from channels.layers import InMemoryChannelLayer, get_channel_layer
from twisted.internet.defer import Deferred

from . import store
from .protocol import CloseCode
from .readers import read
from .room import Room
from .writer import Writer

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS: Final = 1.0
"""How often clocks, epochs and access versions of all open boards are compared (R6, R13)."""
RIGHTS_SECONDS: Final = 5.0
"""Live traffic stops when rights could not be checked for so long (R13)."""
GROUP_ADD_SECONDS: Final = 30.0
"""Group membership is repeated: a restarted layer has forgotten it."""
PUBLISH_QUEUE: Final = 1000
"""Frames for a layer that does not answer; the oldest are dropped, the log heals what they held."""
FAREWELL_SECONDS: Final = 0.1
"""For the last frames to leave: daphne cuts what it still holds when it stops."""
LINGER_SECONDS: Final = 5.0
"""An empty room stays so long: a reload finds it open."""


class Rooms:
    """All rooms of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, origin: str) -> None:
        self.loop = loop
        self.origin = origin
        self.writer = Writer(loop)
        self.stopping = False
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Task[Room | None]] = {}
        self._layer: Any = get_channel_layer()
        self._channel: str | None = None
        self._outgoing: deque[tuple[str, dict[str, Any]]] = deque(maxlen=PUBLISH_QUEUE)
        self._publishing: asyncio.Task[None] | None = None
        self._farewell: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._rights_checked_at = time.monotonic()

    async def open(self, board: UUID) -> Room | None:
        """The room of a board; None if there is no such board."""
        room = self._rooms.get(board)
        if room is not None:
            return room
        task = self._opening.get(board)
        if task is None:
            task = self.loop.create_task(self._open(board))
            self._opening[board] = task
            task.add_done_callback(lambda _: self._opening.pop(board, None))
        return await asyncio.shield(task)

    def opened(self, board: UUID) -> Room | None:
        return self._rooms.get(board)

    async def _open(self, board: UUID) -> Room | None:
        await self._start()
        # Subscribed before the head is read: what is committed in between arrives as a frame.
        await self._group_add(board)
        head = await read(store.head, board)
        if head is None:
            await self._group_discard(board)
            return None

        def publish(message: dict[str, Any]) -> None:
            self._publish(board, message)

        room = Room(board, head, loop=self.loop, read=read, publish=publish, origin=self.origin)
        self._rooms[board] = room
        return room

    def left(self, room: Room) -> None:
        """Somebody has left: an empty room closes after a while."""
        if not room.connected:
            self.loop.call_later(LINGER_SECONDS, self._close_if_empty, room)

    def _close_if_empty(self, room: Room) -> None:
        if room.connected or self._rooms.get(room.board) is not room:
            return
        del self._rooms[room.board]
        room.close()
        self._in_background(self._group_discard(room.board))

    # -- the channel layer -------------------------------------------------------------------------

    async def _start(self) -> None:
        if self._tasks:
            return
        if self._layer is not None:
            self._channel = await self._layer.new_channel()
            self._tasks.append(self.loop.create_task(self._listen()))
        self._tasks.append(self.loop.create_task(self._beat()))

    async def _group_add(self, board: UUID) -> None:
        if self._layer is not None:
            await self._quietly(self._layer.group_add(group_of(board), self._channel))

    async def _group_discard(self, board: UUID) -> None:
        if self._layer is not None:
            await self._quietly(self._layer.group_discard(group_of(board), self._channel))

    async def _quietly(self, call: Awaitable[Any]) -> None:
        """The layer is only a hint, so its failure is logged and healed from the log (R6)."""
        try:
            await call
        except Exception:
            log.warning("a hint was lost; the heartbeat makes up for it", exc_info=True)

    def _publish(self, board: UUID, message: dict[str, Any]) -> None:
        """Queues a frame for the other processes; local drawing never waits for it (R6)."""
        if self._layer is None or self._is_alone_on(group_of(board)):
            return
        self._outgoing.append((group_of(board), {**message, "board": str(board)}))
        if self._publishing is None:
            self._publishing = self.loop.create_task(self._send_outgoing())

    def _is_alone_on(self, group: str) -> bool:
        """Whether the layer is in-memory and nobody but us is in the group.

        Then a tick need not be published: 49 us each, a third of a small board's cost.
        """
        layer = self._layer
        return isinstance(layer, InMemoryChannelLayer) and len(layer.groups.get(group, ())) < 2

    async def _send_outgoing(self) -> None:
        try:
            while self._outgoing:
                group, message = self._outgoing.popleft()
                await self._quietly(self._layer.group_send(group, message))
        finally:
            self._publishing = None

    async def _listen(self) -> None:
        """Takes what other processes publish. No timeout here: cancelling would unsubscribe."""
        while True:
            try:
                message = await self._layer.receive(self._channel)
            except Exception:
                # Layers raise what their clients raise; listening must go on whatever it was.
                log.warning("the channel layer failed", exc_info=True)
                await asyncio.sleep(HEARTBEAT_SECONDS)
                continue
            if message.get("origin") != self.origin:
                self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        room = self._rooms.get(UUID(message["board"]))
        if room is None:
            return
        if message["type"] == "board.live":
            room.live_from_elsewhere(message["frame"])
        elif message["type"] == "board.commits" and message["epoch"] == room.epoch:
            for clock, text in message["commits"]:
                room.committed(clock, text, here=False)

    # -- the heartbeat -----------------------------------------------------------------------------

    async def _beat(self) -> None:
        added_at = time.monotonic()
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await self._compare()
                self._rights_checked_at = time.monotonic()
            except Exception:
                # The next beat tries again; meanwhile live traffic stops after RIGHTS_SECONDS.
                log.warning("the heartbeat could not read the database", exc_info=True)
            late = time.monotonic() - self._rights_checked_at > RIGHTS_SECONDS
            for room in list(self._rooms.values()):
                room.live_suspended = late
                room.watch()
            if time.monotonic() - added_at > GROUP_ADD_SECONDS:
                added_at = time.monotonic()
                for board in list(self._rooms):
                    await self._group_add(board)

    async def _compare(self) -> None:
        """One query for all open boards: what has this process missed? (R6, R13)"""
        if not self._rooms:
            return
        asked = dict(self._rooms)
        heads = await read(store.heads, list(asked))
        for board, room in asked.items():
            # A room opened meanwhile was not asked about: its board is not gone.
            if self._rooms.get(board) is not room:
                continue
            head = heads.get(board)
            if head is None:
                self._vanish(room)
                continue
            clock, access_version, epoch = head
            if epoch != room.epoch:
                room.reborn(epoch, clock)
            elif clock > room.clock:
                room.heal()
            if access_version != room.head.access_version:
                await self.refresh(board)

    def _vanish(self, room: Room) -> None:
        for member in list(room.connected.values()):
            member.dismiss(CloseCode.NO_SUCH_BOARD, "this board has been deleted")

    async def refresh(self, board: UUID) -> None:
        """Title, freeze or rights of a board have changed."""
        room = self._rooms.get(board)
        if room is None:
            return
        head = await read(store.head, board)
        if head is not None:
            room.head_changed(head)

    # -- from other threads, by `call_soon_threadsafe` ---------------------------------------------

    def refresh_soon(self, board: UUID) -> None:
        if board in self._rooms:
            self._in_background(self.refresh(board))

    def heal_soon(self, board: UUID) -> None:
        room = self._rooms.get(board)
        if room is not None:
            room.heal()

    def renamed(self, person: int, name: str) -> None:
        for room in self._rooms.values():
            room.renamed(person, name)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks = [task for task in self._tasks if not task.done()]
        self._tasks.append(self.loop.create_task(self._quietly(work)))

    # -- the end -----------------------------------------------------------------------------------

    async def stop(self) -> None:
        """Takes nothing more, commits what waits, says bye to everybody; once, whoever asks."""
        self.stopping = True
        if self._farewell is None:
            self._farewell = self.loop.create_task(self._say_farewell())
        await asyncio.shield(self._farewell)

    async def _say_farewell(self) -> None:
        await self.writer.flush()
        for room in self._rooms.values():
            room.send_now()
            for member in list(room.connected.values()):
                member.dismiss(CloseCode.SHUTTING_DOWN, "the server is restarting")
        await asyncio.sleep(FAREWELL_SECONDS)

    async def close(self) -> None:
        """Ends every task and the writer's thread."""
        await self.stop()
        await self.writer.close()
        for room in self._rooms.values():
            room.close()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


def group_of(board: UUID) -> str:
    """The channel-layer group that carries a board between processes."""
    return f"board.{board}"


_by_loop: dict[asyncio.AbstractEventLoop, Rooms] = {}


def rooms_here() -> Rooms:
    """The rooms of the running loop: a process has one loop, tests have one after the other."""
    loop = asyncio.get_running_loop()
    rooms = _by_loop.get(loop)
    if rooms is None:
        for old in [old for old in list(_by_loop) if old.is_closed()]:
            del _by_loop[old]
        rooms = _by_loop[loop] = Rooms(loop, secrets.token_hex(8))
        _stop_with_the_server(rooms)
    return rooms


def everywhere_here() -> list[Rooms]:
    """All rooms of this process, for callers on other threads."""
    return [rooms for loop, rooms in list(_by_loop.items()) if not loop.is_closed()]


def _stop_with_the_server(rooms: Rooms) -> None:
    """daphne has no lifespan: its reactor is asked to tell us before it shuts down."""
    reactor = sys.modules.get("twisted.internet.reactor")
    if reactor is None or not getattr(reactor, "running", False):
        return

    def before_shutdown() -> Deferred[None]:
        rooms.stopping = True
        return Deferred.fromFuture(asyncio.ensure_future(rooms.stop()))

    reactor.addSystemEventTrigger("before", "shutdown", before_shutdown)
