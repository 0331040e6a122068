"""How many connections a process has: in all, from one address, of one person on a board (S15)."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar
from uuid import UUID

from .options import option

Place = tuple[UUID, int]
"""A board and a person."""
Key = TypeVar("Key")


class Crowd:
    """Counts connections of one process. Each that was let in leaves once."""

    def __init__(self) -> None:
        self._by_place: Counter[Place] = Counter()
        self._by_address: Counter[str] = Counter()
        self._all = 0

    def let_in(self, place: Place, address: str) -> bool:
        """Whether there is room for one more, which then counts."""
        if (
            self._all >= option("CONNECTIONS_MAX")
            or self._by_address[address] >= option("CONNECTIONS_PER_ADDRESS_MAX")
            or self._by_place[place] >= option("CONNECTIONS_PER_PERSON_MAX")
        ):
            return False
        self._all += 1
        self._by_address[address] += 1
        self._by_place[place] += 1
        return True

    def leave(self, place: Place, address: str) -> None:
        self._all -= 1
        _one_less(self._by_address, address)
        _one_less(self._by_place, place)


def _one_less(counts: Counter[Key], key: Key) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]
