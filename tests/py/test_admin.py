"""The admin: finds, shows readably, asks the database little, and is for staff alone."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from boards import announce, protocol
from boards.models import AuditEntry, Board, Element, Person, Transaction
from tests.visitors import Visitor

pytestmark = pytest.mark.django_db
MODELS = ("board", "element", "transaction", "person")


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "", "pw"))
    return client


@pytest.fixture
def ann() -> Person:
    return Person.objects.create(name="Ann")


@pytest.fixture
def board(ann: Person) -> Board:
    board = Board.objects.create(owner=ann, title="Lesson", clock=1, living=1, log_bytes=2048)
    points = "A" * 5000
    Element.objects.create(
        board=board,
        key="k" * 16,
        kind="stroke",
        clock=1,
        author=ann,
        body=json.dumps({"kind": "stroke", "points": points, "color": "<b>"}),
    )
    Transaction.objects.create(
        board=board,
        clock=1,
        uid="u" * 22,
        digest="d",
        author=ann,
        at=1_700_000_000_000,
        body=json.dumps([{"op": "put", "key": "k" * 16, "element": {"points": points}}]),
    )
    return board


def listed(name: str) -> str:
    return reverse(f"admin:boards_{name}_changelist")


def test_the_list_of_boards_shows_what_matters(staff: Client, board: Board) -> None:
    page = staff.get(listed("board")).content.decode()
    for text in ("Lesson", "Ann", "2.0", f'href="/boards/{board.pk}/"'):
        assert text in page


@pytest.mark.parametrize("query", ["Less", "Ann", "{id}"])
def test_boards_are_found_by_title_owner_and_id(staff: Client, board: Board, query: str) -> None:
    other = Board.objects.create(title="Other", owner=Person.objects.create(name="Bob"))
    page = staff.get(listed("board"), {"q": query.format(id=board.pk)}).content.decode()
    assert str(board.pk) in page
    assert str(other.pk) not in page


def test_ten_thousand_boards_cost_as_many_queries_as_one(
    staff: Client, ann: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Board.objects.bulk_create(
        (Board(title=f"B{n}", owner=ann, id=uuid.UUID(int=n)) for n in range(10_000)),
        batch_size=500,
    )
    # Session, user, count, one page of boards, what the processes do.
    with django_assert_max_num_queries(5):
        staff.get(listed("board"))
    with django_assert_max_num_queries(5):
        staff.get(listed("board"), {"q": "B77"})


@pytest.mark.parametrize("name", ["element", "transaction", "person"])
def test_the_other_lists_ask_the_database_little(
    staff: Client,
    ann: Person,
    board: Board,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(20):
        Element.objects.create(board=board, key=f"key-{n:06}", kind="stroke", clock=1, author=ann)
        Transaction.objects.create(
            board=board, clock=n + 2, uid=f"{n:022}", digest="", author=ann, at=0, body="[]"
        )
        user = User.objects.create(username=f"user{n}")
        Person.objects.create(name=f"P{n}", user=user)
    with django_assert_max_num_queries(4):
        staff.get(listed(name))


@pytest.mark.parametrize("name", ["element", "transaction"])
def test_bodies_are_readable_and_escaped_and_nothing_can_be_changed(
    staff: Client, board: Board, name: str
) -> None:
    rows: Any = {"element": Element.objects, "transaction": Transaction.objects}[name]
    found = rows.get()
    page = staff.get(reverse(f"admin:boards_{name}_change", args=[found.pk])).content.decode()
    assert "&quot;points&quot;: &quot;AAAA" in page
    assert "A" * 200 not in page
    assert "(5000)" in page
    assert "<b>" not in page.split("<pre>")[1].split("</pre>")[0]
    assert 'name="_save"' not in page
    for action in ("add", "delete"):
        arguments = [] if action == "add" else [found.pk]
        address = reverse(f"admin:boards_{name}_{action}", args=arguments)
        assert staff.post(address, {"post": "yes"}).status_code == 403
    assert rows.count() == 1


def test_clearing_is_a_transaction_of_nobodys_and_a_deed_of_the_staffs(
    staff: Client, board: Board
) -> None:
    selected = {"action": "clear_boards", "_selected_action": [str(board.pk)]}
    page = staff.post(listed("board"), selected, follow=True).content.decode()
    assert "1 board was cleared." in page
    assert Transaction.objects.get(clock=2).author is None
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.board, entry.staff) == ("clear", board.pk, "root")
    assert LogEntry.objects.get().object_id == str(board.pk)


def test_clearing_really_clears(staff: Client) -> None:
    board = Visitor("Ann").new_board("Real")
    stroke: protocol.Properties = {
        "kind": "stroke",
        "x": 0,
        "y": 0,
        "z": "a0",
        "color": "black",
        "width": 2,
        "points": "AAAAAA",
    }
    announce.submit_from_outside(board.pk, None, [protocol.Put(key="k" * 16, element=stroke)])
    assert Element.objects.filter(board=board, removed=False).count() == 1
    selected = {"action": "clear_boards", "_selected_action": [str(board.pk)]}
    staff.post(listed("board"), selected)
    assert Element.objects.filter(board=board, removed=False).count() == 0
    board.refresh_from_db()
    assert (board.clock, board.living) == (2, 0)


def test_changing_a_board_touches_nothing_that_the_writer_moves(
    staff: Client, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(announce, "announce_board", told.append)
    address = reverse("admin:boards_board_change", args=[board.pk])
    fields = {"title": " New\u202e ", "frozen": "on", "paper": "graph", "audience": "view"}
    staff.post(address, {**fields, "clock": "99"})
    board.refresh_from_db()
    assert (board.title, board.frozen, board.paper, board.clock) == ("New", True, "graph", 1)
    assert told == [board.pk]


def test_a_board_is_deleted_with_all_that_is_on_it_without_listing_it(
    staff: Client, board: Board
) -> None:
    address = reverse("admin:boards_board_delete", args=[board.pk])
    assert "k" * 16 not in staff.get(address).content.decode()
    staff.post(address, {"post": "yes"})
    assert not Board.objects.exists()
    assert not Element.objects.exists()
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("name", MODELS)
def test_the_admin_is_for_staff_alone(board: Board, name: str) -> None:
    for client in (Client(), Visitor("Eve")):
        answer = client.get(listed(name))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/admin/login/")
    user = Client()
    user.force_login(User.objects.create_user("user"))
    assert user.get(listed(name)).status_code == 302
    helper = Client()
    helper.force_login(User.objects.create_user("helper", is_staff=True))
    assert helper.get(listed(name)).status_code == 403


def test_staff_who_may_only_look_cannot_clear(board: Board) -> None:
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_board"))
    client = Client()
    client.force_login(viewer)
    selected = {"action": "clear_boards", "_selected_action": [str(board.pk)]}
    client.post(listed("board"), selected)
    assert Transaction.objects.filter(board=board).count() == 1
