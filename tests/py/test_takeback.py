"""Taking back everything that somebody did leaves what others did, and can be taken back itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from boards import store
from boards.deeds import Actor
from boards.elements import Element, fold
from boards.history import taking_back
from boards.history.takeback import inverse_of
from boards.models import AuditEntry, Board, Person
from boards.protocol import Change, Clear, Piece, Put, Remove, Set, Split, Transaction

from .conftest import Join
from .sockets import put, stroke

EVE, OWNER = 7, 1
KEYS = [f"element-{number}" for number in range(5)]
Document = dict[str, Element]


def element(**others: Any) -> dict[str, Any]:
    return stroke(**others)


class Log:
    """A board's log as it grows, with its document."""

    def __init__(self) -> None:
        self.transactions: list[Transaction] = []
        self.document: Document = {}
        self.erased: Document = {}

    def add(self, author: int, *changes: Change) -> None:
        clock = len(self.transactions) + 1
        entered = [self._as_entered(change) for change in changes]
        for change in entered:
            before = dict(self.document)
            fold(self.document, change, author)
            self.erased |= {k: one for k, one in before.items() if k not in self.document}
        self.transactions.append(
            Transaction(clock=clock, id=f"{clock:022}", author=author, at=clock, changes=entered)
        )

    def _as_entered(self, change: Change) -> Change:
        """What had been erased comes back as its author's, as the store has it (R4)."""
        if isinstance(change, Put) and change.author is UNSET and change.key in self.erased:
            old = self.erased[change.key]
            if old == {"author": old["author"], **change.element}:
                return Put(key=change.key, element=change.element, author=int(str(old["author"])))
        return change

    def take_back(self, who: int, since: int = 0, by: int = OWNER) -> set[int]:
        """Returns the clocks that it took."""
        changes = inverse_of(self.transactions, lambda one: one.author == who and one.at >= since)
        self.add(by, *changes)
        return {len(self.transactions)}

    def undo(self, clocks: set[int]) -> None:
        self.add(OWNER, *inverse_of(self.transactions, lambda one: one.clock in clocks))


def revived(log: Log, key: str) -> Put:
    old = log.erased.get(key)
    props = {n: v for n, v in old.items() if n != "author"} if old else element()
    return Put(key=key, element=props)  # type: ignore[arg-type]


Step = tuple[int, str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from([EVE, EVE, 2, 3]),
        st.sampled_from(["put", "set", "set", "remove", "split", "revive", "clear"]),
        st.integers(0, len(KEYS) - 1),
        st.integers(0, 5),
    ),
    max_size=25,
)


def play(log: Log, played: Sequence[Step], keys: Sequence[str] = KEYS) -> None:
    for number, (author, op, which, value) in enumerate(played):
        key = keys[which]
        if op == "clear" and value:
            continue  # Seldom: it leaves nothing to try.
        pieces = [
            Piece(key=f"piece-{len(log.transactions)}-{number}-{n}", props={"x": n})
            for n in range(value % 3)
        ]
        living = sorted(log.document)
        target = living[(which + value) % len(living)] if living else key
        changes: dict[str, Change] = {
            "put": Put(key=key, element=element(width=value + 1)),
            "set": Set(key=target, props={"x": value, "opacity": value / 5 if value else None}),
            "remove": Remove(key=target),
            "split": Split(key=target, into=pieces),
            "revive": revived(log, key),
            "clear": Clear(),
        }
        log.add(author, changes[op])


@given(steps)
def test_taking_it_back_again_restores_the_document(played: list[Step]) -> None:
    log = Log()
    play(log, played)
    before = dict(log.document)
    clocks = log.take_back(EVE)
    log.undo(clocks)
    assert log.document == before


@given(steps, steps)
def test_what_one_person_did_since_a_moment_is_undone_exactly(
    earlier: list[Step], later: list[Step]
) -> None:
    log = Log()
    play(log, earlier)
    before, since = dict(log.document), len(log.transactions) + 1
    play(log, [(EVE, *step[1:]) for step in later])
    log.take_back(EVE, since)
    assert log.document == before


@given(steps)
def test_a_second_taking_back_finds_nothing(played: list[Step]) -> None:
    log = Log()
    play(log, played)
    log.take_back(EVE)
    assert inverse_of(log.transactions, lambda one: one.author == EVE) == []


@given(steps, steps)
def test_what_others_did_elsewhere_is_left_alone(hers: list[Step], theirs: list[Step]) -> None:
    """On elements of their own: the same as if she had never been there."""
    together, without = Log(), Log()
    other_keys = [f"another-{number}" for number in range(5)]
    own = [s for s in hers if s[1] in {"put", "revive"}]
    others = [s for s in theirs if s[1] in {"put", "revive"}]
    for mine, other in zip(own, others, strict=False):
        play(together, [(EVE, *mine[1:])])
        play(together, [(2, *other[1:])], other_keys)
        play(without, [(2, *other[1:])], other_keys)
    together.take_back(EVE)
    assert together.document == without.document


@given(steps)
def test_nobody_else_loses_a_value_that_they_set_last(played: list[Step]) -> None:
    log = Log()
    play(log, played)
    others = [key for key, one in log.document.items() if one["author"] != EVE]
    for key in others:
        log.add(2, Set(key=key, props={"x": 77}))
    before = {key: log.document[key] for key in others}
    log.take_back(EVE)
    for key, one in before.items():
        if key in log.document:
            assert log.document[key]["x"] == one["x"]


def test_a_colour_that_somebody_has_changed_since_stays() -> None:
    log = Log()
    log.add(2, Put(key="note-of-bob", element=element(color="black", width=1)))
    log.add(EVE, Set(key="note-of-bob", props={"color": "red", "width": 9}))
    log.add(2, Set(key="note-of-bob", props={"color": "blue"}))
    log.take_back(EVE)
    assert (log.document["note-of-bob"]["color"], log.document["note-of-bob"]["width"]) == (
        "blue",
        1,
    )


def test_what_she_erased_comes_back_as_its_author_s() -> None:
    log = Log()
    log.add(2, Put(key="note-of-bob", element=element()))
    log.add(EVE, Clear())
    log.take_back(EVE)
    assert log.document["note-of-bob"]["author"] == 2


def cut_by_eve() -> Log:
    log = Log()
    log.add(2, Put(key="line-of-bob", element=element()))
    pieces = [Piece(key="piece-one", props={"x": 1}), Piece(key="piece-two", props={"x": 5})]
    log.add(EVE, Split(key="line-of-bob", into=pieces))
    return log


def test_a_cut_is_joined_again() -> None:
    log = cut_by_eve()
    log.take_back(EVE)
    assert set(log.document) == {"line-of-bob"}


def test_a_cut_whose_pieces_others_have_moved_stays() -> None:
    log = cut_by_eve()
    log.add(3, Set(key="piece-one", props={"y": 50}))
    log.take_back(EVE)
    assert set(log.document) == {"piece-one", "piece-two"}
    assert log.document["piece-one"]["y"] == 50


def test_a_piece_of_a_touched_cut_that_she_erased_comes_back() -> None:
    log = cut_by_eve()
    log.add(EVE, Remove(key="piece-two"))
    log.add(3, Set(key="piece-one", props={"y": 50}))
    log.take_back(EVE)
    assert set(log.document) == {"piece-one", "piece-two"}


def test_her_ink_goes_though_others_have_cut_it() -> None:
    log = Log()
    log.add(EVE, Put(key="line-of-eve", element=element()))
    log.add(2, Split(key="line-of-eve", into=[Piece(key="half-of-it", props={"x": 3})]))
    log.take_back(EVE)
    assert log.document == {}


# -- on a board ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
async def test_it_reaches_open_boards_is_recorded_and_can_be_undone(
    joined: Join, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "PART_CHANGES", 5)
    a, b = await joined(ann), await joined(bob)
    await a.receipt(await a.commit(put("of-ann-1", color="black")))
    await b.receipt(await b.commit(*(put(f"of-bob-{n:04}") for n in range(8))))
    await b.receipt(await b.commit({"op": "set", "key": "of-ann-1", "props": {"color": "red"}}))
    entry = await sync_to_async(taking_back.take_back)(board, bob, Actor(ann))
    assert entry is not None
    told = await b.hear("board", lambda m: m.get("notice") == "taken_back")
    assert told["noticed"] > 0
    assert await document_of(board) == {"of-ann-1": "black"}
    assert len(json.loads(entry.details)["clocks"]) == 2
    await sync_to_async(taking_back.undo_take_back)(board, entry, Actor(ann))
    shown = await document_of(board)
    assert len(shown) == 9
    assert shown["of-ann-1"] == "red"
    assert await sync_to_async(store.verify)(board.pk) == []
    actions = [one.action async for one in AuditEntry.objects.order_by("pk")]
    assert actions == ["take_back", "take_back.undo"]


async def document_of(board: Board) -> dict[str, str]:
    snapshot = await sync_to_async(store.document)(board.pk)
    assert snapshot is not None
    elements = json.loads(snapshot.body)["elements"]
    return {key: one["color"] for key, one in elements.items()}


@pytest.mark.django_db
def test_nothing_to_take_back_leaves_no_trace(board: Board, ann: Person, bob: Person) -> None:
    assert taking_back.take_back(board, bob, Actor(ann)) is None
    assert not AuditEntry.objects.exists()
