"""One board with its clients, on a world: what faults happen to and what is judged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Final
from uuid import UUID

from .client import Client, forever
from .journal import Journal
from .wire import Wire
from .world import World

SLOWNESS: Final = 5
"""All bounds are for a machine with nothing else to do; tests also run where others do."""
POLL_SECONDS: Final = 0.02


class Stage:
    """See the module."""

    def __init__(
        self,
        world: World,
        seed: str,
        *,
        board: int = 0,
        pause: tuple[float, float] = (0.1, 0.6),
        transports: Sequence[str] = ("websocket",),
    ) -> None:
        self.world = world
        self.seed = seed
        self.board: UUID = world.boards[board]
        self.journal = Journal()
        self.clients: list[Client] = []
        self._pause = pause
        self._transports = transports
        self._tasks: list[asyncio.Task[None]] = []

    async def add_client(self, *, drawing: bool = True, transport: str = "") -> Client:
        number = len(self.clients)
        name = f"client-{number:02}"
        ports = Random(f"{self.seed} {name} ports")
        wire = Wire(lambda: self.world.pick_port(ports))
        await wire.open()
        cookie = self.world.cookies[number % len(self.world.cookies)]
        ways = [transport] if transport else self._transports
        client = Client(name, self.board, cookie, wire, self.journal, self.seed, ways, self._pause)
        client.drawing = drawing
        self.clients.append(client)
        self._tasks.append(asyncio.create_task(forever(client)))
        return client

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in self.clients:
            await client.wire.close()

    def acknowledged(self, uids: Iterable[str]) -> bool:
        return all(uid in self.journal.acknowledged for uid in uids)

    def answered(self, uids: Iterable[str]) -> bool:
        return all(self.journal.is_answered(uid) for uid in uids)

    async def everyone_live(self, seconds: float, clients: Sequence[Client] = ()) -> bool:
        who = clients or self.clients
        return await within(seconds, lambda: all(client.live for client in who))


async def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(POLL_SECONDS)
    return True
