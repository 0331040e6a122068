"""The four transports beside each other on one server: `make bench-transports`.

Latency and CPU of 20 people who all draw, bytes and requests of a stroke between two, and how
10,000 changes made without a network come back while ten others draw.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Final

from boards.client import Board, Connected, connect
from boards.client.transports import TRANSPORTS

from . import report
from .crowd import Crowd, Noticed, changes, percentiles
from .meter import Count, Meter
from .system import GENERATOR_CORE, HOST, Running, seed, temporary_state, whiteboard
from .transports_table import markdown, missed

PEOPLE: Final = 20
OTHERS: Final = 10
EARS: Final = 5
"""Of them: so many are measured by. All are sent everything."""
STROKES: Final = 5
PARTS: Final = ("crowds", "pairs", "back")
CHANGES: Final = 10_000
TRANSACTIONS: Final = 400
CLOCK_TICKS: Final = 100
SETTLE_SECONDS: Final = 1.0


class Bench:
    """One server, and boards that nobody has used."""

    def __init__(self, server: Running, cookies: list[str], boards: list[str]) -> None:
        self.server = server
        self.cookies = cookies
        self._boards = boards

    def url(self, board: str, port: int = 0) -> str:
        return f"http://{HOST}:{port or self.server.port}/boards/{board}/"

    def board(self) -> str:
        return self._boards.pop()

    def cpu(self) -> float:
        """Seconds that the server has used."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(") ")[2].split(" ")
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS

    # -- latency -----------------------------------------------------------------------------------

    async def crowd(self, transport: str, seconds: float) -> dict[str, Any]:
        url = self.url(self.board())
        async with Crowd([url] * PEOPLE, self.cookies[:PEOPLE], transport, ears=EARS) as crowd:
            await crowd.draw(SETTLE_SECONDS)
            crowd.forget()
            drawn = crowd.strokes
            before, own, since = self.cpu(), time.process_time(), time.perf_counter()
            await crowd.draw(seconds)
            took = time.perf_counter() - since
            return {
                "noticed": crowd.forget(),
                "cpu": (self.cpu() - before) / (crowd.strokes - drawn),
                "generator": (time.process_time() - own) / took,
            }

    # -- bytes -------------------------------------------------------------------------------------

    async def pair(self, transport: str) -> dict[str, Any]:
        board, port = self.board(), self.server.port
        async with Meter(port) as drawing, Meter(port) as watching:
            urls = [self.url(board, meter.port) for meter in (drawing, watching)]
            async with Crowd(urls, self.cookies[:2], transport) as crowd:
                drawer, viewer = crowd.drawers
                before = drawing.count.copy(), watching.count.copy()
                for _ in range(STROKES):
                    await drawer.stroke(crowd.noticed)
                    await _reaches(viewer.board, drawer.board.clock)
                return {
                    "drawer": _each(drawing.count - before[0]),
                    "viewer": _each(watching.count - before[1]),
                }

    # -- coming back -------------------------------------------------------------------------------

    async def comes_back(self, transport: str, seconds: float) -> dict[str, Any]:
        board = self.board()
        url = self.url(board)
        async with (
            Crowd([url] * OTHERS, self.cookies[:OTHERS], "websocket", ears=EARS) as others,
            connect(url, cookie=self.cookies[OTHERS + 1], transport="websocket") as watching,
            Meter(self.server.port) as line,
            connect(
                self.url(board, line.port), cookie=self.cookies[OTHERS], transport=transport
            ) as away,
        ):
            made = list(changes(CHANGES))
            drawing = asyncio.create_task(others.draw(seconds * 2 + 60))
            await asyncio.sleep(SETTLE_SECONDS + 2)
            others.forget()
            await asyncio.sleep(seconds)
            calm = others.forget()
            line.cut()
            away.switch(transport)
            receipts = [asyncio.create_task(away.commit(some)) for some in _cut(made)]
            # They are made in one moment, which is not what is measured.
            await asyncio.sleep(0)
            others.forget()
            saved, arrived = await _is_back(away, watching, receipts)
            busy = others.forget()
            drawing.cancel()
            await asyncio.gather(drawing, return_exceptions=True)
            return {"calm": calm, "busy": busy, "saved": saved, "arrived": arrived}


async def _is_back(
    away: Board, watching: Board, receipts: list[asyncio.Task[int]]
) -> tuple[float, float]:
    """Seconds from being back until all is saved, and until somebody else has it."""
    here = away.events()
    while not isinstance(await anext(here), Connected):
        pass
    since = time.perf_counter()
    last = max(await asyncio.gather(*receipts))
    saved = time.perf_counter() - since
    await _reaches(watching, last)
    return saved, time.perf_counter() - since


def _cut(made: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    size = len(made) // TRANSACTIONS
    return [made[at : at + size] for at in range(0, len(made), size)]


async def _reaches(board: Board, clock: int) -> None:
    events = board.events()
    while board.clock < clock:
        await anext(events)


def _each(count: Count) -> dict[str, float]:
    return {
        "up": count.up / STROKES,
        "down": count.down / STROKES,
        "requests": count.requests / STROKES,
    }


async def measure(bench: Bench, rounds: int, seconds: float, parts: set[str]) -> dict[str, Any]:
    """Transports take turns, so that what disturbs the machine disturbs all of them."""
    names = list(TRANSPORTS)
    gathered: dict[str, Noticed] = {name: Noticed() for name in names}
    cpu: dict[str, list[float]] = {name: [] for name in names}
    own: dict[str, list[float]] = {name: [] for name in names}
    results: dict[str, Any] = {"pairs": {}, "back": {}}
    for turn in range(rounds if "crowds" in parts else 0):
        for name in names if turn % 2 == 0 else reversed(names):
            run = await bench.crowd(name, seconds)
            gathered[name].live += run["noticed"].live
            gathered[name].durable += run["noticed"].durable
            cpu[name].append(run["cpu"])
            own[name].append(run["generator"])
            print(f"round {turn + 1}, {name}: {percentiles(run['noticed'].live)}", file=sys.stderr)
    for name in names if "pairs" in parts else ():
        results["pairs"][name] = await bench.pair(name)
        print(f"stroke over {name}: {results['pairs'][name]}", file=sys.stderr)
    for name in names if "back" in parts else ():
        back = [await bench.comes_back(name, seconds) for _ in range(rounds)]
        results["back"][name] = [_told(one) for one in back]
        print(f"back over {name}: {results['back'][name]}", file=sys.stderr)
    results["crowds"] = {
        name: {
            "live": percentiles(gathered[name].live),
            "durable": percentiles(gathered[name].durable),
            "cpu": sum(cpu[name]) / len(cpu[name]),
            "generator": max(own[name]),
        }
        for name in names
        if own[name]
    }
    return results


def _told(back: dict[str, Any]) -> dict[str, Any]:
    return {
        "saved": round(back["saved"], 2),
        "arrived": round(back["arrived"], 2),
        "calm": percentiles(back["calm"].live),
        "busy": percentiles(back["busy"].live),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.transports", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--json", default="", help="a file for the figures")
    given = parser.parse_args()
    rounds, seconds = (1, 3.0) if given.quick else (given.rounds, given.seconds)
    if (os.cpu_count() or 1) > 1:
        # The server has the other one.
        os.sched_setaffinity(0, {int(GENERATOR_CORE)})
    with temporary_state() as folder, whiteboard(folder) as server:
        boards = len(TRANSPORTS) * (2 * rounds + 1)
        bench = Bench(server, *seed(folder, PEOPLE, boards))
        results = {
            "about": report.about(),
            **asyncio.run(measure(bench, rounds, seconds, set(given.only))),
        }
    print(markdown(results))
    if given.json:
        Path(given.json).write_text(json.dumps(results, indent=2) + "\n")
    return 1 if missed(results) else 0


if __name__ == "__main__":
    sys.exit(main())
