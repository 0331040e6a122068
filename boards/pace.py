"""How fast one person may commit, over all their connections to this process (S14); pure."""

from __future__ import annotations

from typing import Final
from weakref import WeakValueDictionary

MESSAGES_PER_SECOND: Final = 60.0
"""Twice what the quickest hand makes; each message may hold 64 transactions."""
MESSAGES_BURST: Final = 240.0
"""Some minutes of drawing that waited for the network, at once."""
BYTES_PER_SECOND: Final = 1024.0 * 1024.0
BYTES_BURST: Final = 4 * BYTES_PER_SECOND
"""A day offline, as text: some thousand strokes."""


class Pace:
    """Two token buckets. Times are seconds of one clock."""

    __slots__ = ("__weakref__", "_at", "_bytes", "_messages")

    def __init__(self, now: float) -> None:
        self._at = now
        self._messages = MESSAGES_BURST
        self._bytes = BYTES_BURST

    def take(self, size: int, now: float) -> float:
        """Takes a message of `size` bytes; returns 0, or after how many seconds there is room."""
        passed = max(0.0, now - self._at)
        self._at = now
        self._messages = min(MESSAGES_BURST, self._messages + passed * MESSAGES_PER_SECOND)
        self._bytes = min(BYTES_BURST, self._bytes + passed * BYTES_PER_SECOND)
        wait = max(
            (1 - self._messages) / MESSAGES_PER_SECOND, (size - self._bytes) / BYTES_PER_SECOND
        )
        if wait > 0:
            return wait
        self._messages -= 1
        self._bytes -= size
        return 0


class Paces:
    """Those of everybody who is here; who has gone is forgotten with their connections."""

    def __init__(self) -> None:
        self._by_person: WeakValueDictionary[int, Pace] = WeakValueDictionary()

    def of(self, person: int, now: float) -> Pace:
        pace = self._by_person.get(person)
        if pace is None:
            pace = self._by_person[person] = Pace(now)
        return pace
