"""A board goes back to what it was at a moment, by new transactions that can be rolled back too."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards import store, upkeep
from boards.batch import NOBODY
from boards.deeds import Actor, DeedError
from boards.elements import Element as Properties
from boards.elements import fold
from boards.history.rollback import (
    changes_back_to,
    clock_at,
    cut,
    difference,
    document_at,
    document_now,
)
from boards.models import AuditEntry, Board, Element, Person, Transaction
from boards.protocol import Change, Clear, NoticeCode, Piece, Put, Remove, Set, Split

from .commits import commit, elements
from .conftest import Join
from .sockets import put, stroke

STAFF = Actor(staff="root")

KEYS = st.sampled_from([f"stroke-{letter}" for letter in "abcd"])
WIDTHS = st.integers(1, 3)
AUTHORS = st.integers(1, 2)
PROPS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {}, optional={"width": WIDTHS, "locked": st.just(True) | st.none(), "seed": st.just(1.0)}
)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        lambda key, kind, width: Put(key=key, element={"kind": kind, "width": width}),
        KEYS,
        st.sampled_from(["stroke", "text"]),
        WIDTHS,
    ),
    st.builds(lambda key, props: Set(key=key, props=props), KEYS, PROPS),
    st.builds(lambda key: Remove(key=key), KEYS),
    st.builds(
        lambda key, other: Split(key=key, into=[Piece(key=other, props={"width": 9})]), KEYS, KEYS
    ),
    st.just(Clear()),
)


def folded(steps: list[tuple[Change, int]]) -> dict[str, Properties]:
    living: dict[str, Properties] = {}
    for change, author in steps:
        fold(living, change, author)
    return living


@given(st.lists(st.tuples(CHANGES, AUTHORS), max_size=12), st.integers(0, 12))
def test_going_back_makes_the_document_what_it_was(
    steps: list[tuple[Change, int]], moment: int
) -> None:
    then, now = folded(steps[:moment]), folded(steps)
    changes = [change for part in changes_back_to(then, now, {1, 2}) for change in part]
    here = dict(now)
    for change in changes:
        fold(here, change, NOBODY)
    assert here == then
    assert bool(changes) == bool(difference(then, now))
    assert changes_back_to(then, here, {1, 2}) == []


def test_what_goes_comes_first_and_transactions_are_as_large_as_clients_may_send() -> None:
    then: dict[str, Properties] = {f"old-{n:05}": {"kind": "stroke", "author": 1} for n in range(5)}
    now: dict[str, Properties] = {
        f"new-{n:05}": {"kind": "stroke", "author": 1} for n in range(2001)
    }
    parts = changes_back_to(then, now, {1})
    assert [len(part) for part in parts] == [1000, 1000, 6]
    assert [type(change) for change in parts[2]] == [Remove, *[Put] * 5]
    large: list[Change] = [Put(key="k" * 8, element={"text": "x" * 40_000})] * 3
    assert [len(part) for part in cut(large)] == [1, 1, 1]


def test_what_somebody_drew_who_is_gone_comes_back_as_nobodys() -> None:
    then: dict[str, Properties] = {"stroke-a": {"author": 7, "kind": "stroke"}}
    ((change,),) = changes_back_to(then, {}, {1})
    assert isinstance(change, Put)
    assert change.author == NOBODY


def test_an_author_erased_from_the_log_is_no_difference() -> None:
    then: dict[str, Properties] = {"stroke-a": {"author": NOBODY, "width": 1, "kind": "stroke"}}
    now: dict[str, Properties] = {"stroke-a": {"author": 7, "width": 1, "kind": "stroke"}}
    assert not difference(then, now)
    assert changes_back_to(then, now, {7}) == []


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CHANGES, AUTHORS), min_size=1, max_size=10), st.integers(0, 10))
def test_a_stored_board_goes_back_to_any_moment_and_back_again(
    ann: Person, bob: Person, steps: list[tuple[Change, int]], moment: int
) -> None:
    """R14: whatever was drawn, the document is that of the moment and equals the fold."""
    board = Board.objects.create(owner=ann)
    moments = [elements(board)]
    for change, author in steps:
        commit(board, (ann, bob)[author - 1], msgspec.to_builtins(change))
        moments.append(elements(board))
    to = min(moment, len(steps))
    for clock in (to, len(steps)):
        upkeep.roll_back(board, STAFF, clock)
        assert elements(board) == moments[clock]
        assert store.verify(board.pk) == []
    living = Element.objects.filter(board=board, removed=False)
    board.refresh_from_db()
    assert board.living == living.count()
    # Whose an element is stands in its row as well as in its body.
    assert {one.key: one.author_id for one in living} == {
        key: element["author"] for key, element in moments[-1].items()
    }


def drawn_upon(board: Board, ann: Person, bob: Person) -> None:
    commit(board, ann, put("stroke-1"), put("stroke-2"))
    commit(board, bob, {"op": "set", "key": "stroke-1", "props": {"width": 9}})
    commit(board, bob, {"op": "remove", "key": "stroke-2"}, put("stroke-3"))


@pytest.mark.django_db
def test_a_board_goes_back_and_forth_and_equals_its_log(
    ann: Person, bob: Person, board: Board
) -> None:
    """R14: nothing is taken out of the log."""
    drawn_upon(board, ann, bob)
    before = elements(board)
    found = upkeep.roll_back(board, STAFF, 1)
    assert (found.back, found.gone, found.changed) == (1, 1, 1)
    assert elements(board) == {
        key: {"author": ann.pk, **stroke()} for key in ("stroke-1", "stroke-2")
    }
    assert store.verify(board.pk) == []
    upkeep.roll_back(board, STAFF, 3)
    assert elements(board) == before
    assert store.verify(board.pk) == []
    assert document_at(board.pk, 3) == before
    board.refresh_from_db()
    assert (board.clock, board.notice) == (5, NoticeCode.ROLLED_BACK)
    assert not Transaction.objects.filter(clock__gt=3, author__isnull=False).exists()
    entry = AuditEntry.objects.filter(action="rollback").earliest("pk")
    assert entry.staff == "root"
    assert '"before": 3, "to": 1' in entry.details


@pytest.mark.django_db
def test_going_back_to_what_is_there_already_does_nothing(
    ann: Person, bob: Person, board: Board
) -> None:
    drawn_upon(board, ann, bob)
    assert not upkeep.roll_back(board, STAFF, 3)
    assert not AuditEntry.objects.exists()
    with pytest.raises(DeedError, match="0 to 3"):
        upkeep.roll_back(board, STAFF, 4)


@pytest.mark.django_db
def test_a_cleared_board_comes_back_after_its_author_has_gone(
    ann: Person, bob: Person, board: Board
) -> None:
    drawn_upon(board, ann, bob)
    upkeep.clear(board, STAFF)
    Transaction.objects.update(author=None)
    bob.delete()
    upkeep.roll_back(board, STAFF, 3)
    assert elements(board).keys() == {"stroke-1", "stroke-3"}
    assert store.verify(board.pk) == []


@pytest.mark.django_db
def test_a_moment_is_the_last_transaction_before_it(ann: Person, bob: Person, board: Board) -> None:
    drawn_upon(board, ann, bob)
    for clock in (1, 2, 3):
        Transaction.objects.filter(clock=clock).update(at=1000 * clock)
    assert [clock_at(board.pk, at) for at in (999, 1000, 2999, 9000)] == [0, 1, 2, 3]
    assert document_now(board.pk)[0] == 3


@pytest.mark.django_db(transaction=True)
async def test_people_on_the_board_see_it_go_back_and_are_told(
    joined: Join, ann: Person, board: Board
) -> None:
    a = await joined(ann)
    await a.receipt(await a.commit(put("stroke-1")))
    await a.receipt(await a.commit(put("stroke-2")))
    await sync_to_async(upkeep.roll_back)(board, STAFF, 1)
    # The transaction and the sentence come in either order.
    commits = await a.has_heard("commits", lambda m: m["transactions"][-1]["clock"] == 3)
    assert commits["transactions"][-1]["changes"] == [{"op": "remove", "key": "stroke-2"}]
    assert commits["transactions"][-1]["author"] == NOBODY
    await a.has_heard("board", lambda m: m.get("notice") == "rolled_back")
