"""How many frames without a message one socket may send: pings, pongs, fragments, empty ones (S16).

What messages there may be is judged above, by what is in them. These frames never come so far: the
server answers or gathers them itself, each for some 50 us and a fragment for its place in a list.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from .options import option

CONTINUATION: Final = 0
FIRST_CONTROL: Final = 8
TOO_MANY_PINGS: Final = "too many pings"
TOO_MANY_FRAGMENTS: Final = "too many fragments"


class Allowance:
    """So many at once, and so many again each second."""

    def __init__(self, name: str, now: Callable[[], float]) -> None:
        self._burst, self._rate = option(name)
        self._left = float(self._burst)
        self._now = now
        self._at = now()

    def take(self) -> bool:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class FrameFlood:
    """What one socket has left."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._pings = Allowance("LIMIT_SOCKET_PINGS", now)
        self._fragments = Allowance("LIMIT_SOCKET_FRAGMENTS", now)
        self._most: int = option("FRAGMENTS_MAX")
        self._of_message = 0

    def refuses(self, opcode: int, length: int, *, fin: bool) -> str:
        """Why this frame is one too many; empty where it is not."""
        if opcode >= FIRST_CONTROL:
            return "" if self._pings.take() else TOO_MANY_PINGS
        if opcode != CONTINUATION and fin and length:
            return ""
        self._of_message = self._of_message + 1 if opcode == CONTINUATION else 1
        if self._of_message > self._most or not self._fragments.take():
            return TOO_MANY_FRAGMENTS
        return ""
