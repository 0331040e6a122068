"""This process in the database's list of processes: entered, kept alive, and given way from.

On an in-memory layer a second process on the same database is a mistake that nobody sees at once:
people see each other's strokes late. So the younger one says it, and takes no sockets in the end.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from . import processes
from .readers import read

log = logging.getLogger(__name__)

ALONE_SECONDS: Final = 30.0
"""A process that others cannot be reached from serves beside them for so long: a restart takes some
seconds in which both are there."""


class Alive:
    """See the module."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        origin: str,
        *,
        shared_layer: bool,
        begin_anew: Callable[[], None],
        give_way: Callable[[], None],
        load: Callable[[], Mapping[str, Any]],
    ) -> None:
        """`begin_anew` is called where this process was taken for dead and has another lane now;
        `load` says what it does at the moment."""
        self.lane: int | None = None
        self.refusing = False
        """Another process is on this database, and the layer does not reach it."""
        self._loop = loop
        self._origin = origin
        self._shared_layer = shared_layer
        self._begin_anew = begin_anew
        self._give_way = give_way
        self._load = load
        self._company = processes.Company()

    async def register(self) -> None:
        self.lane = await read(processes.register, self._origin, shared_layer=self._shared_layer)

    async def run(self) -> None:
        """Tells the database for ever that this process lives, and hears which others do."""
        while True:
            await asyncio.sleep(processes.BEAT_SECONDS)
            try:
                beat = await read(processes.beat, self._origin, self._load())
                if beat is None:
                    # Frozen for long, perhaps: its lane, and so its slots, may be another's.
                    await self.register()
                    self._begin_anew()
                else:
                    self._look_at(beat)
            except Exception:
                # The database may be away; the next beat tries again.
                log.warning("this process could not say that it is alive", exc_info=True)

    async def be_forgotten(self) -> None:
        """This process stops."""
        if self.lane is None:
            return
        try:
            await read(processes.forget, self._origin)
        except Exception:
            # Others find out by themselves a minute later.
            log.debug("the database does not know that this process stops", exc_info=True)

    def _look_at(self, beat: processes.Beat) -> None:
        unreachable = self._company.unreachable(
            beat, shared_layer=self._shared_layer, now=self._loop.time()
        )
        was, self.refusing = self.refusing, max(unreachable.values(), default=0) > ALONE_SECONDS
        if unreachable:
            log.warning(
                "another server process (%s) uses this database, and this one cannot reach it: "
                "people see each other's strokes late. Run one process, or set REDIS_URL for all "
                "of them. %s",
                ", ".join(sorted(unreachable)),
                "No more sockets are taken here."
                if self.refusing
                else f"In {ALONE_SECONDS:.0f} s this one stops taking sockets.",
            )
        if self.refusing and not was:
            self._give_way()
