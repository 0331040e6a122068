"""A board as it was at a moment, and what has to be done to it to be so again.

Going back is new transactions on top of the log: nothing is taken out of it, so going back to the
moment before undoes it (R1, R14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec

from boards import store
from boards.batch import NOBODY
from boards.elements import Element, fold, same
from boards.models import Person, Transaction
from boards.protocol import (
    CHANGES_PER_TRANSACTION,
    MESSAGE_BYTES,
    Change,
    Put,
    Remove,
    Set,
)
from boards.protocol import Transaction as Logged

Document = Mapping[str, Element]
PEOPLE_PER_QUERY: Final = 500

_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Logged).decode


@dataclass(frozen=True, slots=True)
class Difference:
    """What going back does, in numbers."""

    back: int
    """Elements that come back."""
    gone: int
    """Elements that have come since, and go."""
    changed: int
    """Elements that are as they were then again."""

    def __bool__(self) -> bool:
        return bool(self.back or self.gone or self.changed)


# -- pure ------------------------------------------------------------------------------------------


def difference(then: Document, now: Document) -> Difference:
    both = then.keys() & now.keys()
    return Difference(
        back=len(then.keys() - now.keys()),
        gone=len(now.keys() - then.keys()),
        changed=sum(not _alike(then[key], now[key]) for key in both),
    )


def changes_back_to(then: Document, now: Document, people: AbstractSet[int]) -> list[list[Change]]:
    """Transactions that make `now` what it was `then`.

    `people` are the authors who are still known: what the others drew comes back as nobody's.
    What goes comes first, so that a full board has room for what comes back.
    """
    removed: list[Change] = [Remove(key=key) for key in now if key not in then]
    changed: list[Change] = []
    for key, element in then.items():
        if key in now:
            changed += _changed_back(key, element, now[key], people)
        else:
            changed.append(_put(key, element, people))
    return list(cut([*removed, *changed]))


def _changed_back(
    key: str, then: Element, now: Element, people: AbstractSet[int]
) -> Iterable[Change]:
    if _alike(then, now):
        return ()
    if then["kind"] != now["kind"] or _author(then) not in {NOBODY, _author(now)}:
        # Another element under the same key: neither kind nor author can be set.
        return (Remove(key=key), _put(key, then, people))
    props = {
        name: then.get(name)
        for name in then.keys() | now.keys()
        if name != "author" and not _same_property(name, then, now)
    }
    return (Set(key=key, props=props),)  # type: ignore[arg-type]  # Elements hold scalars alone.


def _put(key: str, element: Element, people: AbstractSet[int]) -> Put:
    author = _author(element)
    props = {name: value for name, value in element.items() if name != "author"}
    return Put(key=key, element=props, author=author if author in people else NOBODY)  # type: ignore[arg-type]  # as above


def _alike(then: Element, now: Element) -> bool:
    """But for an author who was erased from the log since (R17)."""
    if _author(then) not in {NOBODY, _author(now)}:
        return False
    names = (then.keys() | now.keys()) - {"author"}
    return all(_same_property(name, then, now) for name in names)


def _same_property(name: str, then: Element, now: Element) -> bool:
    return (name in then) == (name in now) and same(then.get(name), now.get(name))


def _author(element: Element) -> int:
    return int(str(element.get("author", NOBODY)))


def cut(
    changes: Iterable[Change], most: int = CHANGES_PER_TRANSACTION, at_most: int = MESSAGE_BYTES
) -> Iterator[list[Change]]:
    """In their order, in transactions as large as clients may send."""
    part: list[Change] = []
    size = 0
    for change in changes:
        length = len(_encode(change)) + 1
        if part and (len(part) >= most or size + length > at_most):
            yield part
            part, size = [], 0
        part.append(change)
        size += length
    if part:
        yield part


# -- from the database -----------------------------------------------------------------------------


def document_at(board: UUID, clock: int) -> dict[str, Element]:
    """The fold of the log up to a clock."""
    living: dict[str, Element] = {}
    after = 0
    while after < clock and (part := store.tail(board, after, clock)) and part.transactions:
        for _, text in part.transactions:
            logged = _decode(text)
            for change in logged.changes:
                fold(living, change, logged.author)
        after = part.transactions[-1][0]
    return living


def document_now(board: UUID) -> tuple[int, dict[str, Element]]:
    """The elements with their clock; an empty board where there is none."""
    snapshot = store.document(board)
    if snapshot is None:
        return 0, {}
    return snapshot.clock, store.living_of(snapshot.body)


def clock_at(board: UUID, at: int) -> int:
    """The clock of the last transaction at a moment in milliseconds since 1970; 0 before all."""
    # From the newest on: whoever goes back seldom goes far.
    log = Transaction.objects.filter(board=board, at__lte=at).order_by("-clock")
    return log.values_list("clock", flat=True).first() or 0


def known_authors(documents: Sequence[Document]) -> set[int]:
    """Those of the authors who are people here now."""
    authors = sorted({_author(element) for one in documents for element in one.values()})
    found: set[int] = set()
    for start in range(0, len(authors), PEOPLE_PER_QUERY):
        part = authors[start : start + PEOPLE_PER_QUERY]
        found.update(Person.objects.filter(pk__in=part).values_list("pk", flat=True))
    return found
