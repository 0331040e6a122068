"""Boards of several pages: their picture, what is found on them, comments, copies."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from boards import excerpts
from boards.duplicates import duplicate
from boards.elements import FIRST_PAGE
from boards.models import Board, Thread
from boards.thumbnails.figures import figure
from tests.gallery.elements import note, text
from tests.visitors import Visitor

from .commits import commit, elements
from .sockets import new_id

pytestmark = pytest.mark.django_db

TWO = "page-two"


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def board(ann: Visitor) -> Board:
    board = ann.new_board("Lesson")
    put(board, "element-1", text("on the first", 0, 0))
    put(board, "element-2", {**note("on the second", 0, 0), "page": TWO})
    put(board, TWO, {"kind": "page", "z": "a1", "name": "Homework"})
    return board


def put(board: Board, key: str, element: dict[str, Any]) -> None:
    commit(board, board.owner, {"op": "put", "key": key, "element": element})


def pictured(board: Board) -> list[str]:
    return sorted(key for key, _ in excerpts.some_elements(board.pk))


def test_the_picture_of_a_board_shows_its_first_page(board: Board) -> None:
    assert pictured(board) == ["element-1"]
    put(board, "page-zero", {"kind": "page", "z": "Za"})
    assert pictured(board) == []


def test_where_the_first_page_is_hidden_the_next_one_is_shown(board: Board) -> None:
    put(board, FIRST_PAGE, {"kind": "page", "z": "Zz", "hidden": True})
    assert pictured(board) == ["element-2"]
    commit(board, board.owner, {"op": "set", "key": TWO, "props": {"hidden": True}})
    assert pictured(board) == ["element-1"]


@pytest.mark.parametrize("several", [False, True])
def test_what_is_on_a_page_that_has_gone_is_on_the_first_one(board: Board, several: bool) -> None:
    if several:
        put(board, FIRST_PAGE, {"kind": "page", "z": "Zz", "hidden": True})
    else:
        commit(board, board.owner, {"op": "remove", "key": TWO})
    put(board, "element-3", {**note("drawn offline", 0, 0), "page": "page-gone"})
    seen = {"element-3", "element-2"} if several else {"element-1", "element-2", "element-3"}
    assert set(pictured(board)) == seen


def test_a_text_that_speaks_of_pages_stays_in_the_picture(board: Board) -> None:
    put(board, "element-3", text('{"page":"page-two"}', 0, 0))
    assert pictured(board) == ["element-1", "element-3"]


def test_a_frame_is_a_thin_box() -> None:
    frame = {"kind": "frame", "x": 5, "y": 5, "w": 90, "h": 50, "z": "a0", "name": "Week 1"}
    drawn = figure(frame)
    assert (drawn.width, drawn.area, drawn.bars) == (1, [], [])
    assert drawn.extent() == (4.5, 4.5, 95.5, 55.5)
    assert figure({**frame, "fill": "yellow"}).area


@pytest.mark.parametrize("words", ["SECOND", "homework", "Week"])
def test_what_is_on_any_page_is_found_and_the_names_of_pages_and_frames(
    board: Board, words: str
) -> None:
    frame = {"kind": "frame", "x": 0, "y": 0, "w": 9, "h": 9, "z": "a0", "name": "Week 1"}
    put(board, "frame-01", {**frame, "page": TWO})
    found = list(excerpts.boards_with(words, Board.objects.all()))
    assert [one.board for one in found] == [board.pk]
    assert words.casefold() in found[0].text.casefold()


def test_a_copy_of_a_board_has_its_pages(board: Board, ann: Visitor) -> None:
    copy = duplicate(board, ann.person)
    assert elements(copy).keys() == elements(board).keys()
    assert elements(copy)["element-2"]["page"] == TWO


def test_a_comment_says_which_page_it_is_on(board: Board, ann: Visitor) -> None:
    def ask(**more: object) -> Any:
        body = {"uid": new_id(), "x": 1, "y": 2, "text": "Why?", **more}
        return ann.post(reverse("comments", args=[board.pk]), body, content_type="application/json")

    assert ask(page=TWO).json()["thread"]["page"] == TWO
    assert ask().json()["thread"]["page"] is None
    assert ask(page=FIRST_PAGE).json()["thread"]["page"] is None
    assert ask(page="no key").status_code == 400
    assert sorted(Thread.objects.values_list("page", flat=True)) == ["", "", TWO]
