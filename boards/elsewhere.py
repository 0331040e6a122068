"""What this process knows of the others: which boards they have open, and since when; pure (R6).

Each process says every ANNOUNCE_SECONDS which boards it has open and at which version its list of
people is on each. Who has missed that three times is gone, and its people with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

ANNOUNCE_SECONDS: Final = 2.0
GONE_SECONDS: Final = 3 * ANNOUNCE_SECONDS + 0.5
"""Three announcements missed, and a moment for the last to arrive."""

UNKNOWN: Final = -1
"""Version of a list of people that has not come yet."""


@dataclass(slots=True)
class _Process:
    heard_at: float
    boards: dict[UUID, int] = field(default_factory=dict)
    """Boards open there, with the version of the people that are known here."""


class News(NamedTuple):
    """What an announcement has told."""

    is_new: bool
    """A process that was not known before."""
    outdated: list[UUID]
    """Boards on which other people are now than are known here."""
    closed: list[UUID]


class Elsewhere:
    """See the module. Times are seconds of one clock."""

    def __init__(self) -> None:
        self._processes: dict[str, _Process] = {}
        self._open: Counter[UUID] = Counter()

    def has(self, board: UUID) -> bool:
        """Whether another process has the board open."""
        return board in self._open

    def knows(self, origin: str) -> bool:
        return origin in self._processes

    def announced(self, origin: str, boards: Mapping[UUID, int], now: float) -> News:
        """All boards that a process has open, with the versions of their lists of people."""
        is_new = origin not in self._processes
        process = self._heard(origin, now)
        closed = [board for board in process.boards if board not in boards]
        for board in closed:
            self.closed(origin, board)
        outdated = [
            board for board, version in boards.items() if process.boards.get(board) != version
        ]
        for board in boards:
            self._add(process, board)
        return News(is_new, outdated, closed)

    def opened(self, origin: str, boards: Iterable[UUID], now: float) -> None:
        process = self._heard(origin, now)
        for board in boards:
            self._add(process, board)

    def closed(self, origin: str, board: UUID) -> None:
        process = self._processes.get(origin)
        if process is not None and process.boards.pop(board, None) is not None:
            self._open[board] -= 1
            if not self._open[board]:
                del self._open[board]

    def people_known(self, origin: str, board: UUID, version: int, now: float) -> bool:
        """That a list of people has come; whether it is the first of this process and board."""
        process = self._heard(origin, now)
        is_first = process.boards.get(board, UNKNOWN) == UNKNOWN
        self._add(process, board)
        process.boards[board] = version
        return is_first

    def people_forgotten(self, board: UUID) -> None:
        """The board has been closed here: who is on it elsewhere has to be asked for anew."""
        for process in self._processes.values():
            if board in process.boards:
                process.boards[board] = UNKNOWN

    def gone(self, origin: str) -> list[UUID]:
        """Forgets a process; the boards that it had open."""
        process = self._processes.get(origin)
        if process is None:
            return []
        boards = list(process.boards)
        for board in boards:
            self.closed(origin, board)
        del self._processes[origin]
        return boards

    def silent(self, now: float) -> list[str]:
        """Processes that have missed three announcements."""
        return [
            origin
            for origin, process in self._processes.items()
            if now - process.heard_at > GONE_SECONDS
        ]

    def _heard(self, origin: str, now: float) -> _Process:
        process = self._processes.get(origin)
        if process is None:
            process = self._processes[origin] = _Process(now)
        process.heard_at = now
        return process

    def _add(self, process: _Process, board: UUID) -> None:
        if board not in process.boards:
            process.boards[board] = UNKNOWN
            self._open[board] += 1
