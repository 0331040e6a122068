"""What undoes everything that some transactions of a log did, and nothing that others did; pure.

Folds the whole log and keeps, for what is there now, which of it is theirs: elements that they put,
properties that still have the value they set, elements that they removed, pieces that they cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from msgspec import UNSET

from boards.elements import Element, patched, same
from boards.protocol import Change, Clear, Patch, Properties, Put, Remove, Set, Split, Transaction

Theirs = Callable[[Transaction], bool]


def inverse_of(log: Iterable[Transaction], theirs: Theirs) -> list[Change]:
    """The changes that take back what these transactions did to the document as it is now."""
    ledger = _Ledger()
    for transaction in log:
        is_theirs = theirs(transaction)
        for change in transaction.changes:
            ledger.enter(change, transaction.author, theirs=is_theirs)
    return ledger.inverse()


class _Value(NamedTuple):
    """Of a property that they have changed and nobody since."""

    was: object
    now: object


_Values = dict[str, _Value]


@dataclass(slots=True)
class _Cut:
    """What became of an element that they replaced by pieces."""

    pieces: list[str]
    touched: bool = False
    """Somebody else has changed a piece: then nothing is put together again."""


@dataclass(slots=True)
class _Ledger:
    """The living elements, and what of them is theirs."""

    living: dict[str, Element] = field(default_factory=dict)
    born: dict[str, int] = field(default_factory=dict)
    """Elements that are there because of them, with who it was; kept while others remove them."""
    values: dict[str, _Values] = field(default_factory=dict)
    gone: dict[str, Element] = field(default_factory=dict)
    """What they removed, as it was before they touched it."""
    cuts: dict[str, _Cut] = field(default_factory=dict)
    piece_of: dict[str, str] = field(default_factory=dict)

    def enter(self, change: Change, author: int, *, theirs: bool) -> None:
        match change:
            case Put():
                self._put(change, author, theirs=theirs)
            case Set():
                self._set(change, theirs=theirs)
            case Remove():
                self._remove(change.key, theirs=theirs)
            case Clear():
                for key in list(self.living):
                    self._remove(key, theirs=theirs)
            case Split():
                self._split(change, theirs=theirs)

    # -- folding -----------------------------------------------------------------------------------

    def _put(self, change: Put, author: int, *, theirs: bool) -> None:
        key = change.key
        if key in self.living:
            return
        by = author if change.author is UNSET else change.author
        element: Element = {"author": by, **change.element}
        self.living[key] = element
        self._forget_cut(key, author)
        if not theirs:
            self._put_by_others(key, element)
            return
        self.values.pop(key, None)
        before = self.gone.get(key)
        if before is not None and _is_the_same_one(before, element):
            # They had removed it themselves: what remains are the differences.
            del self.gone[key]
            self._keep(key, _differences(before, element))
        else:
            self.born[key] = author

    def _put_by_others(self, key: str, element: Element) -> None:
        self._touch(key)
        self.gone.pop(key, None)
        if self.born.get(key) != element["author"]:
            self.born.pop(key, None)
        kept = self.values.pop(key, {})
        self._keep(key, {n: one for n, one in kept.items() if same(element.get(n), one.now)})

    def _set(self, change: Set, *, theirs: bool) -> None:
        before = self.living.get(change.key)
        after = None if before is None else patched(before, change)
        if before is None or after is None or after is before:
            return
        self.living[change.key] = after
        values = self.values.pop(change.key, {})
        for name, value in _differences(before, after).items():
            earlier = values.pop(name, value)
            if theirs and not same(earlier.was, value.now):
                values[name] = _Value(earlier.was, value.now)
        self._keep(change.key, values)
        if not theirs:
            self._touch(change.key)

    def _remove(self, key: str, *, theirs: bool) -> None:
        element = self.living.pop(key, None)
        if element is None:
            return
        if not theirs:
            self._touch(key)
        elif self.born.pop(key, None) is None:
            self.gone[key] = _undone(element, self.values.pop(key, {}))

    def _split(self, change: Split, *, theirs: bool) -> None:
        source = self.living.pop(change.key, None)
        if source is None:
            return
        values = self.values.get(change.key, {})
        born = self.born.get(change.key)
        pieces: list[str] = []
        for piece in change.into:
            if piece.key in self.living:
                continue
            self.living[piece.key] = {**source, **piece.props}
            self.gone.pop(piece.key, None)
            if born is not None:
                self.born[piece.key] = born
            self._keep(piece.key, {n: v for n, v in values.items() if n not in piece.props})
            pieces.append(piece.key)
        if not theirs:
            self._touch(change.key)
        elif born is not None:
            del self.born[change.key]
        else:
            self._cut(change.key, _undone(source, self.values.pop(change.key, {})), pieces)

    def _cut(self, key: str, source: Element, pieces: list[str]) -> None:
        self.gone[key] = source
        if pieces:
            self.cuts[key] = _Cut(pieces)
            self.piece_of.update(dict.fromkeys(pieces, key))

    def _forget_cut(self, key: str, author: int) -> None:
        """The source is back by itself: its pieces are nothing but what they have put."""
        cut = self.cuts.pop(key, None)
        for piece in cut.pieces if cut else ():
            self.gone.pop(piece, None)
            self.piece_of.pop(piece, None)
            self._forget_cut(piece, author)
            if piece in self.living and cut and not cut.touched:
                self.born[piece] = author

    def _touch(self, key: str) -> None:
        cut = self.cuts.get(self.piece_of.get(key, ""))
        if cut is not None:
            cut.touched = True

    def _keep(self, key: str, values: _Values) -> None:
        if values:
            self.values[key] = values

    # -- the way back ------------------------------------------------------------------------------

    def inverse(self) -> list[Change]:
        """What is removed comes first: there must be room for what is put."""
        removed = [key for key in self.living if key in self.born or self._comes_together(key)]
        changes: list[Change] = [Remove(key=key) for key in removed]
        for key, values in self.values.items():
            if key in self.living and key not in self.born and not self._comes_together(key):
                changes.append(_set_back(key, values))
        for key, element in self.gone.items():
            if self._returns(key):
                changes.append(_put_back(key, element))
        return changes

    def _returns(self, key: str) -> bool:
        if self._comes_together(key):
            return False
        return key not in self.cuts or self._is_whole(key)

    def _comes_together(self, key: str) -> bool:
        """Whether it is a piece of something that is put back whole."""
        while (source := self.piece_of.get(key)) in self.cuts:
            key = source
            if self._is_whole(key):
                return True
        return False

    def _is_whole(self, key: str) -> bool:
        """Whether nobody else has touched what this was cut into."""
        cut = self.cuts[key]
        return not cut.touched and all(self._is_untouched(piece) for piece in cut.pieces)

    def _is_untouched(self, piece: str) -> bool:
        if piece in self.cuts:
            return self._is_whole(piece)
        return piece in self.living or piece in self.gone


def _is_the_same_one(before: Element, after: Element) -> bool:
    """Whether setting properties leads from one to the other."""
    return all(before.get(name) == after.get(name) for name in ("kind", "author"))


def _differences(before: Element, after: Element) -> _Values:
    return {
        name: _Value(before.get(name), after.get(name))
        for name in before.keys() | after.keys()
        if not same(before.get(name), after.get(name))
    }


def _undone(element: Element, values: Mapping[str, _Value]) -> Element:
    back = {**element, **{name: value.was for name, value in values.items()}}
    return {name: value for name, value in back.items() if value is not None}


def _set_back(key: str, values: Mapping[str, _Value]) -> Set:
    props = {name: value.was for name, value in sorted(values.items())}
    expected = {name: value.now for name, value in sorted(values.items())}
    return Set(key=key, props=cast(Patch, props), expected=cast(Patch, expected))


def _put_back(key: str, element: Element) -> Put:
    props = {name: value for name, value in element.items() if name != "author"}
    author = element["author"]
    return Put(
        key=key,
        element=cast(Properties, props),
        author=author if isinstance(author, int) else 0,
    )
