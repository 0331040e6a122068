"""The only module that reads or writes the contents of a board.

Synchronous; for the writer's and the readers' threads. Each read is one SQL statement, so it sees
one moment of the board without holding any lock. `erasing` is part of it: it takes what one person
drew out of contents and log (R17).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import FilteredRelation, Q

from .access import Rules
from .batch import (
    LOCKED_TEXT,
    NOBODY,
    BoardState,
    Busy,
    Committed,
    Logged,
    Outcome,
    Refused,
    Row,
    Stale,
    Submission,
    judge,
    keys_of,
    transaction_text,
)
from .elements import Element as Properties
from .elements import fold
from .models import Board, Element, Transaction
from .protocol import Clear, NoticeCode, Paper
from .protocol import Transaction as LoggedTransaction
from .rights import rules_of

__all__ = [
    "Busy",
    "Committed",
    "Head",
    "Outcome",
    "Refused",
    "Snapshot",
    "Stale",
    "Submission",
    "Tail",
    "commit",
    "committed_ids",
    "document",
    "head",
    "heads",
    "tail",
    "tail_is_long",
    "verify",
]

NAMES_PER_QUERY: Final = 500
"""Boards, keys or ids asked for in one statement: databases bound its variables."""
MISSED_MAX: Final = 200
"""Transactions of other processes that come back with a receipt; more are read from the log."""
LONG_TAIL: Final = 1000
"""Transactions that are always sent as a tail, however small the document is."""


# -- committing ------------------------------------------------------------------------------------


def commit(
    batch: Sequence[Submission],
    known: Mapping[UUID, int] | None = None,
    *,
    leave_busy: bool = False,
) -> list[Outcome]:
    """Commits a batch in one SQL transaction; raises if nothing of it has been committed (R1-R3).

    A handful of statements whatever the batch's size is. The boards are locked first, in one order
    for all processes, so what is then read of them stands until COMMIT.

    `known` are clocks up to which the caller has these boards: what others have committed since
    comes back with the first receipt (R6). With `leave_busy` boards that somebody else holds are
    left out, so that the others needn't wait for them.
    """
    at = time.time_ns() // 1_000_000
    with transaction.atomic(durable=True):
        states, busy = _lock(batch, leave_busy)
        missed = _missed(states, known or {})
        outcomes: list[Outcome] = [
            Busy(submission.uid) if submission.board in busy else judge(states, submission, at)
            for submission in batch
        ]
        _write({board: state for board, state in states.items() if state.entries}, at)
    return _with_missed(batch, outcomes, missed)


def is_busy(error: Exception) -> bool:
    """Whether a board could not be locked in time; only PostgreSQL locks boards one by one."""
    return getattr(error.__cause__, "sqlstate", None) == _LOCK_NOT_AVAILABLE


_LOCK_NOT_AVAILABLE: Final = "55P03"


def _missed(
    states: Mapping[UUID, BoardState], known: Mapping[UUID, int]
) -> dict[UUID, list[tuple[int, bytes]]]:
    """What others have committed to the locked boards; not where that is much.

    One query for all: they are held locked meanwhile, and every other process waits for them.
    """
    which, room = Q(), MISSED_MAX
    for board, state in states.items():
        clock = known.get(board, state.clock)
        if 0 < state.clock - clock <= room:
            room -= state.clock - clock
            which |= Q(board=board, clock__gt=clock)
    missed: defaultdict[UUID, list[tuple[int, bytes]]] = defaultdict(list)
    if which:
        columns = ("board", "clock", "uid", "author", "at", "body")
        rows = Transaction.objects.filter(which).order_by("clock").values_list(*columns)
        for board, clock, uid, person, at, body in rows:
            missed[board].append((clock, transaction_text(clock, uid, person, at, body)))
    return missed


def _with_missed(
    batch: Sequence[Submission],
    outcomes: list[Outcome],
    missed: dict[UUID, list[tuple[int, bytes]]],
) -> list[Outcome]:
    if not missed:
        return outcomes
    for index, submission in enumerate(batch):
        outcome = outcomes[index]
        if isinstance(outcome, Committed) and outcome.fresh and submission.board in missed:
            outcomes[index] = replace(outcome, before=missed.pop(submission.board))
    return outcomes


def _lock(
    batch: Sequence[Submission], leave_busy: bool
) -> tuple[dict[UUID, BoardState], AbstractSet[UUID]]:
    """Locks the boards of the batch and reads what it names of them; also those that are busy."""
    boards = {submission.board for submission in batch}
    found = (
        Board.objects.filter(pk__in=boards)
        .order_by("pk")
        .select_for_update(skip_locked=leave_busy)
        .values_list(*_HEAD_COLUMNS)
    )
    states = {pk: BoardState(*columns) for pk, *columns in found}
    busy: set[UUID] = set()
    if leave_busy and len(states) < len(boards):
        absent = boards - states.keys()
        busy = set(Board.objects.filter(pk__in=absent).values_list("pk", flat=True))
        batch = [submission for submission in batch if submission.board not in busy]
    ids: defaultdict[UUID, set[str]] = defaultdict(set)
    keys: defaultdict[UUID, set[str]] = defaultdict(set)
    for submission in batch:
        ids[submission.board].add(submission.uid)
        keys[submission.board] |= keys_of(submission.changes)
    for which in _named("uid", ids):
        _read_logged(states, which)
    for which in _named("key", keys):
        _read_rows(states, which)
    _read_lockers(states, batch)
    return states, busy


_HEAD_COLUMNS: Final = (
    *("pk", "epoch", "clock", "access_version", "frozen", "living", "own_only"),
)


def _read_lockers(states: Mapping[UUID, BoardState], batch: Sequence[Submission]) -> None:
    """Whose locked elements a clear would take; a board is seldom cleared."""
    for submission in batch:
        state = states.get(submission.board)
        if state is None or submission.may_change_others:
            continue
        if any(isinstance(change, Clear) for change in submission.changes):
            rows = Element.objects.filter(board=submission.board, removed=False)
            authors = rows.filter(body__contains=LOCKED_TEXT).values_list("author", flat=True)
            state.lockers = frozenset(author or NOBODY for author in authors.distinct())


def _named(column: str, names: Mapping[UUID, set[str]]) -> Iterator[Q]:
    """Conditions for the rows with these names, board by board, few enough for a statement each."""
    which, room = Q(), NAMES_PER_QUERY
    for board, wanted in names.items():
        left = sorted(wanted)
        while left:
            part, left = left[:room], left[room:]
            which |= Q(board=board, **{f"{column}__in": part})
            room -= len(part)
            if not room:
                yield which
                which, room = Q(), NAMES_PER_QUERY
    if which:
        yield which


def _read_logged(states: Mapping[UUID, BoardState], which: Q) -> None:
    columns = ("board", "clock", "uid", "digest", "author", "at", "body")
    for board, clock, uid, digest, person, at, body in Transaction.objects.filter(
        which
    ).values_list(*columns):
        text = transaction_text(clock, uid, person, at, body)
        states[board].logged[uid] = Logged(clock, digest, text)


def _read_rows(states: Mapping[UUID, BoardState], which: Q) -> None:
    columns = ("board", "key", "kind", "removed", "author", "clock", "body")
    for board, key, kind, removed, person, clock, body in Element.objects.filter(which).values_list(
        *columns
    ):
        states[board].rows[key] = Row(kind, removed, person, clock, body, None)


def committed_ids(board: UUID, uids: Sequence[str]) -> set[str]:
    """Those of these ids that are in the board's log."""
    found: set[str] = set()
    for which in _named("uid", {board: set(uids)}):
        found.update(Transaction.objects.filter(which).values_list("uid", flat=True))
    return found


SQLValue = str | int | bool | UUID | datetime | None
# Plain SQL, the same for SQLite and PostgreSQL: through the ORM a batch of 32 costs twice as much.
_UPDATE_BOARD: Final = """
    UPDATE boards_board SET clock = %s, living = %s, log_bytes = log_bytes + %s, changed = %s
    WHERE id = %s"""
_INSERT_TRANSACTION: Final = """
    INSERT INTO boards_transaction (board_id, clock, uid, digest, author_id, at, body)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_CLEAR: Final = """
    UPDATE boards_element SET removed = %s, clock = %s WHERE board_id = %s AND removed = %s"""
_UPSERT_ELEMENT: Final = """
    INSERT INTO boards_element (board_id, key, kind, clock, removed, body, author_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (board_id, key) DO UPDATE SET kind = excluded.kind, clock = excluded.clock,
        removed = excluded.removed, body = excluded.body, author_id = excluded.author_id"""


def _write(states: Mapping[UUID, BoardState], at: int) -> None:
    """Writes what is new of the locked boards."""
    if not states:
        return
    changed = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(at / 1000, UTC))
    column = Board._meta.pk
    boards: list[tuple[SQLValue, ...]] = []
    entries: list[tuple[SQLValue, ...]] = []
    clears: list[tuple[SQLValue, ...]] = []
    rows: list[tuple[SQLValue, ...]] = []
    for board, state in states.items():
        pk = column.get_db_prep_value(board, connection)
        size = sum(len(entry.body) for entry in state.entries)
        boards.append((state.clock, state.living, size, changed, pk))
        entries.extend((pk, *entry) for entry in state.entries)
        if state.cleared_at is not None:
            clears.append((True, state.cleared_at, pk, False))
        for key in state.changed:
            row = state.rows[key]
            rows.append((pk, key, row.kind, row.clock, row.removed, row.text(), row.person))
    with connection.cursor() as cursor:
        cursor.executemany(_UPDATE_BOARD, boards)
        cursor.executemany(_INSERT_TRANSACTION, entries)
        if clears:
            cursor.executemany(_CLEAR, clears)
        if rows:
            cursor.executemany(_UPSERT_ELEMENT, rows)


# -- the head --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """A board without its contents."""

    epoch: str
    clock: int
    title: str
    frozen: bool
    paper: Paper
    access_version: int
    living: int
    rules: Rules
    talk: int
    notice: NoticeCode | None
    noticed: int


def head(board: UUID) -> Head | None:
    found = Board.objects.filter(pk=board).first()
    if found is None:
        return None
    return Head(
        epoch=found.epoch,
        clock=found.clock,
        title=found.title,
        frozen=found.frozen,
        paper=paper_of(found),
        access_version=found.access_version,
        living=found.living,
        rules=rules_of(found),
        talk=found.talk,
        notice=NoticeCode(found.notice) if found.notice in set(NoticeCode) else None,
        noticed=found.noticed,
    )


def paper_of(board: Board) -> Paper:
    """Blank where a newer version has written what this one doesn't know."""
    return Paper(board.paper) if board.paper in set(Paper) else Paper.BLANK


class Beat(NamedTuple):
    """What changes of a board while people are on it."""

    clock: int
    access_version: int
    epoch: str
    talk: int


def heads(boards: Sequence[UUID]) -> dict[UUID, Beat]:
    """What the heartbeat compares, of the boards that exist (R6, R13)."""
    found: dict[UUID, Beat] = {}
    for start in range(0, len(boards), NAMES_PER_QUERY):
        asked = boards[start : start + NAMES_PER_QUERY]
        rows = Board.objects.filter(pk__in=asked).order_by()
        for pk, clock, access_version, epoch, talk in rows.values_list(
            "pk", "clock", "access_version", "epoch", "talk"
        ):
            found[pk] = Beat(clock, access_version, epoch, talk)
    return found


# -- the log ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tail:
    """What the log holds after a clock."""

    epoch: str
    clock: int
    transactions: list[tuple[int, bytes]]
    """Clock and text, in order."""


def tail(board: UUID, after: int, upto: int | None = None, limit: int = 1000) -> Tail | None:
    """At most `limit` transactions after a clock; None if there is no such board (R7)."""
    wanted = Q(transactions__clock__gt=after)
    if upto is not None:
        wanted &= Q(transactions__clock__lte=upto)
    rows = list(
        Board.objects.filter(pk=board)
        .annotate(entry=FilteredRelation("transactions", condition=wanted))
        .order_by("entry__clock")
        .values_list(
            *("epoch", "clock", "entry__clock", "entry__uid"),
            *("entry__author", "entry__at", "entry__body"),
        )[:limit]
    )
    if not rows:
        return None
    transactions = [
        (clock, transaction_text(clock, uid, person, at, body))
        for _, _, clock, uid, person, at, body in rows
        if clock is not None
    ]
    return Tail(epoch=rows[0][0], clock=rows[0][1], transactions=transactions)


def tail_is_long(board: UUID, after: int) -> bool:
    """Whether the document itself is the shorter way; clocks have no gap, so none are counted."""
    found = Board.objects.filter(pk=board).order_by().values_list("clock", "living").first()
    return found is not None and found[0] - after > max(LONG_TAIL, found[1])


# -- the document ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The board at one clock."""

    epoch: str
    clock: int
    body: bytes
    """The whole document as JSON."""


# In one statement, which is one moment of the board; joined by the database while the interpreter
# is free for others: 10,000 strokes take 8 ms, and 27 as rows of the ORM.
_DOCUMENT: Final = """
    SELECT epoch, clock, (
        SELECT {join}('"' || key || '":' || body, ',')
        FROM boards_element
        WHERE board_id = boards_board.id AND NOT removed AND kind <> 'page'), (
        SELECT {join}('"' || key || '":' || body, ',')
        FROM boards_element
        WHERE board_id = boards_board.id AND NOT removed AND kind = 'page'
            AND NOT (kind IN ('stroke', 'highlight', 'line', 'arrow')))
    FROM boards_board WHERE id = %s"""
"""The last condition is that of the index without ink: pages are found without reading strokes."""
_JOIN: Final = {"sqlite": "group_concat", "postgresql": "string_agg"}


def document(board: UUID) -> Snapshot | None:
    """The document, joined from the elements' texts without parsing them."""
    pk = Board._meta.pk.get_db_prep_value(board, connection)
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENT.format(join=_JOIN[connection.vendor]), [pk])
        row = cursor.fetchone()
    if row is None:
        return None
    epoch, clock, elements, pages = row
    listed = f',"pages":{{{pages}}}' if pages else ""
    body = f'{{"epoch":"{epoch}","clock":{clock},"elements":{{{elements or ""}}}{listed}}}'
    return Snapshot(epoch, clock, body.encode())


def living_of(body: bytes) -> dict[str, Properties]:
    """What the fold of the log gives: the elements of a document, and its pages."""
    read: dict[str, dict[str, Properties]] = msgspec.json.decode(body)
    return read["elements"] | read.get("pages", {})


# -- verifying -------------------------------------------------------------------------------------


def verify(board: UUID) -> list[str]:
    """How the elements differ from the fold of the log; nothing to say means all is well (R14)."""
    snapshot = document(board)
    if snapshot is None:
        return [f"there is no board {board}"]
    shown = living_of(snapshot.body)
    folded: dict[str, Properties] = {}
    differences: list[str] = []
    clock = 0
    for logged in _log(board, snapshot.clock):
        clock += 1
        if logged.clock != clock:
            return [f"clock {clock} is missing from the log"]
        for change in logged.changes:
            fold(folded, change, logged.author)
    if clock != snapshot.clock:
        differences.append(f"the log ends at {clock}, the board at {snapshot.clock}")
    differences += [f"{key} is missing" for key in folded.keys() - shown.keys()]
    differences += [f"{key} is too much" for key in shown.keys() - folded.keys()]
    differences += [
        f"{key} differs from its log"
        for key in folded.keys() & shown.keys()
        if not _alike(folded[key], shown[key])
    ]
    return sorted(differences)


def _log(board: UUID, upto: int) -> Iterator[LoggedTransaction]:
    decode = msgspec.json.Decoder(LoggedTransaction).decode
    after = 0
    while part := tail(board, after, upto):
        if not part.transactions:
            return
        yield from (decode(text) for _, text in part.transactions)
        after = part.transactions[-1][0]


def _alike(folded: Properties, shown: Properties) -> bool:
    """Equal, but for authors who have been erased from the log since (R17)."""
    if folded.get("author") == NOBODY:
        folded = {**folded, "author": shown.get("author")}
    return folded == shown
