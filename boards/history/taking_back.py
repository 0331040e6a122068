"""Takes back what somebody did to a board, as ordinary transactions; and takes that back again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from boards import store
from boards.announce import announce_notice, submit_from_outside
from boards.deeds import Actor, record
from boards.models import AuditEntry, Board, Person
from boards.protocol import Change, NoticeCode, Put, Transaction
from boards.rights import people_among

from .rollback import cut
from .takeback import inverse_of

PART_CHANGES = 500
PART_BYTES = 48 * 1024
"""Well below what a message may be: no browser is sent more at once than browsers send."""


def take_back(
    board: Board, person: Person, actor: Actor, *, since: datetime | None = None
) -> AuditEntry | None:
    """Everything that the person did since then; None where there is nothing of it left."""
    at = 0 if since is None else int(since.timestamp() * 1000)
    number = person.pk
    changes = inverse_of(log_of(board.pk), lambda one: one.author == number and one.at >= at)
    if not changes:
        return None
    clocks = submit_in_parts(board.pk, actor.person, changes)
    entry = record(actor, "take_back", board.pk, person, since=since, clocks=clocks)
    announce_notice(board.pk, NoticeCode.TAKEN_BACK)
    return entry


def undo_take_back(board: Board, entry: AuditEntry, actor: Actor) -> AuditEntry:
    """Undoes the transactions that a taking back was made of."""
    taken = frozenset(json.loads(entry.details).get("clocks", ()))
    changes = inverse_of(log_of(board.pk), lambda one: one.clock in taken)
    clocks = submit_in_parts(board.pk, actor.person, changes)
    return record(actor, "take_back.undo", board.pk, entry.subject, of=entry.pk, clocks=clocks)


def log_of(board: UUID) -> Iterator[Transaction]:
    """The whole log of a board, read in parts."""
    decode = msgspec.json.Decoder(Transaction).decode
    after = 0
    while part := store.tail(board, after):
        if not part.transactions:
            return
        yield from (decode(text) for _, text in part.transactions)
        after = part.transactions[-1][0]


def submit_in_parts(board: UUID, person: Person | None, changes: Iterable[Change]) -> list[int]:
    """Commits any number of changes in transactions of an ordinary size; returns their clocks."""
    number = None if person is None else person.pk
    known = _with_known_authors(list(changes))
    return [
        submit_from_outside(board, number, part) for part in cut(known, PART_CHANGES, PART_BYTES)
    ]


def _with_known_authors(changes: list[Change]) -> list[Change]:
    """Whoever has been forgotten meanwhile is nobody."""
    authors = {one.author for one in changes if isinstance(one, Put) and one.author}
    known = people_among(number for number in authors if isinstance(number, int)).keys()
    return [
        replace(one, author=0) if isinstance(one, Put) and one.author not in known else one
        for one in changes
    ]
