"""A request that waits on a board without being a connection: for what comes next, or a receipt."""

from __future__ import annotations

import asyncio
import contextlib

from .protocol import CloseCode


class Listener:
    """See the module. It holds its Room open, and is shut out as a connection would be (R13)."""

    __slots__ = ("_waking", "gone", "person", "person_version", "token")

    def __init__(self, person: int, person_version: int, token: int | None) -> None:
        self.person = person
        self.person_version = person_version
        self.token = token
        self.gone: CloseCode | None = None
        """Why it may not wait any longer."""
        self._waking = asyncio.Event()

    def wake(self) -> None:
        """Something is new on the board."""
        self._waking.set()

    def dismiss(self, code: CloseCode, why: str) -> None:
        self.gone = code
        self.wake()

    def begins_to_look(self) -> None:
        """What comes from now on wakes it."""
        self._waking.clear()

    async def hears(self, seconds: float) -> None:
        """Waits for something new, or until the time is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._waking.wait()
