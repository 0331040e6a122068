"""Numbers of connections: unique in all processes that have the board open, and short; pure.

Records of live frames begin with them, so they should fit into one or two bytes.
"""

from __future__ import annotations

import heapq
from collections import deque
from typing import Final

REST_SECONDS: Final = 30.0
"""A number rests so long before somebody else gets it: late records must not pass for theirs."""


def slot_of(index: int, lane: int) -> int:
    """Cantor's pairing: each pair has its own number from 1 on, and small pairs small numbers.

    Lane 0 has 1 byte for its first 16 connections; 10 processes with 100 people each need 2.
    """
    diagonal = index + lane
    return diagonal * (diagonal + 1) // 2 + lane + 1


class Slots:
    """Those of one board in one process, which has its lane to itself."""

    __slots__ = ("_free", "_indexes", "_lane", "_next", "_resting")

    def __init__(self, lane: int) -> None:
        self._lane = lane
        self._next = 0
        self._indexes: dict[int, int] = {}
        self._resting: deque[tuple[float, int]] = deque()
        self._free: list[int] = []

    def take(self, now: float) -> int:
        while self._resting and self._resting[0][0] <= now:
            heapq.heappush(self._free, self._resting.popleft()[1])
        if self._free:
            index = heapq.heappop(self._free)
        else:
            index = self._next
            self._next += 1
        slot = slot_of(index, self._lane)
        self._indexes[slot] = index
        return slot

    def give_back(self, slot: int, now: float) -> None:
        self._resting.append((now + REST_SECONDS, self._indexes.pop(slot)))
