"""One run of the suite: a world, clients, seeded faults, the verdict, and a summary."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from .judge import judge
from .schedule import Schedule, StuckError
from .stage import Stage
from .world import World

LONG_SECONDS: Final = 100
"""From so long a run on there is time for outages that outlast the server's patience."""


@dataclass(frozen=True)
class Summary:
    """What a run has seen; no violation means that all promises were kept."""

    world: str
    seed: str
    clients: int
    seconds: float
    acknowledged: int
    refused: int
    log: int
    faults: dict[str, int]
    worst_recovery: dict[str, float]
    connections: int
    documents_read: int
    closes: dict[str, int]
    half_open_noticed_by_clients: float
    half_open_noticed_by_servers: float
    violations: list[str]
    story: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        faults = ", ".join(f"{count} {name}" for name, count in sorted(self.faults.items()))
        worst = ", ".join(f"{name} {took} s" for name, took in sorted(self.worst_recovery.items()))
        lines = [
            f"{self.world}, seed {self.seed}: {self.clients} clients for {self.seconds:.0f} s",
            f"  {self.acknowledged} acknowledged, {self.refused} refused, {self.log} in the log",
            f"  {sum(self.faults.values())} faults: {faults}",
            f"  worst recovery: {worst}",
            f"  {self.connections} connections, {self.documents_read} documents read",
            f"  closes by code: {self.closes}",
            f"  half-open noticed by clients in {self.half_open_noticed_by_clients} s at most",
            f"  half-open noticed by servers in {self.half_open_noticed_by_servers} s at most",
            f"  {len(self.violations)} violations",
        ]
        lines += [f"  ! {violation}" for violation in self.violations]
        if self.violations:
            again = f"make chaos SEED={self.seed} WORLD={self.world} CLIENTS={self.clients}"
            lines += [f"  again: {again}", self.story]
        return "\n".join(lines)


async def run(
    world: World,
    seed: str,
    seconds: float,
    clients: int,
    only: Sequence[str] = (),
) -> Summary:
    """Draws and breaks for so long, then judges."""
    stage = Stage(world, f"{world.name} {seed}")
    schedule = Schedule(stage, stage.seed, long=seconds >= LONG_SECONDS, only=only)
    since = time.monotonic()
    log = 0
    try:
        for _ in range(clients):
            await stage.add_client()
        try:
            await schedule.run(seconds)
            log = len(await judge(stage))
        except StuckError as stuck:
            stage.journal.violation(str(stuck))
        return _summary(stage, schedule, seed, clients, time.monotonic() - since, log)
    finally:
        await stage.close()


def _summary(
    stage: Stage, schedule: Schedule, seed: str, clients: int, seconds: float, log: int
) -> Summary:
    journal = stage.journal
    closes: Counter[str] = Counter()
    for client in stage.clients:
        closes.update({str(code): count for code, count in client.closes.items()})
    wires = [client.wire for client in stage.clients]
    return Summary(
        world=stage.world.name,
        seed=seed,
        clients=clients,
        seconds=round(seconds, 1),
        acknowledged=len(journal.acknowledged),
        refused=len(journal.refused),
        log=log,
        faults=dict(schedule.faults),
        worst_recovery={name: round(took, 2) for name, took in schedule.worst.items()},
        connections=sum(client.connections for client in stage.clients),
        documents_read=sum(client.documents_read for client in stage.clients),
        closes=dict(closes),
        half_open_noticed_by_clients=_most([wire.noticed_by_client for wire in wires]),
        half_open_noticed_by_servers=_most([wire.noticed_by_server for wire in wires]),
        violations=list(journal.violations),
        story=_story(stage) if journal.violations else "",
    )


def _most(lists: list[list[float]]) -> float:
    return round(max((seconds for some in lists for seconds in some), default=0.0), 1)


def _story(stage: Stage) -> str:
    """The last faults, and the last that happened to whom the violations name."""
    journal = stage.journal
    names = {
        client.name
        for client in stage.clients
        if any(client.name in violation for violation in journal.violations)
    }
    parts = [
        journal.story_of("FAULTS", 12),
        *(journal.story_of(name) for name in sorted(names)[:3]),
    ]
    return "\n--\n".join(parts)
