"""The one thread of this process that commits: whatever waits goes in one SQL transaction.

Group commit without added delay: while one commit runs, the next batch gathers. Order is kept: a
batch that failed for a passing reason stays at the head and nothing overtakes it (R5).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Final, NamedTuple

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection, connections

from . import store

log = logging.getLogger(__name__)

BATCH_MAX: Final = 64
"""Transactions per commit: beyond some dozens a larger batch saves nothing."""
RETRY_SECONDS: Final = 0.1
GIVE_UP_SECONDS: Final = 15.0
"""A database that has been away for so long: the sessions are closed and come back (4503)."""

Answer = Callable[[store.Outcome | None], None]
"""Called on the loop with the outcome, or None where the writer gave up."""


class Waiting(NamedTuple):
    submission: store.Submission
    session: Hashable
    answer: Answer


class Writer:
    """Commits submissions in the order in which they come."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[Waiting] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board-writer")
        self._running: asyncio.Task[None] | None = None

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
                batch = list(islice(self._waiting, BATCH_MAX))
                outcomes = await self._loop.run_in_executor(self._thread, _commit, batch)
                for _ in batch:
                    self._waiting.popleft()
                failed = {
                    waiting.session
                    for waiting, outcome in zip(batch, outcomes, strict=True)
                    if outcome is None
                }
                for waiting, outcome in zip(batch, outcomes, strict=True):
                    waiting.answer(outcome)
                if failed:
                    self._drop(failed)
        finally:
            self._running = None

    def _drop(self, failed: set[Hashable]) -> None:
        """Nothing of a session overtakes its earlier transaction, so its queue falls too (R5)."""
        kept = [waiting for waiting in self._waiting if waiting.session not in failed]
        dropped = [waiting for waiting in self._waiting if waiting.session in failed]
        self._waiting = deque(kept)
        for waiting in dropped:
            waiting.answer(None)


def _commit(batch: list[Waiting]) -> list[store.Outcome | None]:
    """Commits a batch in the writer's thread, patiently; None where it could not."""
    give_up_at = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            return list(store.commit([waiting.submission for waiting in batch]))
        except (OperationalError, InterfaceError) as error:
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
