"""What this process does at the moment, told with each sign of life; and all processes added up.

Rooms count with plain integers while people draw; here they are compared once in a beat.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

import msgspec

BOARDS_TOLD: Final = 500
"""Boards that one process names; of the others only their number is told."""
CONNECTIONS_TOLD: Final = 5000
"""About 200 KiB of text with each beat."""
MINUTE: Final = 60.0
UNKNOWN_ADDRESSES: Final = frozenset({"", "unknown"})


class Counted(NamedTuple):
    """What has gone through a room in this process since it was opened."""

    transactions: int
    transaction_bytes: int
    live_frames: int


class Connection(NamedTuple):
    """Somebody on a board, and where from; momentary, never logged and never backed up."""

    person: int
    address: str
    since: int
    """Milliseconds since 1970."""


class OpenBoard(Protocol):
    """A room, as far as it is counted."""

    @property
    def counted(self) -> Counted: ...

    @property
    def sockets(self) -> int: ...

    @property
    def connections(self) -> Sequence[Connection]: ...


class Meter:
    """Compares the rooms' counters with those of a minute ago."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._minute: deque[tuple[float, dict[UUID, Counted]]] = deque()
        self._cpu = (clock(), time.process_time())

    def read(self, rooms: Mapping[UUID, OpenBoard]) -> dict[str, Any]:
        """What `ServerProcess.load` holds; on the rooms' own thread."""
        now = self._clock()
        counted = {board: room.counted for board, room in rooms.items()}
        last_minute = self._since_a_minute(now, counted)
        told, crowds = _named(rooms)
        return {
            "sockets": sum(room.sockets for room in rooms.values()),
            "open": len(rooms),
            "boards": told,
            "crowds": crowds,
            "rates": {
                str(board): [one.transactions, one.transaction_bytes]
                for board, one in last_minute.items()
                if one.transactions and str(board) in told
            },
            "tx": sum(one.transactions for one in last_minute.values()),
            "bytes": sum(one.transaction_bytes for one in last_minute.values()),
            "live": sum(one.live_frames for one in last_minute.values()),
            "cpu": self._cpu_percent(now),
            "rss": resident_bytes(),
        }

    def _since_a_minute(self, now: float, counted: dict[UUID, Counted]) -> dict[UUID, Counted]:
        self._minute.append((now, counted))
        while len(self._minute) > 1 and now - self._minute[1][0] >= MINUTE:
            self._minute.popleft()
        before = self._minute[0][1] if now - self._minute[0][0] >= MINUTE else {}
        return {board: _more(one, before.get(board)) for board, one in counted.items()}

    def _cpu_percent(self, now: float) -> int:
        (then, used_then), self._cpu = self._cpu, (now, time.process_time())
        passed = now - then
        return round(100 * (self._cpu[1] - used_then) / passed) if passed else 0


def _more(now: Counted, before: Counted | None) -> Counted:
    # A room that was closed and opened again meanwhile has begun to count anew.
    if before is None or before.transactions > now.transactions:
        return now
    return Counted(now[0] - before[0], now[1] - before[1], now[2] - before[2])


def _named(
    rooms: Mapping[UUID, OpenBoard],
) -> tuple[dict[str, list[Connection]], dict[str, int]]:
    """The fullest boards with who is on them, and how many where not all of them are told."""
    fullest = nlargest(BOARDS_TOLD, rooms.items(), key=lambda one: one[1].sockets)
    told: dict[str, list[Connection]] = {}
    crowds: dict[str, int] = {}
    left = CONNECTIONS_TOLD
    for board, room in fullest:
        here = room.connections if left else ()
        told[str(board)] = list(here[:left])
        if room.sockets > left:
            crowds[str(board)] = room.sockets
        left = max(0, left - room.sockets)
    return told, crowds


def resident_bytes(statm: Path = Path("/proc/self/statm")) -> int:
    """Memory of this process; 0 where the system does not tell it like this."""
    try:
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def as_text(load: Mapping[str, Any]) -> str:
    return msgspec.json.encode(load).decode()


# -- all processes added up ------------------------------------------------------------------------


class Load(msgspec.Struct, frozen=True):
    """What one process has told; another version may tell less or more."""

    sockets: int = 0
    open: int = 0
    boards: dict[UUID, list[Connection]] = {}
    crowds: dict[UUID, int] = {}
    rates: dict[UUID, tuple[int, int]] = {}
    tx: int = 0
    bytes: int = 0
    live: int = 0
    cpu: int = 0
    rss: int = 0


_decode: Final = msgspec.json.Decoder(Load).decode


def load_of(text: str) -> Load:
    """Nothing at all where it can't be read."""
    try:
        return _decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Load()


@dataclass
class OnBoard:
    """One board in all processes, in the last minute."""

    connections: list[Connection] = field(default_factory=list)
    sockets: int = 0
    transactions: int = 0
    transaction_bytes: int = 0

    @property
    def people(self) -> int:
        return len({one.person for one in self.connections})


@dataclass
class Everywhere:
    """All processes together."""

    boards: dict[UUID, OnBoard]
    sockets: int
    people: int
    transactions: int
    transaction_bytes: int
    live_frames: int

    def on(self, board: UUID) -> OnBoard:
        return self.boards.get(board, OnBoard())


def added_up(loads: Iterable[Load]) -> Everywhere:
    loads = list(loads)
    boards: defaultdict[UUID, OnBoard] = defaultdict(OnBoard)
    for load in loads:
        for board, connections in load.boards.items():
            on = boards[board]
            on.connections += connections
            on.sockets += load.crowds.get(board, len(connections))
            transactions, size = load.rates.get(board, (0, 0))
            on.transactions += transactions
            on.transaction_bytes += size
    people = {one.person for on in boards.values() for one in on.connections}
    return Everywhere(
        # A room stays open for some seconds after the last has left.
        boards={board: on for board, on in boards.items() if on.sockets or on.transactions},
        sockets=sum(load.sockets for load in loads),
        people=len(people),
        transactions=sum(load.tx for load in loads),
        transaction_bytes=sum(load.bytes for load in loads),
        live_frames=sum(load.live for load in loads),
    )
