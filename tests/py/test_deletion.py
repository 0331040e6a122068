"""Deleting for good: only owners, only out of the trash, asked once more, and in parts."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse
from django.utils import timezone

from boards import deletion, store
from boards.deeds import Actor
from boards.deletion import delete_for_good, finish_deletions
from boards.models import (
    AuditEntry,
    Board,
    Element,
    Membership,
    Person,
    Thumbnail,
    Transaction,
    Visit,
)
from boards.protocol import CloseCode
from tests.visitors import Visitor

from .commits import commit, submission
from .conftest import Join
from .sockets import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def trashed(owner: Visitor) -> Board:
    board = owner.new_board("Old sketch")
    owner.opens(board)
    for n in range(5):
        commit(board, owner.person, put(f"element-{n}"), put(f"another-{n}"))
    Thumbnail.objects.create(board=board, epoch="e", clock=1, light=b"", dark=b"")
    throw_away(board)
    return board


def throw_away(board: Board) -> None:
    Board.objects.filter(pk=board.pk).update(trashed=timezone.now())
    board.refresh_from_db()


def left(board: Board) -> list[int]:
    which: dict[str, Any] = {"board": board.pk}
    return [
        kind.objects.filter(**which).count()
        for kind in (Transaction, Element, Visit, Membership, Thumbnail)
    ]


# -- asking ----------------------------------------------------------------------------------------


def test_the_owner_is_asked_once_more_and_then_nothing_is_left(
    owner: Visitor, trashed: Board
) -> None:
    address = reverse("delete-board", args=[trashed.pk])
    assert "Delete “Old sketch” for good?" in owner.get(address).content.decode()
    assert Board.objects.count() == 1
    assert owner.post(address)["Location"] == reverse("trash")
    assert not Board.objects.exists()
    assert left(trashed) == [0] * 5
    assert owner.opens(trashed) == 404
    assert owner.post(address).status_code == 404


def test_each_deletion_is_in_the_record_without_what_was_drawn(
    owner: Visitor, trashed: Board
) -> None:
    owner.post(reverse("delete-board", args=[trashed.pk]))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.board, entry.by) == ("delete", trashed.pk, owner.person)
    assert json.loads(entry.details) == {"elements": 10, "transactions": 5}


def test_a_board_that_is_not_in_the_trash_stays(owner: Visitor) -> None:
    board = owner.new_board("In use")
    address = reverse("delete-board", args=[board.pk])
    assert owner.get(address)["Location"] == reverse("trash")
    assert owner.post(address)["Location"] == reverse("trash")
    assert delete_for_good([board.pk, uuid.uuid4()], Actor()) == 0
    assert owner.opens(board) == 200


def test_nobody_but_owners_deletes(owner: Visitor, trashed: Board) -> None:
    bob = Visitor("Bob")
    address = reverse("delete-board", args=[trashed.pk])
    member = Membership.objects.create(board=trashed, person=bob.person, role="editor")
    for somebody in (bob, Visitor()):
        assert somebody.post(address).status_code == 404
    assert "Old sketch" not in bob.get(address).content.decode()
    assert Board.objects.filter(pk=trashed.pk).exists()
    Membership.objects.filter(pk=member.pk).update(role="owner")
    assert bob.post(address).status_code == 302
    assert not Board.objects.exists()


def test_the_trash_is_emptied_of_ones_own_boards_alone(owner: Visitor, trashed: Board) -> None:
    kept = owner.new_board("Kept")
    bob = Visitor("Bob")
    others = bob.new_board("Bob's")
    throw_away(others)
    second = owner.new_board("Second")
    throw_away(second)
    page = owner.get(reverse("empty-trash")).content.decode()
    assert "2 boards with all that is on them" in page
    assert owner.post(reverse("empty-trash"))["Location"] == reverse("trash")
    assert set(Board.objects.all()) == {kept, others}
    assert owner.get(reverse("empty-trash"))["Location"] == reverse("trash")
    assert Visitor().post(reverse("empty-trash"))["Location"] == "/"


@pytest.mark.parametrize("name", ["delete-board", "empty-trash"])
def test_s25_nothing_is_deleted_without_a_token(owner: Visitor, trashed: Board, name: str) -> None:
    strict = Visitor(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    arguments = [trashed.pk] if name == "delete-board" else []
    assert strict.post(reverse(name, args=arguments)).status_code == 403
    assert Board.objects.filter(pk=trashed.pk).exists()


# -- in parts --------------------------------------------------------------------------------------


def test_what_there_was_no_time_for_is_out_of_reach_and_goes_later(
    owner: Visitor, trashed: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "ROWS", 2)
    monkeypatch.setattr(deletion, "PATIENCE_SECONDS", 0.0)
    owner.post(reverse("delete-board", args=[trashed.pk]))
    assert Board.objects.filter(pk=trashed.pk).exists()
    assert 0 < left(trashed)[0] < 5
    assert owner.opens(trashed) == 404
    assert owner.post(reverse("undelete-board", args=[trashed.pk])).status_code == 404
    assert "Old sketch" not in owner.get(reverse("trash")).content.decode()
    while finish_deletions(0.0):
        pass
    assert left(trashed) == [0] * 5
    assert not Board.objects.exists()


def test_what_was_on_its_way_into_the_log_is_judged_again(owner: Visitor, trashed: Board) -> None:
    """So it is refused: nobody has a right to it any more (R13)."""
    late = submission(trashed, owner.person, put("element-late"))
    assert deletion._condemn(trashed.pk, Actor(owner.person))
    (outcome,) = store.commit([late])
    assert isinstance(outcome, store.Stale)


@pytest.mark.django_db(transaction=True)
async def test_open_sockets_are_sent_away(ann: Person, board: Board, joined: Join) -> None:
    here = await joined(ann)
    await sync_to_async(throw_away)(board)
    await sync_to_async(delete_for_good)([board.pk], Actor(ann))
    assert await here.hear_close() in {CloseCode.NO_SUCH_BOARD, CloseCode.NOT_ALLOWED}
