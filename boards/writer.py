"""The one thread of this process that commits: whatever waits goes in one SQL transaction.

Group commit without added delay: while one commit runs, the next batch gathers. The order of each
session is kept: a batch that failed for a passing reason is tried again before anything else, and
where only some boards are held by somebody else, what waits for them is put back at the head (R5).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection, connections

from . import store

log = logging.getLogger(__name__)

BATCH_MAX: Final = 64
"""Transactions per commit: beyond some dozens a larger batch saves nothing."""
CHANGES_MAX: Final = 400
"""Changes per commit: some 50 ms, which is how long the others wait."""
SHARE: Final = 100
"""Of one session while others wait: who sends a day's work at once is not in their way."""
RETRY_SECONDS: Final = 0.1
BUSY_SECONDS: Final = 0.25
"""Between tries to lock a board that somebody else holds."""
BOARDS_REMEMBERED: Final = 10_000
GIVE_UP_SECONDS: Final = 15.0
"""A database that has been away for so long: the sessions are closed and come back (4503)."""

Answer = Callable[[store.Outcome | None], None]
"""Called on the loop with the outcome, or None where the writer gave up."""


class Waiting(NamedTuple):
    submission: store.Submission
    session: Hashable
    answer: Answer


class _Batch:
    """What goes into one commit."""

    def __init__(self) -> None:
        self.taken: list[Waiting] = []
        self._changes = 0
        self._shares: Counter[Hashable] = Counter()

    @property
    def full(self) -> bool:
        return len(self.taken) >= BATCH_MAX or self._changes >= CHANGES_MAX

    def takes(self, waiting: Waiting, share: int) -> bool:
        """Takes it where its session has not had its share; a share's last may go beyond it."""
        if self._shares[waiting.session] >= share:
            return False
        changes = len(waiting.submission.changes)
        self.taken.append(waiting)
        self._changes += changes
        self._shares[waiting.session] += changes
        return True


class Held(NamedTuple):
    """A board that somebody else holds: an operator's long SQL transaction, a frozen process."""

    since: float
    again_at: float


class Writer:
    """Commits submissions, those of each session in the order in which they come."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Waiting] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board-writer")
        self._running: asyncio.Task[None] | None = None
        self._busy: dict[UUID, Held] = {}
        self._committed: OrderedDict[UUID, int] = OrderedDict()
        """The last clock that this process has given on each board."""

    def submit(self, submission: store.Submission, session: Hashable, answer: Answer) -> None:
        """Takes a transaction of `session`, whose order is kept."""
        self._waiting.append(Waiting(submission, session, answer))
        if self._running is None:
            self._running = self._loop.create_task(self._run())

    async def flush(self) -> None:
        """Returns when everything submitted so far has been answered."""
        while self._running is not None:
            await asyncio.shield(self._running)

    async def close(self) -> None:
        await self.flush()
        await self._loop.run_in_executor(self._thread, connections.close_all)
        self._thread.shutdown(wait=False)

    async def _run(self) -> None:
        try:
            while self._waiting:
                # Lets everything that this turn of the loop still decodes join the batch.
                await asyncio.sleep(0)
                batch = self._next_batch()
                if not batch:
                    await asyncio.sleep(BUSY_SECONDS)
                    continue
                known = {w.submission.board: self._known(w.submission) for w in batch}
                outcomes = await self._loop.run_in_executor(self._thread, _commit, batch, known)
                self._answer(batch, outcomes)
        finally:
            self._running = None

    def _next_batch(self) -> list[Waiting]:
        """Takes those that wait longest, and of each session in turn where many wait (S14).

        What one session has waiting keeps its order: nothing of it passes what is left (R5). Boards
        that somebody else holds are left out.
        """
        batch = _Batch()
        now = self._loop.time()
        self._waiting = self._take(batch, now, share=SHARE)
        if self._waiting and not batch.full:
            # Nobody else wants the room.
            self._waiting = self._take(batch, now, share=CHANGES_MAX)
        return batch.taken

    def _take(self, batch: _Batch, now: float, share: int) -> deque[Waiting]:
        """Fills the batch, no session beyond its share; returns what is left, in its order."""
        left: deque[Waiting] = deque()
        passed: set[Hashable] = set()
        while self._waiting and not batch.full:
            waiting = self._waiting.popleft()
            held = self._busy.get(waiting.submission.board)
            if (
                waiting.session in passed
                or (held is not None and held.again_at > now)
                or not batch.takes(waiting, share)
            ):
                passed.add(waiting.session)
                left.append(waiting)
        left.extend(self._waiting)
        return left

    def _answer(self, batch: list[Waiting], outcomes: list[store.Outcome | None]) -> None:
        busy: list[Waiting] = []
        failed: set[Hashable] = set()
        for waiting, outcome in zip(batch, outcomes, strict=True):
            board = waiting.submission.board
            if isinstance(outcome, store.Busy):
                if self._is_held(board):
                    busy.append(waiting)
                    continue
                outcome = None
            else:
                self._busy.pop(board, None)
            if outcome is None:
                failed.add(waiting.session)
            elif isinstance(outcome, store.Committed) and outcome.fresh:
                self._committed[board] = outcome.clock
                self._committed.move_to_end(board)
            waiting.answer(outcome)
        # Back at the head, in their order: nothing of a session overtakes them (R5).
        self._waiting.extendleft(reversed(busy))
        while len(self._committed) > BOARDS_REMEMBERED:
            self._committed.popitem(last=False)
        if failed:
            self._drop(failed)

    def _is_held(self, board: UUID) -> bool:
        """Somebody else holds the board; whether it is still worth waiting."""
        now = self._loop.time()
        held = self._busy.get(board)
        since = now if held is None else held.since
        if now - since > GIVE_UP_SECONDS:
            self._busy.pop(board, None)
            return False
        self._busy[board] = Held(since, now + BUSY_SECONDS)
        return True

    def _known(self, submission: store.Submission) -> int:
        """Up to where this process has the board: by its room, or by its own last commit."""
        return max(submission.known_clock, self._committed.get(submission.board, 0))

    def _drop(self, failed: set[Hashable]) -> None:
        """Nothing of a session overtakes its earlier transaction, so its queue falls too (R5)."""
        kept = [waiting for waiting in self._waiting if waiting.session not in failed]
        dropped = [waiting for waiting in self._waiting if waiting.session in failed]
        self._waiting = deque(kept)
        for waiting in dropped:
            waiting.answer(None)


def _commit(batch: list[Waiting], known: Mapping[UUID, int]) -> list[store.Outcome | None]:
    """Commits a batch in the writer's thread, patiently; None where it could not."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    submissions = [waiting.submission for waiting in batch]
    leave_busy = False
    while True:
        try:
            return list(store.commit(submissions, known, leave_busy=leave_busy))
        except (OperationalError, InterfaceError) as error:
            if store.is_busy(error) and not leave_busy:
                leave_busy = True
                continue
            log.warning("the database did not take a batch of %d: %s", len(batch), error)
            _drop_connection()
            if time.monotonic() > give_up_at:
                return [None] * len(batch)
            time.sleep(RETRY_SECONDS)
        except Exception:
            # Whatever it is, it must not stop the writer for everybody else.
            log.exception("a batch of %d failed and is tried one by one", len(batch))
            return _commit_each(batch)


def _commit_each(batch: list[Waiting]) -> list[store.Outcome | None]:
    """One bad row fails alone, with what its session has sent behind it (R5)."""
    outcomes: list[store.Outcome | None] = []
    failed: set[Hashable] = set()
    for waiting in batch:
        if waiting.session in failed:
            outcomes.append(None)
            continue
        try:
            outcomes.append(store.commit([waiting.submission])[0])
        except Exception:
            # Only its own session pays for it.
            log.exception("a transaction could not be committed")
            failed.add(waiting.session)
            outcomes.append(None)
    return outcomes


def _drop_connection() -> None:
    """So that the next try opens a new one: the server may have restarted."""
    try:
        connection.close()
    except DatabaseError:
        log.debug("the broken connection could not be closed")
