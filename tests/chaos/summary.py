"""What a run of the suite has seen, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from boards.client.transports import TRANSPORTS

from .journal import LOCKED
from .logs import errors_in
from .schedule import Schedule
from .stage import Stage


@dataclass(frozen=True)
class Plan:
    """What to run: with the same plan the same is tried again, as far as a real network allows."""

    seed: str
    seconds: float
    clients: int
    only: tuple[str, ...] = ()
    """Faults of the world; none named: all."""
    transports: tuple[str, ...] = tuple(TRANSPORTS)


@dataclass(frozen=True)
class Summary:
    """No violation means that all promises were kept."""

    world: str
    plan: Plan
    seconds: float
    acknowledged: int
    refused: int
    locked: int
    """Of the refused: by a lock of somebody else."""
    log: int
    faults: dict[str, int]
    worst_recovery: dict[str, float]
    connections: int
    opened: dict[str, int]
    """Of them, by transport."""
    documents_read: int
    closes: dict[str, int]
    errors_logged: dict[str, int]
    half_open_noticed_by_clients: float
    half_open_noticed_by_servers: float
    violations: list[str]
    stories: list[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        plan = self.plan
        lines = [
            f"{self.world}, seed {plan.seed}: {plan.clients} clients for {self.seconds:.0f} s",
            f"  {self.acknowledged} acknowledged, {self.log} in the log",
            f"  {self.refused} refused, of them {self.locked} by locks",
            f"  {sum(self.faults.values())} faults: {_listed(self.faults)}",
            f"  seconds until all were back, at worst: {_listed(self.worst_recovery)}",
            f"  {self.connections} connections, {self.documents_read} documents read",
            f"  of them open: {_listed(self.opened)}",
            f"  closes by code: {_listed(self.closes)}",
            f"  errors in the servers' logs: {_listed(self.errors_logged)}",
            f"  half-open noticed by clients in {self.half_open_noticed_by_clients} s at most",
            f"  half-open noticed by servers in {self.half_open_noticed_by_servers} s at most",
            f"  {len(self.violations)} violations",
        ]
        lines += [f"  ! {violation}" for violation in self.violations]
        if self.violations:
            size = f"SECONDS={plan.seconds:g} CLIENTS={plan.clients}"
            lines += [f"  again: make chaos SEED={plan.seed} WORLD={self.world} {size}"]
            lines += self.stories
        return "\n".join(lines)


def summarize(stage: Stage, schedule: Schedule, plan: Plan, seconds: float, log: int) -> Summary:
    journal = stage.journal
    closes: Counter[str] = Counter()
    for client in stage.clients:
        closes.update({str(code): count for code, count in client.closes.items()})
    wires = [client.wire for client in stage.clients]
    return Summary(
        world=stage.world.name,
        plan=plan,
        seconds=round(seconds, 1),
        acknowledged=len(journal.acknowledged),
        refused=len(journal.refused),
        locked=list(journal.refused.values()).count(LOCKED),
        log=log,
        faults=dict(schedule.faults),
        worst_recovery={name: round(took, 2) for name, took in schedule.worst.items()},
        connections=sum(client.connections for client in stage.clients),
        opened=dict(sum((client.opened for client in stage.clients), Counter())),
        documents_read=sum(client.documents_read for client in stage.clients),
        closes=dict(closes),
        errors_logged=errors_in(stage.world.log_text()),
        half_open_noticed_by_clients=_most([wire.noticed_by_client for wire in wires]),
        half_open_noticed_by_servers=_most([wire.noticed_by_server for wire in wires]),
        violations=list(journal.violations),
        stories=list(journal.stories),
    )


def _listed(found: dict[str, int] | dict[str, float]) -> str:
    return ", ".join(f"{name} {amount}" for name, amount in sorted(found.items())) or "none"


def _most(lists: list[list[float]]) -> float:
    return round(max((seconds for some in lists for seconds in some), default=0.0), 1)
