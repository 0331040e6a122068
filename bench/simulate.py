"""What a million people on 200,000 boards would need: arithmetic with the measured unit costs.

`python -m bench.simulate` prints it from docs/scaling.json. Boards and people are assumed
(`world.py`), costs are measured (`unit_costs.py`), and nothing of this size has been run.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .system import PROJECT
from .unit_costs import LIVE_PER_SECOND, MICRO, Costs, unit_costs
from .world import Busy, boards_of

FIGURES = PROJECT / "docs" / "scaling.json"
SCALES = (1_000, 10_000, 100_000, 1_000_000)

TICKS_PER_SECOND, CROWDED_TICKS_PER_SECOND, CROWDED = 62.5, 30.3, 100
"""`boards/room.py`: 16 ms, and 33 ms from 100 people on."""
ANNOUNCE_SECONDS = 2.0
STROKE_SECONDS = 2.0
"""Assumed, as in the measured load: a stroke takes so long."""
CORE_SHARE = 0.6
"""Assumed: no process is planned fuller than this, or waiting times grow."""
TRANSACTION_BYTES = 1500
"""Assumed: what a stroke adds to PostgreSQL's log, row and indexes included."""
SOCKET_KERNEL_BYTES = 10_000
"""Assumed: what the kernel keeps for a quiet connection."""
POSTGRES_CORES = 32
"""Assumed: one large database server."""
POSTGRES_CONNECTIONS = 1000
"""Assumed: more backends than that cost PostgreSQL more than they bring."""
CONNECTIONS_PER_PROCESS = 5
"""`boards/readers.py`: four readers and the writer; pages come on top."""
REDIS_BYTES_PER_SECOND = 500e6
"""Assumed: what one Redis process sends on a 10 Gbit/s network beside its other work."""
OWN_WORK = "the announcements, as work of each process"
PROCESSES_MAX = 20_000
"""Beyond it the question has no answer."""


@dataclass(frozen=True)
class Way:
    """How boards lie on processes, and whether every process hears of every board."""

    name: str
    routed: bool
    announces: bool


WAYS = (
    Way("any process", routed=False, announces=True),
    Way("one process each", routed=True, announces=True),
    Way("one each, announced to whom it concerns (not built)", routed=True, announces=False),
)


@dataclass(frozen=True)
class Traffic:
    """What happens in a second, by what the boards are and how they lie on processes."""

    people: int
    boards: int
    drawers: int
    messages_in: float
    frames_out: float
    updates_out: float
    commits: float
    open_boards: float
    """Boards counted once for each process that has them open."""
    published: float
    taken: float
    """Published frames times the processes that they come to."""


@dataclass(frozen=True)
class Need:
    """What a crowd of this size takes, in cores unless the name says otherwise."""

    people: int
    boards: int
    drawers: int
    way: str
    carried: bool
    """Whether any number of processes would do: what each hears of all others grows with them."""
    processes: int
    whiteboard: float
    announcing: float
    """Of `whiteboard`: hearing which boards the others have open."""
    postgres: float
    redis: float
    redis_shards: int
    announce_bytes: float
    """A second, out of the one Redis that carries the announcements."""
    published: float
    commits: float
    bytes_out: float
    log_bytes: float
    memory_bytes: float
    connections: int
    limit: str


def traffic(boards: Mapping[Busy, int], processes: int, *, routed: bool) -> Traffic:
    """Sums of a second; unless boards are routed, a person is at any process with one chance."""
    total: Counter[str] = Counter()
    for (people, drawers), count in boards.items():
        ticks = TICKS_PER_SECOND if people < CROWDED else CROWDED_TICKS_PER_SECOND
        messages = drawers * LIVE_PER_SECOND
        # Who alone draws gets nothing back.
        viewers = people - 1 if drawers == 1 else people
        places = 1.0 if routed else spread_over(people, processes)
        publishing = 1.0 if routed else spread_over(drawers, processes)
        published = publishing * min(messages / publishing, ticks) if publishing else 0.0
        crossing = published if places > 1 else 0.0
        for name, value in (
            ("people", people),
            ("boards", 1),
            ("drawers", drawers),
            ("messages_in", messages),
            ("frames_out", viewers * min(messages, ticks)),
            ("updates_out", messages * (people - 1)),
            ("commits", drawers / STROKE_SECONDS),
            ("open_boards", places),
            ("published", crossing),
            ("taken", crossing * places),
        ):
            total[name] += value * count  # type: ignore[assignment]  # a Counter of floats
    return Traffic(**total)


def spread_over(people: int, processes: int) -> float:
    """How many processes have at least one of them, on average."""
    return processes * (1 - (1 - 1 / processes) ** people)


def need(boards: Mapping[Busy, int], costs: Costs, way: Way) -> Need:
    """The fewest processes that carry it; which limit is nearest."""
    processes = 1
    while True:
        each = traffic(boards, processes, routed=way.routed)
        announcing = _announcing(each, costs, processes) if way.announces else 0.0
        cores = _whiteboard(each, costs) + announcing
        if cores <= processes * CORE_SHARE or processes >= PROCESSES_MAX:
            return _need(each, costs, processes, cores, announcing, way)
        processes += max(1, processes // 50)


def cores_for(boards: Mapping[Busy, int], costs: Costs, processes: int, way: Way) -> float:
    """What the whiteboard's processes use together, if there are so many."""
    each = traffic(boards, processes, routed=way.routed)
    announcing = _announcing(each, costs, processes) if way.announces else 0.0
    return _whiteboard(each, costs) + announcing


def _announcing(each: Traffic, costs: Costs, processes: int) -> float:
    """Every process hears of every board that any other has open."""
    return each.open_boards * (processes - 1) * costs.announced / ANNOUNCE_SECONDS / MICRO


def _whiteboard(each: Traffic, costs: Costs) -> float:
    work = each.messages_in * costs.message_in + each.frames_out * costs.frame_out
    crossing = each.published * costs.publish + each.taken * costs.take
    return (work + crossing + each.open_boards * costs.beat_whiteboard) / MICRO


def _need(
    each: Traffic, costs: Costs, processes: int, cores: float, announcing: float, way: Way
) -> Need:
    hearers = processes if way.announces and processes > 1 else 0
    announce_bytes = each.open_boards * costs.announced_bytes / ANNOUNCE_SECONDS * hearers
    redis = (each.published * costs.redis_publish + each.taken * costs.redis_deliver) / MICRO
    postgres = (each.commits * costs.commit + each.open_boards * costs.beat_postgres) / MICRO
    memory = each.people * (costs.socket_bytes + SOCKET_KERNEL_BYTES)
    connections = processes * CONNECTIONS_PER_PROCESS
    limits = {
        OWN_WORK: announcing / processes / CORE_SHARE,
        "the announcements, as bytes out of one Redis": announce_bytes / REDIS_BYTES_PER_SECOND,
        "the cores of one PostgreSQL": postgres / POSTGRES_CORES / CORE_SHARE,
        "the connections of one PostgreSQL": connections / POSTGRES_CONNECTIONS,
    }
    carried = cores <= processes * CORE_SHARE
    # Without enough processes the others' shares mean nothing.
    nearest = max(limits if carried else [OWN_WORK], key=lambda name: limits[name])
    return Need(
        people=each.people,
        boards=each.boards,
        drawers=each.drawers,
        way=way.name,
        carried=carried,
        processes=processes,
        whiteboard=cores,
        announcing=announcing,
        postgres=postgres,
        redis=redis,
        redis_shards=max(1, round(redis / CORE_SHARE + 0.5)) if processes > 1 else 0,
        announce_bytes=announce_bytes,
        published=each.published,
        commits=each.commits,
        bytes_out=each.updates_out * costs.update_bytes,
        log_bytes=each.commits * TRANSACTION_BYTES,
        memory_bytes=memory + processes * costs.process_bytes,
        connections=connections,
        limit=f"{nearest} ({limits[nearest]:.0%})" if carried else nearest,
    )


def simulate(costs: Costs) -> dict[str, Any]:
    """All scales, each way."""
    needs = []
    for people in SCALES:
        boards = boards_of(people)
        needs += [asdict(need(boards, costs, way)) for way in WAYS]
    return {"costs": costs.as_dict(), "needs": needs}


def main() -> int:
    json.dump(simulate(unit_costs(json.loads(FIGURES.read_text()))), sys.stdout, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
