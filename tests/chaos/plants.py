"""What is planted into a started server: bugs that the suite has to find, and a disk that fills up.

Each is a function that puts something over the product's own; `plant_server` calls it before the
server starts. `test_plants` says by which scene each is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import msgspec

from .world import FULL_DISK

UNLIMITED_PAGES: Final = 4_294_967_294
"""SQLite's own limit."""


def disk() -> None:
    """No bug: while a file named `disk-full` lies beside the database, it can't grow (F9).

    `max_page_count` belongs to a connection, so it is set by the thread that commits, each time.
    """
    from django.conf import settings
    from django.db import connection

    from boards import store

    full = Path(settings.DATABASES["default"]["NAME"]).parent / FULL_DISK
    commit = store.commit

    def commit_while_there_is_room(*args: Any, **kwargs: Any) -> Any:
        # 1 means "no more than there are".
        pages = 1 if full.exists() else UNLIMITED_PAGES
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        return commit(*args, **kwargs)

    store.commit = commit_while_there_is_room


def acknowledge_before_commit() -> None:
    """Each batch is committed when the next one comes: until then its receipts are lies (R3)."""
    from django.db import connection

    from boards import store

    class Late:
        is_open = False

        def __enter__(self) -> None:
            with connection.cursor() as cursor:
                if Late.is_open:
                    cursor.execute("COMMIT")
                cursor.execute("BEGIN IMMEDIATE")
            Late.is_open = True

        def __exit__(self, *_: object) -> None: ...

    store.transaction = SimpleNamespace(atomic=lambda **_: Late())  # type: ignore[assignment, attr-defined]


def forget_ids() -> None:
    """What comes again has its effect again; the database's own rule against it goes too (R2)."""
    from django.db import connection

    from boards import store
    from boards.models import Transaction

    constraints = {one.name: one for one in Transaction._meta.constraints}
    unique = constraints.pop("one_transaction_per_id")
    Transaction._meta.constraints = [*constraints.values()]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Transaction, unique)
    connection.close()
    store._read_logged = lambda states, which: None


def lose_tail() -> None:
    """Whoever comes back misses the first transaction of the tail (R7)."""
    from boards import store

    tail = store.tail

    def tail_without_its_first(board: Any, after: int, *args: Any, **kwargs: Any) -> Any:
        found = tail(board, after, *args, **kwargs)
        if found is None or not after:
            return found
        return replace(found, transactions=found.transactions[1:])

    store.tail = tail_without_its_first


def half_apply() -> None:
    """Of a refused transaction the good changes have their effect (R4)."""
    from boards.elements import Refusal, check_change
    from boards.link import Link
    from boards.protocol import Commit

    receive = Link._receive_commit

    def is_good(change: Any) -> bool:
        try:
            check_change(change)
        except Refusal:
            return False
        return True

    def receive_what_is_good(self: Any, session: Any, message: Commit, size: int) -> None:
        receive(self, session, message, size)
        for proposal in message.transactions:
            good = [change for change in proposal.changes if is_good(change)]
            if 0 < len(good) < len(proposal.changes):
                session.submit(msgspec.structs.replace(proposal, changes=good))

    Link._receive_commit = receive_what_is_good  # type: ignore[method-assign]  # the plant


def half_write() -> None:
    """The log has a transaction whole, the elements but for the last it names (R14)."""
    from boards import store

    write = store._write

    def write_all_but_one(states: Any, at: int) -> None:
        for state in states.values():
            if state.changed:
                state.changed.discard(max(state.changed))
        write(states, at)

    store._write = write_all_but_one


def revive_removed() -> None:
    """A `set` brings a removed element back (R4)."""
    from boards import batch

    set_properties = batch._set

    def set_and_revive(state: Any, change: Any, clock: int) -> None:
        row = state.rows.get(change.key)
        if row is not None and row.removed:
            batch._write(state, change.key, row._replace(removed=False, clock=clock))
        set_properties(state, change, clock)

    batch._set = set_and_revive


def overtake_failed() -> None:
    """What failed for a passing reason is tried again behind what was sent after it (R5)."""
    from django.db import OperationalError

    from boards import store

    commit = store.commit
    failed: set[str] = set()

    def commit_failed_ones_last(batch: Any, *args: Any, **kwargs: Any) -> Any:
        order = sorted(range(len(batch)), key=lambda at: -at if failed else at)
        try:
            outcomes = commit([batch[at] for at in order], *args, **kwargs)
        except OperationalError:
            failed.update(submission.uid for submission in batch)
            raise
        failed.clear()
        return [outcomes[order.index(at)] for at in range(len(batch))]

    store.commit = commit_failed_ones_last


def take_posts_again() -> None:
    """A POST whose answer got lost, and which is repeated, is taken once more (R2)."""
    from boards.transports.held import HeldLink

    receive = HeldLink.receive

    async def receive_all(self: HeldLink, first: int, frames: Any) -> int:
        self._received = min(self._received, first - 1)
        return await receive(self, first, frames)

    HeldLink.receive = receive_all  # type: ignore[method-assign]  # the plant


def resume_late() -> None:
    """A stream that goes on after a cut leaves out the first frame that it owes (R7)."""
    from boards.transports.held import HeldLink, Reader

    reader = HeldLink.reader

    def reader_that_skips(self: HeldLink, arrived: int, turn: int | None = None) -> Reader:
        made = reader(self, arrived, turn)
        take = made.take
        # The first reading of a link begins with nothing; all others go on.
        skips = [1] if arrived else []

        async def take_late(after: int, wait: float) -> Any:
            skip = skips.pop() if skips and self._count_after(after) else 0
            return await take(after + skip, wait)

        made.take = take_late  # type: ignore[method-assign]  # the plant
        return made

    HeldLink.reader = reader_that_skips  # type: ignore[method-assign]  # the plant


PLANTS: Final[Mapping[str, Callable[[], None]]] = {
    plant.__name__: plant
    for plant in (
        disk,
        acknowledge_before_commit,
        forget_ids,
        lose_tail,
        half_apply,
        half_write,
        revive_removed,
        overtake_failed,
        take_posts_again,
        resume_late,
    )
}
