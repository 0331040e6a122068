"""Part of the store: erases what one person drew from a board, from its log too (R17).

The rows of the log keep clock and id. The person's own lose author and body, those of others the
changes of what the person had drawn. What is then missing in the fold of the log (who was erased
may have moved or cut what others drew) comes back as the last transactions, by nobody: so the log
still folds to the elements, which stay as they are but for the person's own. The board begins
another life, and everybody reads it afresh (R1).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Length

from . import store
from .assets.sweeping import erase_assets, named_in
from .batch import NOBODY
from .elements import Element as Properties
from .elements import fold
from .models import Board, Element, Thumbnail, Transaction, new_epoch, new_transaction_id
from .protocol import Change, Clear, Put, Remove
from .protocol import Transaction as Logged

__all__ = ["boards_with_ink_of", "erase_ink"]

CHANGES_AT_ONCE: Final = 200
"""Of what is put back in one transaction: small enough for every client and every frame."""
BYTES_AT_ONCE: Final = 48 * 1024
NOTHING: Final = "[]"

_decode: Final = msgspec.json.Decoder(Logged).decode
_encode: Final = msgspec.json.Encoder(order="deterministic").encode


def boards_with_ink_of(person: int) -> list[UUID]:
    """Those whose log or elements name the person as an author."""
    found: set[UUID] = set()
    for model in (Transaction, Element):
        rows = model._default_manager.filter(author=person).order_by()
        found.update(rows.values_list("board", flat=True).distinct())
    return sorted(found)


def erase_ink(board: UUID, person: int) -> bool:
    """Erases on one board; False if there is nothing of the person there, or no such board.

    The log is read before the board is locked, and under the lock only what came meanwhile: people
    who draw wait for no more than that.
    """
    reading = Reading(person)
    epoch = Board.objects.filter(pk=board).values_list("epoch", flat=True).first()
    reading.read_on(board)
    with transaction.atomic():
        found = Board.objects.select_for_update().filter(pk=board).first()
        if found is None:
            return False
        if found.epoch != epoch:
            # Restored or erased from meanwhile: another log.
            reading = Reading(person)
        reading.read_on(board)
        ink = Element.objects.filter(board=board, author=person)
        if not reading.touched and not ink.exists():
            return bool(erase_assets(board, person, frozenset()))
        shown = named_in(ink)
        _write(found, reading)
        erase_assets(board, person, shown)
    return True


@dataclass
class Reading:
    """The log as it was and as it will be, side by side."""

    person: int
    clock: int = 0
    before: dict[str, Properties] = field(default_factory=dict)
    after: dict[str, Properties] = field(default_factory=dict)
    bodies: dict[int, list[Change]] = field(default_factory=dict)
    """What others' transactions are left with, by clock."""
    touched: bool = False

    def read_on(self, board: UUID) -> None:
        while (part := store.tail(board, self.clock)) and part.transactions:
            for clock, text in part.transactions:
                self.clock = clock
                self._take(_decode(text))

    def _take(self, logged: Logged) -> None:
        own = logged.author == self.person
        kept: list[Change] = []
        for change in logged.changes:
            theirs = own or self._is_about_their_ink(change, logged.author)
            fold(self.before, change, logged.author)
            if not theirs:
                kept.append(change)
                fold(self.after, change, logged.author)
        if own:
            self.touched = True
        elif len(kept) < len(logged.changes):
            self.touched = True
            self.bodies[logged.clock] = kept

    def _is_about_their_ink(self, change: Change, author: int) -> bool:
        """A change of an element of theirs holds parts of it: words, points of a piece."""
        if isinstance(change, Clear):
            return False
        if isinstance(change, Put) and change.author == self.person:
            return True
        element = self.before.get(change.key)
        return element is not None and element.get("author") == self.person


# -- writing ---------------------------------------------------------------------------------------


def _write(board: Board, reading: Reading) -> None:
    # Removed ones too: nothing of theirs can be brought back.
    Element.objects.filter(board=board, author=reading.person).delete()
    _empty(board, reading)
    shown = _shown(board)
    put_back = list(_in_parts(_differences(reading.after, shown)))
    at = time.time_ns() // 1_000_000
    Transaction.objects.bulk_create(
        Transaction(
            board=board,
            clock=clock,
            uid=new_transaction_id(),
            # Of no content: this id is nobody's, so nobody sends it again.
            digest=new_transaction_id(),
            author=None,
            at=at,
            body=_encode(changes).decode(),
        )
        for clock, changes in enumerate(put_back, board.clock + 1)
    )
    size = Transaction.objects.filter(board=board).aggregate(n=Sum(Length("body")))["n"]
    Board.objects.filter(pk=board.pk).update(
        epoch=new_epoch(),
        clock=F("clock") + len(put_back),
        living=len(shown),
        log_bytes=size or 0,
        changed=datetime.fromtimestamp(at / 1000, UTC),
    )
    Thumbnail.objects.filter(board=board).delete()


def _empty(board: Board, reading: Reading) -> None:
    log = Transaction.objects.filter(board=board)
    log.filter(author=reading.person).update(author=None, body=NOTHING)
    for clock, changes in reading.bodies.items():
        log.filter(clock=clock).update(body=_encode(changes).decode())


def _shown(board: Board) -> dict[str, Properties]:
    snapshot = store.document(board.pk)
    shown: dict[str, Properties] = store.living_of(snapshot.body) if snapshot else {}
    return shown


def _differences(folded: dict[str, Properties], shown: dict[str, Properties]) -> Iterator[Change]:
    """What makes the fold of the log what is shown."""
    for key in folded.keys() - shown.keys():
        yield Remove(key=key)
    for key, element in shown.items():
        other = folded.get(key)
        if other is not None and _alike(other, element):
            continue
        if other is not None:
            yield Remove(key=key)
        properties: Any = {name: value for name, value in element.items() if name != "author"}
        author = element.get("author", NOBODY)
        yield Put(key=key, element=properties, author=int(str(author)))


def _alike(folded: Properties, shown: Properties) -> bool:
    """Equal, but for authors who were erased from the log before."""
    if folded.get("author") == NOBODY:
        folded = {**folded, "author": shown.get("author")}
    return folded == shown


def _in_parts(changes: Iterator[Change]) -> Iterator[Sequence[Change]]:
    part: list[Change] = []
    size = 0
    for change in changes:
        length = len(_encode(change))
        if part and (len(part) == CHANGES_AT_ONCE or size + length > BYTES_AT_ONCE):
            yield part
            part, size = [], 0
        part.append(change)
        size += length
    if part:
        yield part
