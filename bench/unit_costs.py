"""What one of each thing costs, taken from the figures of docs/scaling.json; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .rows import LIVE_ROWS

Run = Mapping[str, Any]

LIVE_PER_SECOND = 30.0
MICRO = 1e6


@dataclass(frozen=True)
class Costs:
    """Microseconds of CPU, unless the name says otherwise."""

    message_in: float
    """A drawer's live message, with its share of the stroke's commit, in the whiteboard."""
    frame_out: float
    """A frame to one socket, in the whiteboard."""
    publish: float
    """A frame of one board handed to the layer, in the whiteboard."""
    take: float
    """The same, taken from the layer."""
    redis_publish: float
    redis_deliver: float
    commit: float
    """A transaction, in PostgreSQL."""
    beat_whiteboard: float
    """A board open in a process, each second, while nothing happens."""
    beat_postgres: float
    announced: float
    """A board in another process's announcement."""
    announced_bytes: float
    update_bytes: float
    """What one update puts on the wire to one person, frames' headers included."""
    socket_bytes: float
    process_bytes: float

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def unit_costs(results: Mapping[str, Any]) -> Costs:
    """From one run of everything."""
    alone = [run for run in results["shapes"] if run["processes"] == 1]
    message_in, frame_out = fit_two(
        (drawers_of(run) * LIVE_PER_SECOND, run["framesPerSecond"], run["serverShare"] * MICRO)
        for run in alone
    )
    publish, take = _crossing(results["shapes"], "whiteboard")
    redis_publish, redis_deliver = _crossing(results["shapes"], "redis")
    idle = results["idle"]
    open_boards = idle["boards"] * idle["processes"]
    commits = next(run for run in results["many"] if not run["routed"])
    return Costs(
        message_in=message_in,
        frame_out=frame_out,
        publish=publish,
        take=take,
        redis_publish=redis_publish,
        redis_deliver=redis_deliver,
        commit=commits["microsecondsOf"]["postgres"],
        beat_whiteboard=idle["shares"]["whiteboard"] * MICRO / open_boards,
        beat_postgres=idle["shares"]["postgres"] * MICRO / open_boards,
        announced=results["announcing"]["microseconds"],
        announced_bytes=results["announcing"]["bytes"],
        update_bytes=sum(run["bytesPerSecond"] for run in alone)
        / sum(run["perSecond"] for run in alone),
        socket_bytes=idle["bytesPerSocket"],
        process_bytes=idle["before"] / idle["processes"],
    )


def drawers_of(run: Run) -> int:
    """On all boards of a load shape together."""
    row = next(row for row in LIVE_ROWS if row.name == run["shape"])
    return row.boards * row.drawers


def fit_two(samples: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    """The a and b, neither negative, for which a * x + b * y is nearest to z in all samples.

    Each sample counts by its relative error, or the largest would decide alone.
    """
    scaled = [(x / z, y / z) for x, y, z in samples if z > 0]
    xx = sum(x * x for x, _ in scaled)
    yy = sum(y * y for _, y in scaled)
    xy = sum(x * y for x, y in scaled)
    x1, y1 = sum(x for x, _ in scaled), sum(y for _, y in scaled)
    determinant = xx * yy - xy * xy
    if determinant > 1e-9 * xx * yy:
        a = (x1 * yy - y1 * xy) / determinant
        b = (y1 * xx - x1 * xy) / determinant
        if a >= 0 and b >= 0:
            return a, b
    # One of the two explains it all, the one that leaves less.
    only_a, only_b = (x1 / xx if xx else 0.0), (y1 / yy if yy else 0.0)
    error_a = sum((1 - only_a * x) ** 2 for x, _ in scaled)
    error_b = sum((1 - only_b * y) ** 2 for _, y in scaled)
    return (only_a, 0.0) if error_a <= error_b else (0.0, only_b)


def _crossing(shapes: Iterable[Run], who: str) -> tuple[float, float]:
    """What publishing a board's frame costs, and taking it: spread boards against routed ones.

    A frame is published once and comes to as many processes as are measured (five people on each
    board are on all of them), the sender's own included.
    """
    share = {
        (run["processes"], run["routed"]): run["shares"][who]
        for run in shapes
        if run["shape"] == "boards"
    }
    row = next(row for row in LIVE_ROWS if row.name == "boards")
    published = row.boards * LIVE_PER_SECOND
    return fit_two(
        (1.0, float(processes), max(0.0, spread - share[processes, True]) * MICRO / published)
        for (processes, routed), spread in share.items()
        if not routed and (processes, True) in share
    )
