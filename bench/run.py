"""Measures the whole server against a bare relay and writes docs/performance.md: `make bench`."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from . import browser, report
from .generator import generate
from .judge import all_valid
from .opening import opening
from .rows import (
    IDLE_BOARDS,
    IDLE_PEOPLE,
    IDLE_SECONDS,
    IDLE_WARMUP_BOARDS,
    LIVE_ROWS,
    OPENING_STROKES,
    RECEIPT_PEOPLE,
    RECEIPTS_PER_SECOND,
    STROKES_ON_THE_WIRE,
    LiveRow,
)
from .system import HOST, Running, relay, seed, temporary_state, whiteboard
from .table import markdown

PARTS = ("receipts", "stroke", "idle", "opening", "browser")
SEED = 20
SLACK_SECONDS = 90
"""For joining, draining and starting node."""


@dataclass(frozen=True)
class Options:
    only: frozenset[str]
    runs: int
    seconds: float
    warmup: float
    quick: bool
    write: bool

    def wants(self, name: str) -> bool:
        return not self.only or name in self.only


class Guests:
    """Hands out boards that nobody has used, with the cookies of the people who come to them."""

    def __init__(self, server: Running, people: int, boards: int) -> None:
        self.cookies, self._boards = seed(server.folder, people, boards)

    def board(self) -> str:
        return self._boards.pop()

    def seat(self, boards: int, people: int, drawers: int) -> list[dict[str, Any]]:
        """Plans of boards; each seat is another person, as far as they go."""
        seats = iter(self.cookies * (1 + boards * people // len(self.cookies)))
        return [
            {
                "id": self.board(),
                "cookies": [next(seats) for _ in range(people)],
                "drawers": drawers,
            }
            for _ in range(boards)
        ]


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    results: dict[str, Any] = {"about": report.about(), "live": {}, "parts": {}}
    for run in range(options.runs):
        _one_run(run, options, results)
    _parts(options, results)
    table = markdown(results)
    print(table)
    if options.write:
        report.write(results, table)
    return 0 if all_valid(results) else 1


def _options(arguments: list[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    names = [*(row.name for row in LIVE_ROWS), *PARTS]
    parser.add_argument("--quick", action="store_true", help="one short run, nothing written")
    parser.add_argument("--only", action="append", choices=names, default=[], metavar="NAME")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement")
    given = parser.parse_args(arguments)
    return Options(
        only=frozenset(given.only),
        runs=1 if given.quick else given.runs,
        seconds=min(4, given.seconds) if given.quick else given.seconds,
        warmup=1 if given.quick else 3,
        quick=given.quick,
        write=not (given.quick or given.only),
    )


def _one_run(run: int, options: Options, results: dict[str, Any]) -> None:
    """All live rows once, each next to the relay's, on fresh processes."""
    rows = [row for row in LIVE_ROWS if options.wants(row.name)]
    if not rows and not options.wants("receipts"):
        return
    with ExitStack() as stack:
        folder = stack.enter_context(temporary_state())
        ours = stack.enter_context(whiteboard(folder))
        theirs = stack.enter_context(relay(folder))
        guests = Guests(ours, _most_people(rows), sum(row.boards for row in rows) + 1)
        for row in rows:
            plan = guests.seat(row.boards, row.people, row.drawers)
            order = ["whiteboard"] if row.ratio_max is None else ["whiteboard", "relay"]
            # Who goes first changes, so that a machine that warms up or slows down favours nobody.
            for system in order if run % 2 == 0 else reversed(order):
                target = ours if system == "whiteboard" else theirs
                result = _live(row, plan, target, system, options)
                results["live"].setdefault(row.name, {}).setdefault(system, []).append(result)
                report.progress(f"run {run + 1}: {row.title}, {system}", result)
        if options.wants("receipts"):
            result = _receipts(guests, ours, options)
            results["parts"].setdefault("receipts", []).append(result)
            report.progress(f"run {run + 1}: receipts", result)


def _most_people(rows: list[LiveRow]) -> int:
    return max([RECEIPT_PEOPLE, *(row.people * row.boards for row in rows)])


def _live(
    row: LiveRow, boards: list[dict[str, Any]], server: Running, system: str, options: Options
) -> dict[str, Any]:
    plan = {
        "load": "live",
        "target": {"host": HOST, "port": server.port, "system": system},
        "processes": {"whiteboard": [server.pid]},
        "boards": boards,
        "seconds": options.seconds,
        "warmup": options.warmup,
        "seed": SEED,
    }
    return generate(plan, options.seconds + options.warmup + SLACK_SECONDS)


def _receipts(guests: Guests, server: Running, options: Options) -> dict[str, Any]:
    plan = {
        "load": "receipts",
        "target": {"host": HOST, "port": server.port, "system": "whiteboard"},
        "processes": {"whiteboard": [server.pid]},
        "boards": guests.seat(1, RECEIPT_PEOPLE, 0),
        "perSecond": RECEIPTS_PER_SECOND,
        "seconds": options.seconds,
        "warmup": options.warmup,
        "seed": SEED,
    }
    return generate(plan, options.seconds + options.warmup + SLACK_SECONDS)


def _parts(options: Options, results: dict[str, Any]) -> None:
    """What needs no repetition next to the relay; each on a server of its own."""
    parts = results["parts"]
    for name, measure in (("stroke", _stroke), ("idle", _idle), ("opening", _opening)):
        if options.wants(name):
            with temporary_state() as folder, whiteboard(folder) as server:
                parts[name] = measure(server)
            report.progress(name, parts[name])
    if options.wants("browser"):
        parts["browser"] = browser.measure(OPENING_STROKES)
        report.progress("browser", parts["browser"])


def _stroke(server: Running) -> dict[str, Any]:
    plan = {
        "load": "stroke",
        "target": {"host": HOST, "port": server.port, "system": "whiteboard"},
        "boards": Guests(server, 2, 1).seat(1, 2, 1),
        "strokes": STROKES_ON_THE_WIRE,
        "seed": SEED,
    }
    return generate(plan, SLACK_SECONDS)


def _idle(server: Running) -> dict[str, Any]:
    boards = IDLE_WARMUP_BOARDS + IDLE_BOARDS
    guests = Guests(server, boards * IDLE_PEOPLE, boards)
    plans = guests.seat(boards, IDLE_PEOPLE, 0)
    plan = {
        "load": "idle",
        "target": {"host": HOST, "port": server.port, "system": "whiteboard"},
        "processes": {"whiteboard": [server.pid]},
        "seconds": IDLE_SECONDS,
        "warmupBoards": plans[:IDLE_WARMUP_BOARDS],
        "boards": plans[IDLE_WARMUP_BOARDS:],
    }
    return generate(plan, SLACK_SECONDS)


def _opening(server: Running) -> dict[str, Any]:
    guests = Guests(server, 1, 1)
    return opening(server, guests.board(), guests.cookies[0])


if __name__ == "__main__":
    sys.exit(main())
