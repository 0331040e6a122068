"""What a batch of transactions does to its boards, decided in memory; the store reads and writes.

Pure: it takes what the database holds of the boards, keys and ids in question and says the outcome
of each transaction and what is to be written (R1, R2, R4, R13, R16).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from .elements import Element, patched
from .protocol import Change, Clear, Put, RefusalCode, Remove, Set, Split

ELEMENTS_PER_BOARD: Final = 200_000
"""Twice what browsers are measured with; it bounds the memory that opening a board takes."""
NOBODY: Final = 0
"""Stands on the wire for the author of what the server itself has done."""

# Sorted names, so that the same content has one text and one digest however it was put together.
_encode_changes: Final = msgspec.json.Encoder(order="deterministic").encode
_encode: Final = msgspec.json.Encoder().encode
_decode_element: Final = msgspec.json.Decoder(dict[str, object]).decode


# -- what goes in and what comes out ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked transaction on its way into the log."""

    board: UUID
    person: int | None
    uid: str
    changes: Sequence[Change]
    access_version: int
    """Of the board when the person's right was judged (R13)."""
    epoch: str | None = None
    """Of the board as the client has it; None where any life of it will do (R1)."""
    may_draw: bool = True
    may_draw_frozen: bool = False
    may_change_others: bool = True
    """Also what others have locked, and what others drew where people change only their own."""
    known_clock: int = 0
    """Up to where the board's room in this process had the log (R6)."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The receipt (R3)."""

    clock: int
    uid: str
    text: bytes
    """The transaction as JSON exactly as it goes out."""
    fresh: bool
    """False: it had been committed before, and this is its original receipt (R2)."""
    before: Sequence[tuple[int, bytes]] = ()
    """Clock and text of what other processes have committed since this one last looked (R6)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Never (R5)."""

    uid: str
    code: RefusalCode
    why: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Rights have changed since it was judged, or the board was restored: judge it again (R13)."""

    uid: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody else holds the board for longer than a batch can wait: try again."""

    uid: str


Outcome = Committed | Refused | Stale | Busy


# -- what the database holds -----------------------------------------------------------------------


class Logged(NamedTuple):
    """A transaction that is in the log."""

    clock: int
    digest: str
    text: bytes


class Entry(NamedTuple):
    """A transaction that comes into the log."""

    clock: int
    uid: str
    digest: str
    person: int | None
    at: int
    body: str


class Row(NamedTuple):
    """An element, living or removed. Never changed in place."""

    kind: str
    removed: bool
    person: int | None
    clock: int
    body: str | None
    """The JSON, or None where `element` is newer."""
    element: Element | None
    """The properties, or None where `body` has not been read yet."""

    def properties(self) -> Element:
        return _decode_element(self.body or "{}") if self.element is None else self.element

    def text(self) -> str:
        return _encode(self.element).decode() if self.body is None else self.body


@dataclass(slots=True)
class BoardState:
    """A locked board, those of its elements and ids that the batch names, and what is new."""

    epoch: str
    clock: int
    access_version: int
    frozen: bool
    living: int
    own_only: bool = False
    lockers: frozenset[int] = frozenset()
    """Authors of locked elements; read only where something is to be cleared."""
    rows: dict[str, Row] = field(default_factory=dict)
    logged: dict[str, Logged] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    """Keys whose rows are to be written."""
    cleared_at: int | None = None
    """The first clear: it removes what the batch doesn't name, before the rows are written."""


def transaction_text(clock: int, uid: str, person: int | None, at: int, changes: str) -> bytes:
    """A transaction as it goes out; the changes come as JSON and are not parsed again."""
    author = NOBODY if person is None else person
    return (
        f'{{"clock":{clock},"id":"{uid}","author":{author},"at":{at},"changes":{changes}}}'.encode()
    )


# -- judging ---------------------------------------------------------------------------------------


def judge(states: dict[UUID, BoardState], submission: Submission, at: int) -> Outcome:
    """Applies a transaction to its board's state, whole or not at all."""
    state = states.get(submission.board)
    if state is None:
        return Refused(submission.uid, RefusalCode.NOT_ALLOWED, "there is no such board")
    body = _encode_changes(submission.changes)
    digest = _digest(body)
    # Before freeze and rights: a lost receipt must never turn into a refusal (R2).
    logged = state.logged.get(submission.uid)
    if logged is not None:
        return _again(submission.uid, digest, logged)
    if submission.access_version != state.access_version:
        return Stale(submission.uid)
    if submission.epoch not in {None, state.epoch}:
        return Stale(submission.uid)
    if not submission.may_draw:
        return Refused(submission.uid, RefusalCode.NOT_ALLOWED, "you may not draw on this board")
    if state.frozen and not submission.may_draw_frozen:
        return Refused(submission.uid, RefusalCode.FROZEN, "the board is frozen")
    forbidden = _not_theirs(state, submission)
    if forbidden is not None:
        return forbidden
    changes = _apply_whole(state, submission)
    if changes is None:
        why = f"the board has {state.living} of at most {ELEMENTS_PER_BOARD} elements"
        return Refused(submission.uid, RefusalCode.BOARD_FULL, why)
    if changes is not submission.changes:
        body = _encode_changes(changes)
    return _enter(state, submission, body.decode(), digest, at)


def _not_theirs(state: BoardState, submission: Submission) -> Refused | None:
    """Whether it touches what only its author and the board's owners may change."""
    if submission.may_change_others:
        return None
    for change in submission.changes:
        if isinstance(change, Clear):
            code = _kept_from_clearing(state, submission.person)
        else:
            code = _kept_from(state, state.rows.get(change.key), change, submission.person)
        if code is not None:
            return Refused(submission.uid, code, _WHY[code])
    return None


_WHY: Final = {
    RefusalCode.LOCKED: "its author has locked it",
    RefusalCode.NOT_YOURS: "on this board people change only what they drew",
}


def _kept_from(
    state: BoardState, row: Row | None, change: Change, person: int | None
) -> RefusalCode | None:
    """A `put` changes nothing of a living element, so it is never kept from any."""
    if row is None or row.removed or row.person == person or isinstance(change, Put):
        return None
    if state.own_only:
        return RefusalCode.NOT_YOURS
    return RefusalCode.LOCKED if _is_locked(row) else None


def _kept_from_clearing(state: BoardState, person: int | None) -> RefusalCode | None:
    if state.own_only:
        return RefusalCode.NOT_YOURS
    new = {
        row.person or NOBODY for row in state.rows.values() if not row.removed and _is_locked(row)
    }
    return RefusalCode.LOCKED if (new | state.lockers) - {person} else None


def _is_locked(row: Row) -> bool:
    # Most elements are not: their text is looked through, not parsed.
    if row.element is None and LOCKED_TEXT not in (row.body or ""):
        return False
    return row.properties().get("locked") is True


LOCKED_TEXT: Final = '"locked":true'
"""How the store writes it."""


def _digest(body: bytes) -> str:
    return urlsafe_b64encode(blake2b(body, digest_size=16).digest())[:22].decode()


def _again(uid: str, digest: str, logged: Logged) -> Outcome:
    if digest != logged.digest:
        return Refused(uid, RefusalCode.ID_REUSED, "this id belongs to another transaction")
    return Committed(logged.clock, uid, logged.text, fresh=False)


def _enter(state: BoardState, submission: Submission, body: str, digest: str, at: int) -> Committed:
    """Gives the next clock (R1)."""
    state.clock += 1
    uid, person = submission.uid, submission.person
    text = transaction_text(state.clock, uid, person, at, body)
    state.entries.append(Entry(state.clock, uid, digest, person, at, body))
    state.logged[uid] = Logged(state.clock, digest, text)
    return Committed(state.clock, uid, text, fresh=True)


# -- applying --------------------------------------------------------------------------------------


def _apply_whole(state: BoardState, submission: Submission) -> Sequence[Change] | None:
    """The changes as they go out; None, and nothing has happened, if the board is too full."""
    before = state.living
    might_fill = before + _pieces_at_most(submission.changes) > ELEMENTS_PER_BOARD
    saved = (dict(state.rows), set(state.changed), state.cleared_at) if might_fill else None
    changes = _apply(state, submission)
    if saved is None or state.living <= max(before, ELEMENTS_PER_BOARD):
        return changes
    state.rows, state.changed, state.cleared_at = saved
    state.living = before
    return None


def _pieces_at_most(changes: Sequence[Change]) -> int:
    return sum(len(change.into) if isinstance(change, Split) else 1 for change in changes)


def _apply(state: BoardState, submission: Submission) -> Sequence[Change]:
    """Applies the changes in order. The list comes back itself unless something is added to it."""
    clock, person = state.clock + 1, submission.person
    outgoing: list[Change] | None = None
    for index, change in enumerate(submission.changes):
        match change:
            case Put():
                revived = _put(state, change, person, clock)
                if revived is not change:
                    outgoing = outgoing or list(submission.changes)
                    outgoing[index] = revived
            case Set():
                _set(state, change, clock)
            case Remove():
                _remove(state, change.key, clock)
            case Clear():
                _clear(state, clock)
            case Split():
                _split(state, change, clock)
    return submission.changes if outgoing is None else outgoing


def _write(state: BoardState, key: str, row: Row) -> None:
    before = state.rows.get(key)
    was_living = before is not None and not before.removed
    state.living += (not row.removed) - was_living
    state.rows[key] = row
    state.changed.add(key)


def _living(state: BoardState, key: str) -> Row | None:
    row = state.rows.get(key)
    return None if row is None or row.removed else row


def _put(state: BoardState, change: Put, person: int | None, clock: int) -> Put:
    """A new or revived element. What had just been removed comes back as its author's (R4)."""
    row = state.rows.get(change.key)
    if row is not None and not row.removed:
        return change
    author = NOBODY if person is None else person
    outgoing = change
    if change.author is not UNSET:
        # The server's own doing, an import for instance; clients' are refused before.
        author, person = change.author, change.author or None
    elif row is not None:
        old = row.properties()
        if old == {"author": old.get("author"), **change.element}:
            original = int(str(old["author"]))
            outgoing = change if original == author else replace(change, author=original)
            author, person = original, row.person
    element: Element = {"author": author, **change.element}
    kind = str(change.element["kind"])
    _write(state, change.key, Row(kind, False, person, clock, None, element))
    return outgoing


def _set(state: BoardState, change: Set, clock: int) -> None:
    row = _living(state, change.key)
    if row is None:
        return
    before = row.properties()
    element = patched(before, change)
    if element is not before:
        _write(state, change.key, row._replace(clock=clock, body=None, element=element))


def _remove(state: BoardState, key: str, clock: int) -> None:
    row = _living(state, key)
    if row is not None:
        _write(state, key, row._replace(removed=True, clock=clock))


def _clear(state: BoardState, clock: int) -> None:
    for key, row in list(state.rows.items()):
        if not row.removed:
            _write(state, key, row._replace(removed=True, clock=clock))
    state.living = 0
    if state.cleared_at is None:
        state.cleared_at = clock


def _split(state: BoardState, change: Split, clock: int) -> None:
    """The pieces inherit what the source is at this moment, its author included (R16)."""
    source = _living(state, change.key)
    if source is None:
        return
    inherited = source.properties()
    _remove(state, change.key, clock)
    for piece in change.into:
        if _living(state, piece.key) is None:
            element: Element = {**inherited, **piece.props}
            row = source._replace(clock=clock, body=None, element=element)
            _write(state, piece.key, row)


def keys_of(changes: Sequence[Change]) -> set[str]:
    """The elements that the changes name; a clear needs none of the others."""
    keys: set[str] = set()
    for change in changes:
        if not isinstance(change, Clear):
            keys.add(change.key)
        if isinstance(change, Split):
            keys.update(piece.key for piece in change.into)
    return keys
