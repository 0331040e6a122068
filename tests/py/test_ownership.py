"""Whose a board is: handed over, left, and taken over from a guest whom nobody can reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from boards.deeds import Actor, DeedError
from boards.models import AuditEntry, Board, Membership, Person
from boards.ownership import adopt, hand_over, heir_of, leave, may_adopt
from boards.rights import standing_on

pytestmark = pytest.mark.django_db


def member(board: Board, name: str, role: str, *, account: bool = False, days: int = 0) -> Person:
    user = User.objects.create_user(name) if account else None
    person = Person.objects.create(name=name, user=user)
    since = timezone.now() - timedelta(days=days)
    Membership.objects.create(board=board, person=person, role=role, since=since)
    return person


def role(board: Board, person: Person) -> str | None:
    standing = standing_on(Board.objects.get(pk=board.pk), person)
    return None if standing is None else standing.role.value


def long_ago(person: Person, days: int = 91) -> None:
    Person.objects.filter(pk=person.pk).update(seen=date.today() - timedelta(days=days))
    person.refresh_from_db()


def test_who_had_it_stays_an_editor(board: Board, ann: Person, bob: Person) -> None:
    Board.objects.update(audience="nobody")
    hand_over(board, bob, by=Actor(staff="root"))
    assert (role(board, bob), role(board, ann)) == ("owner", "editor")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.board, entry.subject, entry.staff) == (
        "owner",
        board.pk,
        bob,
        "root",
    )


def test_the_eldest_owner_follows_then_the_eldest_editor_with_an_account(board: Board) -> None:
    member(board, "viewer", "viewer", account=True, days=9)
    assert heir_of(board) is None
    guest = member(board, "guest", "editor", days=8)
    assert heir_of(board) == guest
    editor = member(board, "editor", "editor", account=True, days=3)
    member(board, "younger", "editor", account=True, days=2)
    assert heir_of(board) == editor
    owner = member(board, "owner", "owner", days=1)
    assert heir_of(board) == owner


def test_an_owner_who_leaves_is_followed(board: Board, ann: Person) -> None:
    Board.objects.update(audience="nobody")
    heir = member(board, "heir", "editor")
    assert leave(board, ann) == heir
    assert (role(board, heir), role(board, ann)) == ("owner", None)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["member.leave", "owner"]


def test_the_last_owner_cannot_leave(board: Board, ann: Person) -> None:
    with pytest.raises(DeedError):
        leave(board, ann)
    assert role(board, ann) == "owner"


def test_a_member_leaves(board: Board) -> None:
    Board.objects.update(audience="nobody")
    viewer = member(board, "viewer", "viewer")
    assert leave(board, viewer) is None
    assert role(board, viewer) is None


@pytest.mark.parametrize(
    ("account", "days", "may"), [(True, 91, True), (False, 91, False), (True, 89, False)]
)
def test_a_member_with_an_account_takes_over_what_a_guest_left_behind(
    board: Board, ann: Person, account: bool, days: int, may: bool
) -> None:
    heir = member(board, "heir", "viewer", account=account)
    long_ago(ann, days)
    assert may_adopt(board, heir) == may
    if may:
        adopt(board, heir)
        assert role(board, heir) == "owner"
    else:
        with pytest.raises(DeedError):
            adopt(board, heir)


def test_nobody_takes_over_from_somebody_with_an_account_or_without_being_a_member(
    board: Board, ann: Person
) -> None:
    heir = member(board, "heir", "owner", account=True)
    stranger = Person.objects.create(name="S", user=User.objects.create_user("s"))
    long_ago(ann)
    assert not may_adopt(board, stranger)
    ann.user = User.objects.create_user("ann")
    ann.save()
    board.refresh_from_db()
    assert not may_adopt(board, heir)


def test_the_account_page_offers_what_was_left_behind(
    client: Client, board: Board, ann: Person
) -> None:
    heir = member(board, "heir", "editor", account=True)
    other = Board.objects.create(owner=ann)
    long_ago(ann)
    client.force_login(User.objects.get(person=heir))
    address = f"/account/boards/{board.pk}/"
    assert address in client.get("/account/").content.decode()
    assert client.post(f"/account/boards/{other.pk}/").status_code == 404
    assert client.post(address).status_code == 302
    assert role(board, heir) == "owner"
    assert client.post(address).status_code == 404


def test_the_day_of_the_last_visit_is_kept_once_a_day(
    client: Client,
) -> None:
    client.post("/nickname/", {"name": "Ann"})
    client.get("/")
    person = Person.objects.get()
    assert person.seen == timezone.now().date()
    Person.objects.update(seen=date(2020, 1, 1))
    client.get("/trash/")
    person.refresh_from_db()
    assert person.seen == timezone.now().date()
