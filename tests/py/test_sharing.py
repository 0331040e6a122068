"""Who else may come in and as what: audience, members, leaving, and reports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from boards.models import AuditEntry, Board, Membership, Report, Visit
from boards.protocol import Role
from tests.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def bob() -> Visitor:
    return Visitor("Bob")


@pytest.fixture
def board(ann: Visitor, bob: Visitor) -> Board:
    made = ann.new_board("Lesson")
    bob.opens(made)
    return made


def shown(visitor: Visitor, board: Board) -> dict[str, Any]:
    found: dict[str, Any] = visitor.get(reverse("sharing", args=[board.pk])).json()
    return found


def send(visitor: Client, name: str, *args: object, **fields: object) -> int:
    return visitor.post(
        reverse(name, args=args), fields, content_type="application/json"
    ).status_code


def test_the_owner_sees_all_and_others_their_own_part(
    ann: Visitor, bob: Visitor, board: Board
) -> None:
    theirs = shown(bob, board)
    assert theirs == {
        "role": "editor",
        "member": False,
        "isOwner": False,
        "audience": "draw",
        "address": f"http://testserver/boards/{board.pk}/",
    }
    assert send(ann, "member-role", board.pk, bob.person.pk, role="commenter") == 200
    hers = shown(ann, board)
    assert [(one["name"], one["role"], one["stays"]) for one in hers["members"]] == [
        ("Ann", "owner", True),
        ("Bob", "commenter", False),
    ]
    assert hers["isOwner"]


def test_the_audience_is_what_the_address_opens(ann: Visitor, bob: Visitor, board: Board) -> None:
    assert send(ann, "audience", board.pk, audience="view") == 200
    assert shown(bob, board)["role"] == "viewer"
    assert send(ann, "audience", board.pk, audience="nobody") == 200
    assert bob.opens(board) == 404
    assert send(ann, "audience", board.pk, audience="all") == 400
    assert AuditEntry.objects.filter(action="audience", by=ann.person).count() == 2


def test_a_member_is_changed_and_removed(ann: Visitor, bob: Visitor, board: Board) -> None:
    send(ann, "audience", board.pk, audience="nobody")
    send(ann, "member-role", board.pk, bob.person.pk, role="owner")
    assert shown(bob, board)["members"]
    assert send(bob, "audience", board.pk, audience="view") == 200
    assert send(ann, "remove-member", board.pk, bob.person.pk) == 200
    assert bob.opens(board) == 200  # It was opened for looking just now.
    assert "members" not in shown(bob, board)


def test_nothing_is_done_to_the_owner_and_the_answer_says_so(
    ann: Visitor, bob: Visitor, board: Board
) -> None:
    send(ann, "member-role", board.pk, bob.person.pk, role="owner")
    answer = bob.post(reverse("member-role", args=[board.pk, ann.person.pk]), {"role": "viewer"})
    assert answer.status_code == 409
    assert answer.json()["say"] == "That can't be done to the owner of the board."
    assert send(ann, "leave", board.pk) == 409


def test_people_who_were_never_here_are_no_members_by_number(ann: Visitor, board: Board) -> None:
    eve = Visitor("Eve")
    assert send(ann, "member-role", board.pk, eve.person.pk, role="editor") == 404
    assert send(ann, "member-role", board.pk, 999_999, role="editor") == 404
    assert not Membership.objects.exists()


def test_a_board_has_so_many_members(
    ann: Visitor, bob: Visitor, board: Board, settings: Settings
) -> None:
    settings.BOARDS_MEMBERS_MAX = 0
    assert send(ann, "member-role", board.pk, bob.person.pk, role="editor") == 409


def test_a_member_leaves(ann: Visitor, bob: Visitor, board: Board) -> None:
    send(ann, "member-role", board.pk, bob.person.pk, role="editor")
    send(ann, "audience", board.pk, audience="nobody")
    assert bob.opens(board) == 200
    assert send(bob, "leave", board.pk) == 200
    assert bob.opens(board) == 404
    assert AuditEntry.objects.filter(action="member.leave", subject=bob.person).exists()


def test_a_role_is_seen_at_once_on_the_page(ann: Visitor, bob: Visitor, board: Board) -> None:
    Membership.objects.create(board=board, person=bob.person, role=Role.VIEWER.value)
    Board.objects.filter(pk=board.pk).update(audience="view")
    assert send(bob, "title", board.pk, title="Mine") == 403
    send(ann, "member-role", board.pk, bob.person.pk, role="editor")
    assert send(bob, "title", board.pk, title="Mine") == 302


def test_a_report_once_an_hour_from_each(ann: Visitor, bob: Visitor, board: Board) -> None:
    assert send(bob, "report", board.pk, text="Rude words") == 200
    assert send(bob, "report", board.pk, text="Still") == 409
    assert send(ann, "report", board.pk, text="") == 200
    Report.objects.update(at=timezone.now() - timedelta(hours=2))
    assert send(bob, "report", board.pk, text="Still") == 200
    assert send(bob, "report", board.pk, text="x" * 1001) == 400
    assert Report.objects.filter(by=bob.person).count() == 2


def test_s25_other_types_tokenless_posts_and_reading_change_nothing(
    ann: Visitor, board: Board
) -> None:
    address = reverse("audience", args=[board.pk])
    assert ann.post(address, "audience=view", content_type="text/plain").status_code == 415
    assert ann.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ann.cookies
    assert strict.post(address, {"audience": "view"}).status_code == 403
    board.refresh_from_db()
    assert board.audience == "draw"


@pytest.mark.parametrize("body", ["[]", "[" * 100_000, '{"audience": ["view"]}', "\x00"])
def test_malformed_json_is_refused(ann: Visitor, board: Board, body: str) -> None:
    answer = ann.post(reverse("audience", args=[board.pk]), body, content_type="application/json")
    assert answer.status_code == 400


def test_visits_of_a_board_are_kept_apart_from_membership(bob: Visitor, board: Board) -> None:
    assert Visit.objects.filter(board=board, person=bob.person).exists()
    assert not Membership.objects.filter(board=board).exists()
