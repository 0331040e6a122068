"""The simulation's tables: what goes in, measured or assumed, and what comes out; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import simulate
from .cells import table_of
from .world import PEOPLE_PER_BOARD, SORTS

MEASURED = (
    ("message_in", "a live message of a drawer, with its share of the stroke's commit", "us"),
    ("frame_out", "a frame to one socket", "us"),
    ("publish", "a board's frame published to the layer", "us"),
    ("take", "a board's frame taken from the layer", "us"),
    ("redis_publish", "the same in Redis: published", "us"),
    ("redis_deliver", "the same in Redis: to one process", "us"),
    ("commit", "a transaction in PostgreSQL", "us"),
    ("beat_whiteboard", "a board open in a process, a second, whiteboard", "us"),
    ("beat_postgres", "a board open in a process, a second, PostgreSQL", "us"),
    ("announced", "a board in another process's announcement", "us"),
    ("announced_bytes", "the same on the wire", "bytes"),
    ("update_bytes", "an update to one person, on the wire", "bytes"),
    ("socket_bytes", "memory of a quiet socket", "bytes"),
    ("process_bytes", "memory of a process with a few people", "bytes"),
)
ASSUMED = (
    ("a stroke", simulate.STROKE_SECONDS, "s"),
    ("no process fuller than, of a core", simulate.CORE_SHARE, ""),
    ("a transaction in PostgreSQL's log", simulate.TRANSACTION_BYTES, "bytes"),
    ("a quiet connection in the kernel", simulate.SOCKET_KERNEL_BYTES, "bytes"),
    ("cores of one PostgreSQL", simulate.POSTGRES_CORES, ""),
    ("connections of one PostgreSQL", simulate.POSTGRES_CONNECTIONS, ""),
    ("out of one Redis", simulate.REDIS_BYTES_PER_SECOND / 1e6, "MB/s"),
    ("people on a board, on average", PEOPLE_PER_BOARD, ""),
)


def forecast(simulation: dict[str, Any]) -> list[str]:
    return [
        *table_of(
            "people, boards, drawing, a board is on, processes, " + RESULTS, _needs(simulation)
        ),
        "",
        "Measured and put in:",
        "",
        *table_of("what, cost", _costs(simulation["costs"])),
        "",
        "Assumed and put in:",
        "",
        *table_of("what, assumed", _assumed()),
    ]


RESULTS = (
    "whiteboard cores, of them announcements, PostgreSQL cores, commits/s, Redis cores, "
    "announcements MB/s, to people MB/s, memory GB, nearest limit of one server"
)


def _needs(simulation: dict[str, Any]) -> Iterable[Iterable[str]]:
    for need in simulation["needs"]:
        carried = need["carried"]

        def of_processes(text: str, carried: bool = carried) -> str:
            return text if carried else ""

        yield (
            f"{need['people']:,}",
            f"{need['boards']:,}",
            f"{need['drawers']:,}",
            need["way"],
            f"{need['processes']:,}" if carried else "no number is enough",
            of_processes(f"{need['whiteboard']:,.1f}"),
            of_processes(f"{need['announcing']:,.1f}"),
            f"{need['postgres']:,.2f}",
            f"{need['commits']:,.0f}",
            f"{need['redis']:,.2f}",
            of_processes(f"{need['announce_bytes'] / 1e6:,.1f}"),
            f"{need['bytes_out'] / 1e6:,.1f}",
            of_processes(f"{need['memory_bytes'] / 1e9:,.1f}"),
            need["limit"],
        )


def _costs(costs: dict[str, float]) -> Iterable[Iterable[str]]:
    return ((title, f"{costs[name]:,.1f} {unit}") for name, title, unit in MEASURED)


def _assumed() -> Iterable[Iterable[str]]:
    yield from ((title, f"{value:,g} {unit}".strip()) for title, value, unit in ASSUMED)
    for sort in SORTS:
        yield (
            f"{sort.name}: {sort.share:.2%} of the boards",
            f"{sort.least} to {sort.most} people, {sort.drawing:.0%} of them draw at a moment",
        )
