"""Who wants to know what happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final
from weakref import WeakSet

from .events import Event, Live

LIVE_WAITING_MOST: Final = 1000
"""Events that a listener has not taken yet; beyond, live ones are left out for it."""


class Events(AsyncIterator[Event]):
    """What happens from now on, for one listener. Ends with the board."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()

    def put(self, event: Event | None) -> None:
        if not isinstance(event, Live) or self._queue.qsize() < LIVE_WAITING_MOST:
            self._queue.put_nowait(event)

    async def __anext__(self) -> Event:
        event = await self._queue.get()
        if event is None:
            # For whoever asks once more.
            self._queue.put_nowait(None)
            raise StopAsyncIteration
        return event


class Listeners:
    """All of them; one that nobody holds any more is forgotten."""

    def __init__(self) -> None:
        self._events: WeakSet[Events] = WeakSet()

    def add(self) -> Events:
        events = Events()
        self._events.add(events)
        return events

    def tell(self, event: Event | None) -> None:
        """None: nothing more will happen."""
        for events in list(self._events):
            events.put(event)
