"""R17: erasing a person leaves no trace of their ink, and a log that folds to the elements."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards import erasing, store
from boards.models import Board, Element, Person, Thumbnail, Transaction

from .commits import commit, elements, submission
from .sockets import stroke
from .tries import tries

pytestmark = pytest.mark.django_db

KEYS = [f"stroke-{letter}" for letter in "abc"]
ANN_S = "only-ann-wrote-this"
Message = dict[str, Any]


def put(key: str, **others: Any) -> Message:
    return {"op": "put", "key": key, "element": stroke(**others)}


def move(key: str, x: int) -> Message:
    return {"op": "set", "key": key, "props": {"x": x}}


def remove(key: str) -> Message:
    return {"op": "remove", "key": key}


def split(key: str, *pieces: Message) -> Message:
    return {"op": "split", "key": key, "into": list(pieces)}


def piece(key: str, **props: Any) -> Message:
    return {"key": key, "props": props}


def bodies(board: Board) -> list[str]:
    return list(
        Transaction.objects.filter(board=board).order_by("clock").values_list("body", flat=True)
    )


def test_only_what_the_person_drew_goes(board: Board, ann: Person, bob: Person) -> None:
    commit(board, ann, put("of-ann-1", z=ANN_S[:4]), put("of-ann-2"))
    commit(board, bob, put("of-bob-1"))
    before = elements(board)["of-bob-1"]
    assert erasing.erase_ink(board.pk, ann.pk)
    assert elements(board) == {"of-bob-1": before}
    assert store.verify(board.pk) == []
    assert bodies(board)[0] == "[]"
    logged = Transaction.objects.get(board=board, clock=1)
    assert (logged.author_id, len(logged.digest), len(logged.uid)) == (None, 22, 22)


def test_the_board_begins_another_life_and_keeps_count(
    board: Board, ann: Person, bob: Person
) -> None:
    commit(board, ann, put("of-ann-1"))
    commit(board, bob, put("of-bob-1"))
    Thumbnail.objects.create(board=board, epoch=board.epoch, clock=2, light=b"", dark=b"")
    epoch = board.epoch
    erasing.erase_ink(board.pk, ann.pk)
    board.refresh_from_db()
    assert board.epoch != epoch
    assert (board.clock, board.living, board.log_bytes) == (2, 1, sum(map(len, bodies(board))))
    assert not Thumbnail.objects.exists()


def test_what_the_person_did_to_others_ink_stays_done(
    board: Board, ann: Person, bob: Person
) -> None:
    commit(board, bob, *(put(f"of-bob-{number}") for number in range(4)))
    commit(board, ann, move("of-bob-0", 9), remove("of-bob-1"))
    commit(board, ann, split("of-bob-2", piece("of-bob-p", x=5)))
    before = elements(board)
    erasing.erase_ink(board.pk, ann.pk)
    assert elements(board) == before
    assert store.verify(board.pk) == []


def test_no_trace_of_it_is_left_in_what_others_did(board: Board, ann: Person, bob: Person) -> None:
    """Edited, cut, removed and brought back by others: it is Ann's all the same."""
    note = {"kind": "note", "x": 0, "y": 0, "z": "a", "w": 9, "h": 9, "text": ANN_S}
    written = {"op": "put", "key": "note-of-ann", "element": note}
    commit(board, ann, written, put("of-ann-1"))
    commit(board, bob, {"op": "set", "key": "note-of-ann", "props": {"text": f"{ANN_S}!"}})
    commit(board, bob, {"op": "set", "key": "note-of-ann", "props": {"text": ANN_S}})
    commit(board, bob, remove("note-of-ann"))
    commit(board, bob, written)
    commit(board, bob, split("of-ann-1", piece("of-ann-p", color="pink"), piece("of-ann-q")))
    commit(board, bob, put("of-bob-1"))
    erasing.erase_ink(board.pk, ann.pk)
    assert list(elements(board)) == ["of-bob-1"]
    assert not any(ANN_S in body or "pink" in body for body in bodies(board))
    assert not Element.objects.filter(author=ann).exists()
    assert store.verify(board.pk) == []


def test_a_lost_receipt_is_still_answered(board: Board, ann: Person) -> None:
    """R2: the id stands in the log with its digest, so sending it again draws nothing."""
    sent = submission(board, ann, put("of-ann-1"))
    store.commit([sent])
    erasing.erase_ink(board.pk, ann.pk)
    (outcome,) = store.commit([sent])
    assert isinstance(outcome, store.Committed)
    assert not outcome.fresh
    assert elements(board) == {}


def test_where_there_is_nothing_of_a_person_nothing_happens(
    board: Board, ann: Person, bob: Person
) -> None:
    commit(board, ann, put("of-ann-1"))
    assert erasing.boards_with_ink_of(ann.pk) == [board.pk]
    assert erasing.boards_with_ink_of(bob.pk) == []
    assert not erasing.erase_ink(board.pk, bob.pk)
    epoch = board.epoch
    board.refresh_from_db()
    assert board.epoch == epoch


# -- whatever people do ----------------------------------------------------------------------------

keys = st.sampled_from(KEYS)
numbers = st.integers(0, 2)
pieces = st.lists(st.builds(lambda key, x: piece(key, x=x), keys, numbers), max_size=3)
changes = st.one_of(
    st.builds(lambda key, x: put(key, x=x), keys, numbers),
    st.builds(move, keys, numbers),
    st.builds(
        lambda key, x, y: {"op": "set", "key": key, "props": {"x": x}, "if": {"x": y}},
        *(keys, numbers, numbers),
    ),
    st.builds(remove, keys),
    st.builds(lambda key, into: split(key, *into), keys, pieces),
    st.just({"op": "clear"}),
)
log = st.lists(st.tuples(st.integers(0, 2), st.lists(changes, min_size=1, max_size=3)), max_size=14)


@settings(
    max_examples=tries(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(log=log, erased=st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True))
def test_the_log_always_folds_to_the_elements(
    db: None, log: list[tuple[int, list[Message]]], erased: list[int]
) -> None:
    people = [Person.objects.create(name=name) for name in ("Ann", "Bob", "Cho")]
    board = Board.objects.create(owner=people[0])
    for who, what in log:
        commit(board, people[who], *what)
    for who in erased:
        number = people[who].pk
        before = elements(board)
        erasing.erase_ink(board.pk, number)
        kept = {key: one for key, one in before.items() if one["author"] != number}
        assert elements(board) == kept
        assert store.verify(board.pk) == []
        board.refresh_from_db()
        assert board.living == len(kept)
        assert f'"author":{number}' not in "".join(bodies(board))
        assert not Transaction.objects.filter(author=number).exists()
