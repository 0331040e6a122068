"""The element rows that one board's batch touches: read once, changed in memory, written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec

from .elements import Element as Properties
from .elements import patched
from .models import Element
from .protocol import Change, Clear, Piece, Put, Remove, Set, Split

KEYS_PER_QUERY: Final = 500
"""SQLite takes at most 999 parameters in some builds."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.decode


@dataclass(slots=True)
class Row:
    """An element's row, as text until somebody needs its properties."""

    kind: str
    body: str
    author: int | None
    removed: bool
    clock: int
    dirty: bool = False


class Ledger:
    """See the module. `living` is the number of living elements, kept up to date."""

    def __init__(self, board: UUID, living: int) -> None:
        self.board = board
        self.living = living
        self._rows: dict[str, Row | None] = {}

    def read(self, changes: Iterable[Change]) -> None:
        """Reads the rows of all keys in these changes, in one query per 500 keys."""
        keys = sorted({key for change in changes for key in _keys(change)} - self._rows.keys())
        self._rows.update(dict.fromkeys(keys))
        for start in range(0, len(keys), KEYS_PER_QUERY):
            found = Element.objects.filter(
                board=self.board, key__in=keys[start : start + KEYS_PER_QUERY]
            ).values_list("key", "kind", "body", "author_id", "removed", "clock")
            for key, kind, body, author, removed, clock in found:
                self._rows[key] = Row(kind, body, author, removed, clock)

    def grows_by(self, changes: Iterable[Change]) -> int:
        """At most so many elements more would live after these changes."""
        return sum(
            1 if isinstance(change, Put) else len(change.into)
            for change in changes
            if isinstance(change, (Put, Split))
        )

    def apply(self, change: Change, author: int | None, clock: int) -> Change:
        """Applies a change by the rules of the fold; returns it as it goes out (R4)."""
        match change:
            case Put():
                return self._put(change, author, clock)
            case Set():
                row = self._living(change.key)
                if row is not None:
                    row.body = _encode(patched(_decode(row.body), change)).decode()
                    row.clock, row.dirty = clock, True
            case Remove():
                self._remove(change.key, clock)
            case Split():
                source = self._remove(change.key, clock)
                if source is not None:
                    for piece in change.into:
                        self._cut(_decode(source.body), source, piece, clock)
            case Clear():
                self._clear(clock)
        return change

    def write(self) -> None:
        """Writes what has changed: one row per key, whatever happened to it in this batch."""
        dirty = [
            Element(
                board_id=self.board,
                key=key,
                kind=row.kind,
                body=row.body,
                author_id=row.author,
                removed=row.removed,
                clock=row.clock,
            )
            for key, row in self._rows.items()
            if row is not None and row.dirty
        ]
        for row in self._rows.values():
            if row is not None:
                row.dirty = False
        if dirty:
            Element.objects.bulk_create(
                dirty,
                update_conflicts=True,
                unique_fields=["board", "key"],
                update_fields=["kind", "body", "author", "removed", "clock"],
            )

    def _living(self, key: str) -> Row | None:
        row = self._rows.get(key)
        return None if row is None or row.removed else row

    def _put(self, change: Put, author: int | None, clock: int) -> Put:
        if self._living(change.key) is not None:
            return change
        removed = self._rows.get(change.key)
        by = author
        if removed is not None and _same(_decode(removed.body), change.element):
            # Taken back unchanged, so it is still its author's; others' ink can't be claimed.
            by = removed.author
        self._bear(change.key, {"author": by, **change.element}, by, clock)
        return change if by == author or by is None else Put(change.key, change.element, by)

    def _cut(self, source: Properties, row: Row, piece: Piece, clock: int) -> None:
        if self._living(piece.key) is None:
            self._bear(piece.key, {**source, **piece.props}, row.author, clock)

    def _bear(self, key: str, element: Properties, author: int | None, clock: int) -> None:
        body = _encode(element).decode()
        self._rows[key] = Row(str(element["kind"]), body, author, False, clock, dirty=True)
        self.living += 1

    def _remove(self, key: str, clock: int) -> Row | None:
        row = self._living(key)
        if row is not None:
            row.removed, row.clock, row.dirty = True, clock, True
            self.living -= 1
        return row

    def _clear(self, clock: int) -> None:
        """One statement for all rows, read or not; what this batch has made is written first."""
        self.write()
        Element.objects.filter(board=self.board, removed=False).update(removed=True, clock=clock)
        for row in self._rows.values():
            if row is not None and not row.removed:
                row.removed, row.clock = True, clock
        self.living = 0


def _keys(change: Change) -> Iterator[str]:
    if not isinstance(change, Clear):
        yield change.key
    if isinstance(change, Split):
        yield from (piece.key for piece in change.into)


def _same(stored: Properties, element: Mapping[str, object]) -> bool:
    """Whether a put says exactly what the removed element was, but for its author."""
    return {name: value for name, value in stored.items() if name != "author"} == dict(element)
