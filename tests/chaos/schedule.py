"""Seeded rounds of faults; after each the clients have to be back within the bounds of F1 to F7."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Coroutine, Sequence
from random import Random
from typing import Any, Final, TypeVar

from .client import Client
from .faults import WIRE_FAULTS, WORLD_FAULTS, WireFault, WorldFault
from .journal import FAULTS
from .stage import SLOWNESS, Stage, within

BACK_SECONDS: Final = 2.0
"""F1: everyone is back and acknowledged once the servers are ready."""
CONVERGE_SECONDS: Final = 5.0
"""F4: everyone has what was acknowledged meanwhile."""
GIVE_UP_SECONDS: Final = 60.0
"""Who isn't back by then never will be: the run ends."""
WIRE_ONLY_CHANCE: Final = 0.25
TWO_CHANCE: Final = 0.2
VICTIMS_SHARE: Final = 0.4
"""Of the clients, at most, have trouble of their own in a round."""
STAGGER_SECONDS: Final = 1.5


T = TypeVar("T")


class StuckError(Exception):
    """Somebody never came back."""


class Schedule:
    """Deals all faults of the world before any comes again."""

    def __init__(self, stage: Stage, seed: str, *, long: bool, only: Sequence[str] = ()) -> None:
        every = WORLD_FAULTS[stage.world.name]
        self._stage = stage
        self._worldwide = [
            one for one in every if (one.name in only if only else long or not one.long)
        ]
        self._rng = Random(f"{seed} faults")
        self._world_deck: list[WorldFault] = []
        self._wire_deck: list[WireFault] = []
        self.faults: Counter[str] = Counter()
        self.worst: defaultdict[str, float] = defaultdict(float)
        """Seconds until all were back, by fault."""

    async def run(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        await self._recover(["start"])
        while time.monotonic() < end:
            await self._round()

    async def _round(self) -> None:
        stage, rng = self._stage, self._rng
        worldwide = self._next_worldwide()
        most = max(1, int(len(stage.clients) * VICTIMS_SHARE))
        victims = rng.sample(stage.clients, rng.randrange(0 if worldwide else 1, most + 1))
        # With two faults of the world at once nobody is promised anything meanwhile.
        lucky = [one for one in stage.clients if one not in victims] if len(worldwide) == 1 else []
        work: list[Awaitable[None]] = [
            fault.happens(stage, Random(rng.random()), lucky) for fault in worldwide
        ]
        names = [fault.name for fault in worldwide]
        for victim in victims:
            name, trouble = self._bother(victim, Random(rng.random()))
            names.append(name)
            work.append(trouble)
        stage.journal.tell(FAULTS, ", ".join(names))
        self.faults.update(names)
        await asyncio.gather(*work)
        await self._recover(names)

    def _next_worldwide(self) -> list[WorldFault]:
        """None, one, or two that don't get in each other's way."""
        # At least the first round has one: a short run shall have some of these too.
        if self.faults and self._rng.random() < WIRE_ONLY_CHANCE:
            return []
        first = self._world_fault()
        if self._rng.random() > TWO_CHANCE:
            return [first]
        second = self._world_fault()
        if first.what & second.what:
            self._world_deck.append(second)
            return [first]
        return [first, second]

    def _world_fault(self) -> WorldFault:
        if not self._world_deck:
            self._world_deck = self._shuffled(self._worldwide)
        return self._world_deck.pop()

    def _wire_fault(self) -> WireFault:
        if not self._wire_deck:
            self._wire_deck = self._shuffled(WIRE_FAULTS)
        return self._wire_deck.pop()

    def _shuffled(self, faults: Sequence[T]) -> list[T]:
        return self._rng.sample(faults, len(faults))

    def _bother(self, victim: Client, rng: Random) -> tuple[str, Coroutine[Any, Any, None]]:
        fault = self._wire_fault()

        async def trouble() -> None:
            await asyncio.sleep(rng.uniform(0, STAGGER_SECONDS))
            self._stage.journal.tell(victim.name, f"FAULT {fault.__name__}")
            await fault(victim, rng)

        return fault.__name__, trouble()

    async def _recover(self, faults: Sequence[str]) -> None:
        """All faults are over: from now on the bounds count."""
        stage, since = self._stage, time.monotonic()
        stage.journal.tell(FAULTS, "over")
        probes = {client.name: client.submit_edit() for client in stage.clients}

        def late() -> list[str]:
            return [name for name, uid in probes.items() if not stage.journal.is_answered(uid)]

        def behind() -> list[str]:
            goal = max(stage.journal.acknowledged.get(uid, 0) for uid in probes.values())
            return [client.name for client in stage.clients if client.clock < goal]

        bound = BACK_SECONDS * SLOWNESS
        if not await within(bound, lambda: not late()):
            stage.journal.violation(
                f"after {', '.join(faults)}: no receipt within {bound:.0f} s for {late()}"
            )
        bound = CONVERGE_SECONDS * SLOWNESS
        left = bound - (time.monotonic() - since)
        if not await within(left, lambda: not late() and not behind()):
            stage.journal.violation(
                f"after {', '.join(faults)}: still behind after {bound:.0f} s: {behind()}"
            )
            if not await within(GIVE_UP_SECONDS, lambda: not late() and not behind()):
                raise StuckError(f"never back: {sorted({*late(), *behind()})}")
        took = time.monotonic() - since
        for name in set(faults):
            self.worst[name] = max(self.worst[name], took)
