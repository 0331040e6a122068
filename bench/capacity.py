"""How many people so many processes hold, by the measured costs and the assumed boards; pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from .simulate import CORE_SHARE, WAYS, Way, cores_for
from .unit_costs import Costs
from .world import boards_of

STEP = 1.05
"""Nothing here is known more exactly."""
PEOPLE_MAX = 200_000
LIVELY = 3.0
"""Times as many people draw as `world.py` assumes: a lesson in which everybody works."""


@dataclass(frozen=True)
class Size:
    """An installation: processes of ours, and what else its machines are for."""

    name: str
    processes: int
    way: Way


ANYWHERE, ROUTED = WAYS[0], WAYS[1]
SIZES = (
    Size("one small server: 1 core, one process, SQLite", 1, ANYWHERE),
    Size("2 cores for processes", 2, ANYWHERE),
    Size("one large server of 16 cores: 10 for processes", 10, ANYWHERE),
    Size("the same, boards routed to processes", 10, ROUTED),
    Size("four of them and a machine for PostgreSQL and Redis: 60 for processes", 60, ANYWHERE),
    Size("the same, boards routed to processes", 60, ROUTED),
)


def capacity(costs: Costs) -> list[dict[str, Any]]:
    return [
        {
            **asdict(size),
            "way": size.way.name,
            "people": people_on(size, costs),
            "lively": people_on(size, costs, LIVELY),
        }
        for size in SIZES
    ]


def people_on(size: Size, costs: Costs, drawing: float = 1.0) -> int:
    """The most people at which no process is fuller than planned."""
    low, high = 1.0, float(PEOPLE_MAX)
    while high > low * STEP:
        middle = (low * high) ** 0.5
        if _fits(round(middle), size, costs, drawing):
            low = middle
        else:
            high = middle
    return round(low)


def _fits(people: int, size: Size, costs: Costs, drawing: float) -> bool:
    boards = boards_of(people, drawing=drawing)
    return cores_for(boards, costs, size.processes, size.way) <= size.processes * CORE_SHARE
