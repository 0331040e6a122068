"""Copies of boards: whole, the copier's own, and for whoever may see the original."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from boards import store
from boards.duplicates import duplicate, title_of_copy
from boards.models import TITLE_LENGTH, Board, Element, Folder, Person, Transaction, Visit
from tests.gallery.elements import note, shape, stroke, text, wave
from tests.visitors import Visitor

from .commits import commit, elements

pytestmark = pytest.mark.django_db


def draw(board: Board, **found: dict[str, Any]) -> None:
    changes = [{"op": "put", "key": f"element-{key}", "element": one} for key, one in found.items()]
    commit(board, board.owner, *changes)


def fill(board: Board, count: int) -> None:
    """Faster than by transactions; a copy reads no log."""
    body = '{"author":1,"kind":"star","x":0,"y":0,"z":"a","w":9,"h":9,"color":"red","width":2}'
    Element.objects.bulk_create(
        Element(board=board, key=f"element-{i:06}", kind="star", clock=1, body=body)
        for i in range(count)
    )
    Board.objects.filter(pk=board.pk).update(living=count, clock=1)
    board.refresh_from_db()


def drawn(board: Board) -> dict[str, dict[str, Any]]:
    """Without who drew it."""
    return {
        key: {name: value for name, value in one.items() if name != "author"}
        for key, one in elements(board).items()
    }


def test_a_copy_has_everything_and_is_drawn_by_whoever_copies(
    board: Board, ann: Person, bob: Person
) -> None:
    draw(
        board, a=stroke(wave(0, 0, 90)), b=note("한글", 5, 5), c=shape("star", 0, 0, group="g" * 9)
    )
    commit(board, ann, {"op": "put", "key": "element-d", "element": text("gone", 0, 0)})
    commit(board, ann, {"op": "remove", "key": "element-d"})
    Board.objects.filter(pk=board.pk).update(paper="ruled", frozen=True, own_only=True)
    board.refresh_from_db()

    copy = duplicate(board, bob)

    assert drawn(copy) == drawn(board)
    assert store.verify(copy.pk) == []
    assert {one["author"] for one in elements(copy).values()} == {bob.pk}
    assert set(Transaction.objects.filter(board=copy).values_list("author", flat=True)) == {bob.pk}
    assert (copy.owner, copy.title, copy.paper) == (bob, "Sums (copy)", "ruled")
    assert (copy.living, copy.trashed, copy.frozen, copy.own_only) == (3, None, False, False)
    assert copy.epoch != board.epoch


def test_a_large_copy_comes_in_transactions_that_readers_can_take(
    board: Board, ann: Person
) -> None:
    fill(board, 2500)
    copy = duplicate(board, ann)
    assert drawn(copy) == drawn(board)
    assert store.verify(copy.pk) == []
    bodies = Transaction.objects.filter(board=copy).values_list("body", flat=True)
    assert 3 <= len(bodies) <= 10
    assert all(len(body) < 64 * 1024 for body in bodies)


def test_an_empty_board_is_copied_too(board: Board, bob: Person) -> None:
    copy = duplicate(board, bob)
    assert (copy.living, copy.clock, store.verify(copy.pk)) == (0, 0, [])


def test_what_a_newer_version_has_drawn_is_copied_as_it_is(board: Board, bob: Person) -> None:
    draw(board, a=text("Hello", 0, 0))
    row = Element.objects.get(board=board)
    row.kind, row.body = "hologram", row.body.replace('"text"', '"hologram"', 1)
    row.save()
    copy = duplicate(board, bob)
    assert drawn(copy) == drawn(board)
    assert Element.objects.get(board=copy).kind == drawn(copy)["element-a"]["kind"]


def test_a_copy_that_fails_leaves_nothing(
    board: Board, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(board, a=text("Hello", 0, 0))

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(store, "commit", broken)
    with pytest.raises(RuntimeError):
        duplicate(board, bob)
    assert list(Board.objects.all()) == [board]


@pytest.mark.parametrize(
    ("title", "copied"),
    [
        ("", ""),
        ("Sums", "Sums (copy)"),
        ("Sums (copy)", "Sums (copy) (copy)"),
        ("x" * TITLE_LENGTH, "x" * (TITLE_LENGTH - 7) + " (copy)"),
    ],
)
def test_a_copy_is_called_so(title: str, copied: str) -> None:
    assert title_of_copy(title) == copied


def test_whoever_may_see_a_board_may_copy_it_and_nobody_else(settings: Settings) -> None:
    settings.BOARDS_GUEST_BOARD_AUDIENCE = "view"
    ann, bob = Visitor("Ann"), Visitor("Bob")
    board = ann.new_board("Lesson")
    address = reverse("duplicate-board", args=[board.pk])
    Board.objects.filter(pk=board.pk).update(audience="nobody")
    assert bob.post(address).status_code == 404
    assert Visitor().post(address).status_code == 404
    assert bob.post(reverse("duplicate-board", args=[uuid.uuid4()])).status_code == 404
    assert Board.objects.count() == 1
    Board.objects.filter(pk=board.pk).update(audience="view")
    assert bob.post(address)["Location"] == "/"
    copy = Board.objects.get(owner=bob.person)
    assert copy.audience == "view"
    assert "Lesson (copy)" in bob.get("/").content.decode()
    assert "Lesson (copy)" not in ann.get("/").content.decode()
    assert bob.get(address).status_code == 405


def test_a_copy_lies_in_the_copiers_folder(board: Board, ann: Person, bob: Person) -> None:
    folder = Folder.objects.create(person=ann, name="Maths")
    Visit.objects.create(board=board, person=ann, folder=folder)
    assert Visit.objects.get(board=duplicate(board, ann)).folder == folder
    assert Visit.objects.get(board=duplicate(board, bob)).folder is None


def test_large_copies_count_as_several_new_boards(settings: Settings) -> None:
    ann = Visitor("Ann")
    board = ann.new_board()
    fill(board, 5000)
    settings.BOARDS_LIMIT_NEW_BOARDS = (2, 0.001)
    cache.clear()
    assert ann.post(reverse("duplicate-board", args=[board.pk])).status_code == 429
    assert Board.objects.count() == 1
