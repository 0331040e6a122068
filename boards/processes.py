"""The server processes on this database: who is alive, and which number each of them has.

Synchronous; for the readers' threads. Times are the database's, since machines' clocks differ.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from .load import UNKNOWN_ADDRESSES, Everywhere, added_up, as_text, load_of
from .models import ServerProcess

BEAT_SECONDS: Final = 5.0
"""How often a process says that it is alive; rarely, for each time is a write to the disk."""
FORGOTTEN_SECONDS: Final = 60.0
"""A row that has not been touched for so long is of a killed process: its lane is free again."""
TRIES: Final = 20
"""For a lane: so many processes may start in the same moment."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a process learns when it says that it is alive."""

    lane: int
    others: Sequence[Other]


@dataclass(frozen=True, slots=True)
class Other:
    """Another process on this database."""

    origin: str
    address: str
    is_older: bool
    shared_layer: bool
    seen: datetime


def register(origin: str, *, shared_layer: bool) -> int:
    """Enters this process and gives it the smallest free lane."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _take_lane(origin, shared_layer)
        except IntegrityError:
            # Another process took the same lane at the same moment.
            continue
    raise RuntimeError(f"no lane could be had in {TRIES} tries")


def _take_lane(origin: str, shared_layer: bool) -> int:
    forgotten = Now() - timedelta(seconds=FORGOTTEN_SECONDS)
    ServerProcess.objects.filter(seen__lt=forgotten).delete()
    taken = set(ServerProcess.objects.values_list("lane", flat=True))
    lane = next(number for number in range(len(taken) + 1) if number not in taken)
    ServerProcess.objects.create(
        origin=origin,
        lane=lane,
        host=socket.gethostname()[:255],
        pid=os.getpid(),
        shared_layer=shared_layer,
    )
    return lane


def beat(origin: str, load: Mapping[str, Any] | None = None) -> Beat | None:
    """Says that this process is alive; None where it had been taken for dead and has no lane."""
    told = {} if load is None else {"load": as_text(load)}
    if not ServerProcess.objects.filter(origin=origin).update(seen=Now(), **told):
        return None
    # What the others do can be much text, and is not asked for here.
    rows = list(ServerProcess.objects.order_by("pk").defer("load"))
    mine = next((row for row in rows if row.origin == origin), None)
    if mine is None:
        return None
    others = [
        Other(row.origin, str(row), row.pk < mine.pk, row.shared_layer, row.seen)
        for row in rows
        # Two event loops of one process share its memory, and so an in-memory layer.
        if (row.host, row.pid) != (mine.host, mine.pid)
    ]
    return Beat(mine.lane, others)


def forget(origin: str) -> None:
    """This process stops."""
    ServerProcess.objects.filter(origin=origin).delete()


SILENT_SECONDS: Final = 3 * BEAT_SECONDS + 1.0
"""A process that has not said that it is alive for so long is not."""


class Company:
    """Notices other processes that an in-memory layer cannot reach; pure but for its clock.

    A row alone proves nothing: it may be of a process that was killed a moment ago. Only one whose
    `seen` goes on is alive.
    """

    def __init__(self) -> None:
        self._seen: dict[str, tuple[datetime, float]] = {}
        """What the row said last, and when it had changed by our clock."""
        self._alive_since: dict[str, float] = {}

    def unreachable(self, beat: Beat, *, shared_layer: bool, now: float) -> dict[str, float]:
        """Addresses of those that this one has to give way to, with the seconds they have lived."""
        ahead = {
            other.origin: other
            for other in beat.others
            if not shared_layer and (other.is_older or other.shared_layer)
        }
        self._seen = {origin: at for origin, at in self._seen.items() if origin in ahead}
        for origin, other in ahead.items():
            seen, changed_at = self._seen.setdefault(origin, (other.seen, now))
            if other.seen != seen:
                self._seen[origin] = (other.seen, now)
                self._alive_since.setdefault(origin, now)
            elif now - changed_at > SILENT_SECONDS:
                self._alive_since.pop(origin, None)
        self._alive_since = {o: since for o, since in self._alive_since.items() if o in ahead}
        return {ahead[o].address: now - since for o, since in self._alive_since.items()}


def alive() -> list[ServerProcess]:
    """Those that have said so a moment ago, with their load."""
    since = Now() - timedelta(seconds=SILENT_SECONDS)
    return list(ServerProcess.objects.filter(seen__gte=since).order_by("lane"))


def everywhere() -> Everywhere:
    """What all of them do together."""
    return added_up(load_of(process.load) for process in alive())


def addresses_of(board: UUID, person: int) -> set[str]:
    """Where this person is connected to this board from, as the processes last said."""
    connections = everywhere().on(board).connections
    return {one.address for one in connections if one.person == person} - UNKNOWN_ADDRESSES
