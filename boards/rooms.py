"""The rooms of this process: opens and closes them, compares them with the database, ends them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final
from uuid import UUID

from . import people, store, tokens
from .alive import Alive
from .crowd import Crowd
from .elsewhere import GONE_SECONDS
from .layer import Layer
from .listener import Listener
from .load import Meter
from .member import Member
from .neighbours import Neighbours, group_of, group_of_process
from .pace import Paces
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
FAREWELL_SECONDS: Final = 0.1
"""For the last frames to leave: daphne cuts what it still holds when it stops."""
FLUSH_SECONDS: Final = 20.0
"""The writer gives up by itself before that, unless its database has frozen: then what waits was
not acknowledged, and its authors send it again to the next process."""
FAREWELL_MAX_SECONDS: Final = 2.0
"""A database that does not answer must not hold up a stop."""
LINGER_SECONDS: Final = 5.0
"""An empty room stays so long: a reload finds it open."""
YOUNG_SECONDS: Final = 5.0
"""A room publishes for so long whether or not others are known: they may not have answered yet."""


class NotRegisteredError(Exception):
    """The database has no place for this process yet."""


class Rooms:
    """All rooms of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, origin: str) -> None:
        self.loop = loop
        self.origin = origin
        self.writer = Writer(loop)
        self.crowd = Crowd()
        self.paces = Paces()
        self.stopping = False
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Task[Room | None]] = {}
        self._layer = Layer(loop, self._take)
        self._neighbours = Neighbours(loop, origin, self._layer, self._rooms)
        self._meter = Meter()
        self._alive = Alive(
            loop,
            origin,
            shared_layer=self._layer.reaches_others,
            begin_anew=self._begin_anew,
            give_way=self._give_way,
            load=lambda: self._meter.read(self._rooms),
        )
        self._starting: asyncio.Task[None] | None = None
        self._farewell: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.at_stop: list[Callable[[], None]] = []
        """Called when everybody has been told goodbye."""
        self._heard_from = loop.time()
        self._hearers: dict[str, Callable[[str, dict[str, Any]], None]] = {}
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

    @property
    def refusing(self) -> bool:
        """Another process serves these boards, and none of its strokes would be seen here."""
        return self._alive.refusing

    def opened(self, board: UUID) -> Room | None:
        return self._rooms.get(board)

    async def _open(self, board: UUID) -> Room | None:
        lane = await self.start()
        # Subscribed before the head is read: what is committed in between arrives as a frame.
        await self._layer.join(group_of(board))
        head = await read(store.head, board)
        if head is None:
            self._layer.leave(group_of(board))
            return None
        opened_at = self.loop.time()

        def publish(message: dict[str, Any]) -> None:
            young = self.loop.time() - opened_at < YOUNG_SECONDS
            if young or not self._layer.reaches_others or self._neighbours.elsewhere.has(board):
                self._publish(board, message)

        room = Room(
            board,
            head,
            loop=self.loop,
            read=read,
            publish=publish,
            tell_people=self._neighbours.tell_people,
            origin=self.origin,
            lane=lane,
        )
        self._rooms[board] = room
        self._neighbours.opened(board)
        return room

    def left(self, room: Room) -> None:
        """Somebody has left: an empty room closes after a while."""
        if room.is_empty:
            self.loop.call_later(LINGER_SECONDS, self._close_if_empty, room)

    def _close_if_empty(self, room: Room) -> None:
        if not room.is_empty or self._rooms.get(room.board) is not room:
            return
        self._forget(room)

    def _forget(self, room: Room) -> None:
        del self._rooms[room.board]
        room.close()
        self._layer.leave(group_of(room.board))
        self._neighbours.closed(room.board)

    # -- the other processes -----------------------------------------------------------------------

    async def start(self) -> int:
        """This process's lane. On first use it is registered, listens and begins to beat."""
        if self._starting is None or (self._starting.done() and self._alive.lane is None):
            self._starting = self.loop.create_task(self._begin())
        await asyncio.shield(self._starting)
        if self._alive.lane is None:
            raise NotRegisteredError("this process has not been registered")
        return self._alive.lane

    async def _begin(self) -> None:
        await self._alive.register()
        await self._layer.open()
        await self._layer.join(group_of_process(self.origin))
        self._heard_from = self.loop.time()
        self.in_background(self._neighbours.run())
        self.in_background(self._beat())
        self.in_background(self._alive.run())

    def _begin_anew(self) -> None:
        """This process has another lane now, and its people need other slots."""
        for room in list(self._rooms.values()):
            self._dismiss_all(room, CloseCode.SHUTTING_DOWN, "the server is restarting")
            self._forget(room)

    def _give_way(self) -> None:
        for room in self._rooms.values():
            self._dismiss_all(room, CloseCode.SHUTTING_DOWN, "another server serves this board")

    def _publish(self, board: UUID, message: dict[str, Any]) -> None:
        """Queues a frame for the other processes; local drawing never waits for it (R6)."""
        group = group_of(board)
        if not self._layer.is_alone_in(group):
            self._layer.publish(group, {**message, "board": str(board)})

    def _take(self, message: dict[str, Any]) -> None:
        """What another process has published."""
        if message["origin"] == self.origin:
            return
        match message["type"]:
            case "board.live":
                room = self._rooms.get(UUID(message["board"]))
                if room is not None:
                    room.live_from_elsewhere(message["frame"])
            case "board.commits":
                room = self._rooms.get(UUID(message["board"]))
                if room is not None and message["epoch"] == room.epoch:
                    for clock, text in message["commits"]:
                        room.committed(clock, text, here=False)
            case "board.lower":
                room = self._rooms.get(UUID(message["board"]))
                if room is not None:
                    room.lower_hand(message["slot"], here=False)
            case kind if kind in self._hearers:
                for item in message["items"] if message["to"] == self.origin else ():
                    self._hearers[kind](message["origin"], item)
            case _:
                self._neighbours.take(message)

    def hears(self, kind: str, take: Callable[[str, dict[str, Any]], None]) -> None:
        """Who takes the items of this kind that single processes `tell` this one."""
        self._hearers[kind] = take

    def tell(self, origin: str, kind: str, item: dict[str, Any]) -> None:
        """Tells one other process; like all that goes through the layer, it may be lost."""
        message = {"type": kind, "origin": self.origin, "to": origin, "items": [item]}
        self._layer.publish(group_of_process(origin), message)

    @property
    def others_are_out_of_reach(self) -> bool:
        """The layer is away: nothing can be asked of other processes now."""
        return self._layer.is_away

    @property
    def at_out_of_reach(self) -> list[Callable[[], None]]:
        """Called when they begin to be."""
        return self._layer.at_away

    @property
    def at_gone(self) -> list[Callable[[str], None]]:
        """Called with the name of each process that has gone."""
        return self._neighbours.at_gone

    @property
    def is_young(self) -> bool:
        """Whether this process may not have heard of all others yet."""
        return self.loop.time() - self._heard_from < GONE_SECONDS

    def knows(self, origin: str) -> bool:
        """Whether a process of this name has lately said that it is there."""
        return self._neighbours.elsewhere.knows(origin)

    def _dismiss_all(self, room: Room, code: CloseCode, why: str) -> None:
        for someone in room.everybody:
            someone.dismiss(code, why)

    # -- the heartbeat -----------------------------------------------------------------------------

    async def _beat(self) -> None:
        repeated_at = time.monotonic()
        comparing: asyncio.Task[None] | None = None
        repeating: asyncio.Task[None] | None = None
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            # Neither is awaited: a database or a layer that hangs must not stop the watch.
            if comparing is None or comparing.done():
                comparing = self.in_background(self._compare_patiently())
            late = time.monotonic() - self._rights_checked_at > RIGHTS_SECONDS
            for room in list(self._rooms.values()):
                room.live_suspended = late
                room.watch()
            everything = time.monotonic() - repeated_at > GROUP_ADD_SECONDS
            if everything:
                repeated_at = time.monotonic()
            if repeating is None or repeating.done():
                repeating = self.in_background(self._layer.repeat(everything=everything))

    async def _compare_patiently(self) -> None:
        try:
            await self._compare()
            self._rights_checked_at = time.monotonic()
        except Exception:
            # The next beat tries again; meanwhile live traffic stops after RIGHTS_SECONDS.
            log.warning("the heartbeat could not read the database", exc_info=True)

    async def _compare(self) -> None:
        """A query for all open boards and one for all people: what was missed? (R6, R13)"""
        if not self._rooms:
            return
        asked = dict(self._rooms)
        members = [someone for room in asked.values() for someone in room.everybody]
        heads = await read(store.heads, list(asked))
        versions = await read(people.access_versions, {member.person for member in members})
        shown = {member.token for member in members if member.token is not None}
        good = await read(tokens.good_among, shown) if shown else set()
        for board, room in asked.items():
            # A room opened meanwhile was not asked about: its board is not gone.
            if self._rooms.get(board) is not room:
                continue
            head = heads.get(board)
            if head is None:
                self._dismiss_all(room, CloseCode.NO_SUCH_BOARD, "this board has been deleted")
                continue
            if head.epoch != room.epoch:
                room.reborn(head.epoch, head.clock)
            elif head.clock > room.clock:
                room.heal()
            known = room.head
            outdated = (head.access_version, head.talk) != (known.access_version, known.talk)
            if outdated or room.rights_end(time.time()):
                await self.refresh(board)
        for member in members:
            if member.token is not None and member.token not in good:
                member.dismiss(CloseCode.SIGNED_OUT, "this access token is no longer good")
            elif versions.get(member.person) != member.person_version:
                _judge_anew(member)

    async def refresh(self, board: UUID) -> None:
        """Title, freeze or rights of a board have changed."""
        room = self._rooms.get(board)
        if room is None:
            return
        head = await read(store.head, board)
        if head is None:
            return
        if head.epoch != room.epoch:
            room.reborn(head.epoch, head.clock)
        room.head_changed(head)

    # -- from other threads, by `call_soon_threadsafe` ---------------------------------------------

    def refresh_soon(self, board: UUID) -> None:
        if board in self._rooms:
            self.in_background(self._refresh_patiently(board))

    def compare_soon(self) -> None:
        """Rights of people have changed: the heartbeat need not be waited for."""
        self.in_background(self._compare_patiently())

    def heal_soon(self, board: UUID) -> None:
        room = self._rooms.get(board)
        if room is not None:
            room.heal()

    def renamed(self, person: int, name: str) -> None:
        for room in self._rooms.values():
            room.renamed(person, name)

    def in_background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _refresh_patiently(self, board: UUID) -> None:
        try:
            await self.refresh(board)
        except Exception:
            # The heartbeat compares versions, so it comes again by itself.
            log.warning("a change of rights could not be read yet", exc_info=True)

    # -- the end -----------------------------------------------------------------------------------

    async def stop(self) -> None:
        """Takes nothing more, commits what waits, says bye to everybody; once, whoever asks."""
        self.stopping = True
        if self._farewell is None:
            self._farewell = self.loop.create_task(self._say_farewell())
        await asyncio.shield(self._farewell)

    async def _say_farewell(self) -> None:
        flushing = self.loop.create_task(self.writer.flush())
        await asyncio.wait({flushing}, timeout=FLUSH_SECONDS)
        for room in self._rooms.values():
            room.send_now()
            self._dismiss_all(room, CloseCode.SHUTTING_DOWN, "the server is restarting")
        for stopped in self.at_stop:
            stopped()
        self._neighbours.say_goodbye()
        await self._layer.flush()
        forgetting = self.in_background(self._alive.be_forgotten())
        await asyncio.wait({forgetting}, timeout=FAREWELL_MAX_SECONDS)
        await asyncio.sleep(FAREWELL_SECONDS)

    async def close(self) -> None:
        """Ends every task and the writer's thread."""
        await self.stop()
        await self.writer.close()
        for room in self._rooms.values():
            room.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._layer.close()


def _judge_anew(someone: Member | Listener) -> None:
    """Something about the person has changed. A program that shows a good token is not signed out
    with its person, but has to come in once more."""
    if someone.token is None:
        someone.dismiss(CloseCode.SIGNED_OUT, "you have been signed out")
    else:
        someone.dismiss(CloseCode.SHUTTING_DOWN, "rights have changed: connect again")


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
    # Only under daphne, which has loaded Twisted anyway.
    from twisted.internet.defer import Deferred

    def before_shutdown() -> Deferred[None]:
        rooms.stopping = True
        return Deferred.fromFuture(asyncio.ensure_future(rooms.stop()))

    reactor.addSystemEventTrigger("before", "shutdown", before_shutdown)
