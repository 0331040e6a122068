"""Tells the other processes what is open here and who is on it, and takes what they tell (R6).

Three sorts of messages: `process.announce` every two seconds on the group of all processes, a
board's whole list of people on the board's own group whenever it changes, and `board.who` where an
announcement shows that such a list was missed. Whatever is lost is made up for by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from .elsewhere import ANNOUNCE_SECONDS, Elsewhere
from .layer import PROCESSES, Layer
from .protocol import Someone
from .room import Room

log = logging.getLogger(__name__)

Message = dict[str, Any]


def group_of(board: UUID) -> str:
    """The channel-layer group that carries a board between processes."""
    return f"board.{board}"


def group_of_process(origin: str) -> str:
    """The group of one process, for what is meant for it alone."""
    return f"process.{origin}"


class Neighbours:
    """See the module."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        origin: str,
        layer: Layer,
        rooms: Mapping[UUID, Room],
    ) -> None:
        self.elsewhere = Elsewhere()
        self._is_silent = False
        self._loop = loop
        self._origin = origin
        self._layer = layer
        self._rooms = rooms

    # -- telling -----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Announces for ever; nothing in here can fail but by a mistake of ours."""
        await self._layer.join(PROCESSES)
        while True:
            self.announce()
            await asyncio.sleep(ANNOUNCE_SECONDS)
            self._forget_the_silent()

    def announce(self) -> None:
        boards = {str(board): room.people_version for board, room in self._rooms.items()}
        self._tell_all({"type": "process.announce", "boards": boards})

    def opened(self, board: UUID) -> None:
        """Whoever has this board open too answers with its people, and publishes from now on."""
        self._tell_all({"type": "process.opened", "boards": [str(board)]})

    def closed(self, board: UUID) -> None:
        """The next announcement tells the others."""
        self.elsewhere.people_forgotten(board)

    def say_goodbye(self) -> None:
        """The last word: anything after it would bring this process back into the others' lists."""
        self._tell_all({"type": "process.gone"})
        self._is_silent = True

    def tell_people(self, room: Room) -> None:
        """The people who are on the board in this process, whole."""
        here = room.people_here()
        people = [(s.slot, s.person, s.name, s.color) for s in here]
        # Apart from the others, so that the version before understands those (R15).
        hands = [(s.slot, s.hand) for s in here if s.hand]
        self._tell(room.board, {"type": "board.people", "people": people, "hands": hands})

    def _tell(self, board: UUID, message: Message) -> None:
        group = group_of(board)
        if not self._is_silent and not self._layer.is_alone_in(group):
            room = self._rooms.get(board)
            version = room.people_version if room else 0
            common = {"origin": self._origin, "board": str(board), "version": version}
            self._layer.publish(group, {**message, **common})

    def _tell_all(self, message: Message) -> None:
        if not self._is_silent and not self._layer.is_alone_in(PROCESSES):
            self._layer.publish(PROCESSES, {**message, "origin": self._origin})

    # -- taking ------------------------------------------------------------------------------------

    def take(self, message: Message) -> None:
        """A message of another process. Kinds that a newer version has brought are left out."""
        origin = message["origin"]
        match message["type"]:
            case "process.announce":
                boards = {UUID(board): version for board, version in message["boards"].items()}
                self._announced(origin, boards)
            case "process.opened":
                self._opened(origin, [UUID(board) for board in message["boards"]])
            case "process.gone":
                self._gone(origin)
            case "board.people":
                self._people(origin, UUID(message["board"]), message)
            case "board.who" if message["whom"] == self._origin:
                self._with_room(UUID(message["board"]), self.tell_people)

    def _announced(self, origin: str, boards: Mapping[UUID, int]) -> None:
        news = self.elsewhere.announced(origin, boards, self._loop.time())
        if news.is_new:
            # It may be new, or have been cut off: it is told at once whom it has missed.
            self.announce()
        for board in news.closed:
            self._with_room(board, lambda room: room.gone_elsewhere(origin))
        for board in news.outdated:
            if board in self._rooms:
                self._tell(board, {"type": "board.who", "whom": origin})

    def _opened(self, origin: str, boards: Iterable[UUID]) -> None:
        boards = list(boards)
        self.elsewhere.opened(origin, boards, self._loop.time())
        for board in boards:
            self._with_room(board, self.tell_people)

    def _people(self, origin: str, board: UUID, message: Message) -> None:
        now = self._loop.time()
        room = self._rooms.get(board)
        if room is None:
            self.elsewhere.opened(origin, [board], now)
            return
        is_first = self.elsewhere.people_known(origin, board, message["version"], now)
        hands = dict(message.get("hands", ()))
        people = [
            Someone(slot, person, name, color, hands.get(slot, 0))
            for slot, person, name, color in message["people"]
        ]
        room.are_elsewhere(origin, people)
        if is_first:
            # From now on it publishes; what it has committed before is in the log.
            room.heal()

    def _gone(self, origin: str) -> None:
        for board in self.elsewhere.gone(origin):
            self._with_room(board, lambda room: room.gone_elsewhere(origin))

    def _forget_the_silent(self) -> None:
        for origin in self.elsewhere.silent(self._loop.time()):
            log.info("process %s has gone without a word", origin)
            self._gone(origin)

    def _with_room(self, board: UUID, call: Callable[[Room], None]) -> None:
        room = self._rooms.get(board)
        if room is not None:
            call(room)
