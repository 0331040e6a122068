"""What everybody has last shown while somebody could not be told, until they can (R9); pure.

Nothing is kept while all keep up, which is nearly always. What repeats itself every second needs
no place here, nor does what is over by the time it could be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .live import stamped_records
from .protocol import FRAME_BYTES, LIVE_FRAME, LiveKind

LASTING: Final = {
    LiveKind.CURSOR: LiveKind.CURSOR,
    # A pointer is somewhere or away.
    LiveKind.AWAY: LiveKind.CURSOR,
    LiveKind.SELECTION: LiveKind.SELECTION,
    LiveKind.VIEW: LiveKind.VIEW,
    LiveKind.STATE: LiveKind.STATE,
    LiveKind.PAGE: LiveKind.PAGE,
}
"""Kinds that are said once and stay true, with what they take the place of."""
KEPT_BYTES: Final = 4 * FRAME_BYTES
"""Of a board; some ten thousand people's. Beyond it the oldest is forgotten."""


class Missed:
    """By connection and kind the last record, in the order in which they came."""

    def __init__(self) -> None:
        self._last: dict[tuple[int, int], tuple[int, bytes]] = {}
        self._size = 0
        self._frames = 0

    def __bool__(self) -> bool:
        return bool(self._last)

    def add(self, frame: bytes) -> int:
        """Takes a server's frame that somebody did not get; returns its number."""
        self._frames += 1
        for slot, kind, record in stamped_records(frame):
            if kind in LASTING:
                key = slot, LASTING[LiveKind(kind)]
                self._forget(key)
                self._last[key] = self._frames, record
                self._size += len(record)
        while self._size > KEPT_BYTES:
            self._forget(next(iter(self._last)))
        return self._frames

    def gone(self, slot: int) -> None:
        """This connection shows nothing any more."""
        for kind in set(LASTING.values()):
            self._forget((slot, kind))

    def _forget(self, key: tuple[int, int]) -> None:
        _, record = self._last.pop(key, (0, b""))
        self._size -= len(record)

    def clear(self) -> None:
        """Nobody has missed anything any more."""
        self._last = {}
        self._size = 0

    def since(self, number: int, at_most: int) -> Iterator[tuple[int, bytes]]:
        """What is still true of the frame with this number and all later ones, in frames.

        Each comes with the number to go on from where it can't be sent now.
        """
        records: list[bytes] = []
        size, first = 1, number
        for came, record in self._last.values():
            if came < number:
                continue
            if records and size + len(record) > at_most:
                yield first, _frame(records)
                records, size = [], 1
            if not records:
                first = came
            records.append(record)
            size += len(record)
        if records:
            yield first, _frame(records)


def _frame(records: list[bytes]) -> bytes:
    return bytes((LIVE_FRAME,)) + b"".join(records)
