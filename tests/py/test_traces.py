"""Who drew an element and who changed it last: for whoever may see the board, and nobody else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from boards.models import Board, Person
from boards.protocol import Audience

from .commits import commit
from .sockets import cookie_of, put

pytestmark = pytest.mark.django_db(transaction=True)


def ask(person: Person | None, board: Board | uuid.UUID, key: str = "stroke-1") -> Any:
    return get(person, board, f"elements/{key}/history")


def get(person: Person | None, board: Board | uuid.UUID, what: str) -> Any:
    client = Client()
    if person is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(person).split("=", 1)[1]
    number = board.pk if isinstance(board, Board) else board
    return client.get(f"/boards/{number}/{what}")


def test_it_tells_who_drew_and_who_changed_it_last(ann: Person, bob: Person, board: Board) -> None:
    commit(board, ann, put("stroke-1"))
    commit(board, bob, put("stroke-2"))
    changed = commit(board, bob, {"op": "set", "key": "stroke-1", "props": {"color": "red"}})
    answer = ask(bob, board)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.json() == {
        "author": {"id": ann.pk, "name": "Ann", "color": "red"},
        "created": None,
        "changed": changed["at"],
        "changed_by": {"id": bob.pk, "name": "Bob", "color": "blue"},
    }


def test_ink_that_nobody_has_touched_has_one_moment(ann: Person, board: Board) -> None:
    commit(board, ann, put("stroke-2"))
    drawn = commit(board, ann, put("stroke-1"))
    answer = ask(ann, board).json()
    assert answer["created"] == answer["changed"] == drawn["at"]


def test_who_has_been_erased_has_no_name(ann: Person, bob: Person, board: Board) -> None:
    commit(board, bob, put("stroke-1"))
    bob.delete()
    answer = ask(ann, board).json()
    assert answer["author"] is None
    assert answer["changed_by"] is None


def test_what_is_not_there_has_no_history(ann: Person, board: Board) -> None:
    commit(board, ann, put("stroke-1"))
    commit(board, ann, {"op": "remove", "key": "stroke-1"})
    assert ask(ann, board).status_code == 404
    assert ask(ann, board, "never-was").status_code == 404
    assert ask(ann, uuid.uuid4()).status_code == 404


def test_who_may_not_know_of_the_board_learns_nothing(
    ann: Person, bob: Person, board: Board
) -> None:
    """S6: the same answer as for a board that isn't."""
    commit(board, ann, put("stroke-1"))
    Board.objects.filter(pk=board.pk).update(audience=Audience.NOBODY.value)
    kept_out, absent = ask(bob, board), ask(bob, uuid.uuid4())
    assert kept_out.status_code == absent.status_code == 404
    assert kept_out.content == absent.content
    # Whoever has no name yet is asked for one in place, on every address alike.
    nameless = ask(None, board).content.decode()
    assert "Nickname" in nameless
    assert "Ann" not in nameless


def test_it_is_only_read(ann: Person, board: Board) -> None:
    """S25."""
    commit(board, ann, put("stroke-1"))
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(ann).split("=", 1)[1]
    assert client.post(f"/boards/{board.pk}/elements/stroke-1/history").status_code == 405


def names(person: Person, board: Board) -> list[str]:
    return [one["name"] for one in get(person, board, "authors").json()["authors"]]


def test_everybody_who_drew_what_is_there_has_a_name(
    ann: Person, bob: Person, board: Board
) -> None:
    commit(board, ann, put("stroke-1"), put("stroke-2"))
    assert names(ann, board) == ["Ann"]
    commit(board, bob, put("stroke-3"))
    answer = get(ann, board, "authors")
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.json()["authors"][1] == {"id": bob.pk, "name": "Bob", "color": "blue"}
    commit(board, ann, {"op": "remove", "key": "stroke-3"})
    assert names(bob, board) == ["Ann"], "whose ink has gone is not told of"


def test_names_are_for_those_alone_who_may_see_the_board(
    ann: Person, bob: Person, board: Board
) -> None:
    """S6: the same answer as for a board that isn't."""
    commit(board, ann, put("stroke-1"))
    Board.objects.filter(pk=board.pk).update(audience=Audience.NOBODY.value)
    kept_out, absent = get(bob, board, "authors"), get(bob, uuid.uuid4(), "authors")
    assert kept_out.status_code == absent.status_code == 404
    assert kept_out.content == absent.content
    assert "Ann" not in get(None, board, "authors").content.decode()


def test_who_is_out_of_sight_has_no_name(
    ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own:
        def shows(self, author: int) -> bool:
            return author == ann.pk

    commit(board, ann, put("stroke-1"))
    commit(board, bob, put("stroke-2"))
    monkeypatch.setattr("boards.traces.sight_of", lambda *_: Own())
    assert names(ann, board) == ["Ann"]
