"""Which transport to try, when to come back, and when not to. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

FIRST_PAUSE: Final = 0.3
LONGEST_PAUSE: Final = 20.0
"""Seconds before the next attempt; a random part of them, so that a class does not come at once."""
CALM_PAUSE: Final = 2.0
CALM_CODES: Final = frozenset({4408, 4429, 4503})
"""Too slow, too fast, shutting down: whoever comes back at once makes it worse."""
SIGNED_OUT: Final = 4401
FINAL: Final = frozenset({4403, 4404, 4426})
BLAMED: Final = frozenset({4400, 4413, 1007, 1009})
"""The server closed because of what it had been sent."""
CLIMB_SECONDS: Final = 60.0
"""After so long on a lesser transport the best is tried again, when next a connection is made."""


def is_final(code: int, before: int | None) -> bool:
    """Whether it is over for good. Called signed out once, a session may still be good."""
    return code in FINAL or code == before == SIGNED_OUT


def pause_before(attempt: int, code: int, chance: float | None = None) -> float:
    """Seconds to wait before attempt 0, 1, 2 … after a connection that ended with this code."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(attempt, 10))
    if code in CALM_CODES:
        longest = max(longest, CALM_PAUSE)
    # No secret: so that not all come back in the same moment.
    return longest * (random.random() if chance is None else chance)  # noqa: S311  # as said above


class Choice:
    """The best transport that can be opened, or the only one wanted."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._at = 0
        self._since = 0.0
        self._refused: set[str] = set()

    @property
    def name(self) -> str:
        return self._names[self._at]

    def next(self, now: float) -> str:
        """What to open now."""
        if self._at and now - self._since > CLIMB_SECONDS:
            self._at, self._since = 0, now
        return self.name

    def opened(self) -> None:
        self._refused.clear()

    def failed(self, now: float, *, refused: bool) -> bool:
        """It could not be opened; `refused`: it was answered. False: none that there is can be."""
        if refused:
            self._refused.add(self.name)
        self._at, self._since = (self._at + 1) % len(self._names), now
        return len(self._refused) < len(self._names)
