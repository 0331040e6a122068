"""A stack with the people and boards that are measured on it, as the load generator sees it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import psutil

from cluster.stack import Stack

from .generator import Generator
from .system import HOST

SLACK_SECONDS = 90
"""For joining, draining and starting node."""
SETTLE_SECONDS, SETTLE_SECONDS_MAX = 0.4, 60
QUIET_PERCENT = 12
"""Of a core: heartbeats and announcements stay below it."""
SEED = 20
"""The same ink and the same moments in all runs."""

Plan = dict[str, Any]


class Whole:
    """See the module. Each measurement has boards that nobody has used before."""

    def __init__(self, stack: Stack, people: int, boards: int) -> None:
        self.stack = stack
        self._cookies, self._boards = stack.seed(people, boards)

    def run(
        self, load: str, boards: list[Plan], processes: int, *, nginx: bool = False, **plan: Any
    ) -> dict[str, Any]:
        return self.start(load, boards, processes, nginx=nginx, **plan).finish()

    def start(
        self, load: str, boards: list[Plan], processes: int, *, nginx: bool = False, **plan: Any
    ) -> Generator:
        """The generator on any core: with several processes there is none left for it alone."""
        self._settle()
        whole: Plan = {
            "load": load,
            "seed": SEED,
            "target": {
                "host": HOST,
                "port": self.stack.nginx.port,
                "system": "whiteboard",
                "origin": self.stack.address,
            },
            "processes": self._pids(processes, nginx=nginx),
            "boards": boards,
            **plan,
        }
        seconds = (plan.get("seconds", 0) + plan.get("warmup", 0)) * plan.get("rounds", 1)
        return Generator(whole, seconds + SLACK_SECONDS)

    def _settle(self) -> None:
        """Until what an overload may have left behind is worked off."""
        servers = [psutil.Process(app.pid) for app in self.stack.apps if app.running]
        end = time.monotonic() + SETTLE_SECONDS_MAX
        while time.monotonic() < end:
            for server in servers:
                server.cpu_percent()
            time.sleep(SETTLE_SECONDS)
            if all(server.cpu_percent() < QUIET_PERCENT for server in servers):
                return

    def _pids(self, processes: int, *, nginx: bool) -> dict[str, list[int]]:
        pids = {
            "whiteboard": [app.pid for app in self.stack.apps[:processes] if app.pid is not None],
            "postgres": [self.stack.postgres.pid],
            "redis": [self.stack.redis.pid],
        }
        return {**pids, "nginx": [self.stack.nginx.pid]} if nginx else pids

    def seat(self, boards: int, people: int, drawers: int) -> list[Plan]:
        """Boards with their people, who all come by the proxy; each seat is another person."""
        if boards > len(self._boards):
            raise RuntimeError(f"{boards} more boards are wanted, {len(self._boards)} are left")
        seats: Iterator[str] = cycle(self._cookies)
        return [
            {
                "id": self._boards.pop(),
                "cookies": list(islice(seats, people)),
                "drawers": drawers,
            }
            for _ in range(boards)
        ]

    def spread(self, boards: list[Plan], processes: int) -> list[Plan]:
        """A board's people take turns at all processes: the hard case."""
        ports = [app.port for app in self.stack.apps[:processes]]
        return [
            # Each board begins with another process, or all drawers would be at the first.
            {**board, "ports": ports[i % processes :] + ports[: i % processes]}
            for i, board in enumerate(boards)
        ]

    def routed(self, boards: list[Plan], processes: int) -> list[Plan]:
        """All people of a board are at one process, as a proxy that hashes addresses has it."""
        ports = [app.port for app in self.stack.apps[:processes]]
        return [{**board, "ports": [ports[i % processes]]} for i, board in enumerate(boards)]
