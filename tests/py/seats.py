"""People on a board in several processes of one test: each is a `Rooms` on the same loop."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from boards import access
from boards.live import read_records
from boards.models import Board, Person
from boards.outbox import Outbox
from boards.protocol import Proposal, Put
from boards.room import Room
from boards.rooms import Rooms
from boards.session import Session

from .sockets import DEADLINE, Message, new_id, put

CURSOR = bytes([1, 1, 3, 0, 2, 4])
"""A live frame with one record: a cursor."""
STEP_SECONDS = 0.005


class Seat:
    """Somebody on a board in one process, with everything that their socket was sent."""

    def __init__(self, rooms: Rooms, room: Room, person: Person) -> None:
        self.said: list[Message] = []
        self.frames: list[bytes] = []
        self.closed: int | None = None
        self.room = room
        standing = access.standing(room.head.rules, person.pk, time.time())
        assert standing is not None
        outbox = Outbox(self._send, rooms.loop)
        self.member = room.join(outbox, person, standing)
        self.session = Session(room, self.member, rooms)

    def greet(self) -> None:
        """Says hello, with all that the board has so far."""
        self.session.hello(self.room.epoch, self.room.clock)

    async def _send(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "websocket.close":
            self.closed = message["code"]
        elif "bytes" in message:
            self.frames.append(message["bytes"])
        else:
            self.said.append(json.loads(message["text"]))

    def draw(self, key: str, uid: str = "") -> str:
        """Submits a stroke; returns the transaction's id."""
        uid = uid or new_id()
        change = msgspec.convert({**put(key), "op": "put"}, Put)
        assert self.session.submit(Proposal(id=uid, changes=[change]))
        return uid

    def point(self) -> None:
        self.session.live(read_records(CURSOR))

    def commits(self) -> list[tuple[int, str]]:
        """Clock and id of every transaction told so far, as they came."""
        return [
            (done["clock"], done["id"])
            for message in self.heard("commits")
            for done in message["transactions"]
        ]

    def heard(self, kind: str) -> list[Message]:
        return [message for message in self.said if message["type"] == kind]

    async def hears(self, *uids: str) -> None:
        """Waits until exactly these transactions have come, numbered in this order."""
        await until(lambda: len(self.commits()) >= len(uids))
        assert self.commits() == list(enumerate(uids, 1))


async def until(fits: Callable[[], object]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not fits():  # noqa: ASYNC110  # Outcomes of other threads, too, have no event.
            await asyncio.sleep(STEP_SECONDS)


class Process:
    """One server process, as far as its boards are concerned."""

    def __init__(self, origin: str) -> None:
        self.rooms = Rooms(asyncio.get_running_loop(), origin)

    async def seat(self, board: Board, person: Person) -> Seat:
        seat = await self.connection(board, person)
        seat.greet()
        return seat

    async def connection(self, board: Board, person: Person) -> Seat:
        """One that has not said hello yet."""
        room = await self.rooms.open(board.pk)
        assert room is not None
        return Seat(self.rooms, room, person)


@asynccontextmanager
async def two_processes() -> AsyncIterator[tuple[Process, Process]]:
    """They share the channel layer and the database, and nothing else."""
    one, two = Process("one"), Process("two")
    try:
        yield one, two
    finally:
        await one.rooms.close()
        await two.rooms.close()
