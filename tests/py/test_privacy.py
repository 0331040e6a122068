"""What is kept of a person: taken out, erased, deleted, and pruned when its time has come."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import AsyncClient, Client
from django.utils import timezone

from boards import store
from boards.models import (
    AuditEntry,
    Board,
    Comment,
    Element,
    Membership,
    Person,
    Thread,
    Transaction,
)
from boards.people import SESSION_KEY

from .commits import commit, elements
from .sockets import put

PASSWORD = "a long walk by the sea"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def eve(client: Client) -> Person:
    """Somebody with an account, signed in."""
    user = User.objects.create_user("eve", "eve@example.org", PASSWORD)
    client.force_login(user)
    return Person.objects.create(name="Eve", user=user)


def say(board: Board, person: Person, text: str) -> Comment:
    thread = Thread.objects.create(board=board, x=0, y=0)
    return Comment.objects.create(thread=thread, author=person, uid="u", text=text)


def run(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("prune", "--json", *arguments, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


# -- downloading -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
async def test_everything_kept_of_a_person_comes_in_one_file(
    board: Board, ann: Person, bob: Person
) -> None:
    user = await User.objects.acreate(username="ann", email="ann@example.org")
    ann.user = user
    await ann.asave()
    bobs = await Board.objects.acreate(owner=bob, title="Bob's")
    await sync_to_async(commit)(board, bob, put("of-bob-1"))
    await sync_to_async(commit)(bobs, ann, put("of-ann-1"))
    await sync_to_async(commit)(bobs, bob, put("of-bob-2"))
    await sync_to_async(say)(bobs, ann, "Hello")
    client = AsyncClient()
    await client.aforce_login(user)
    answer = await client.post("/account/download/")
    content = b"".join([part async for part in answer.streaming_content])  # type: ignore[attr-defined]
    answer.close()
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert json.loads(files["profile.json"])["account"]["email"] == "ann@example.org"
    assert [one["title"] for one in json.loads(files["boards.json"])] == ["Sums"]
    assert json.loads(files["comments.json"])[0]["text"] == "Hello"
    assert list(json.loads(files[f"boards/{board.pk}.json"])["elements"]) == ["of-bob-1"]
    (mine,) = files[f"transactions/{bobs.pk}.jsonl"].splitlines()
    assert json.loads(mine)["changes"] == [put("of-ann-1")]


def test_a_download_is_asked_for_by_a_form_and_not_too_often(client: Client, eve: Person) -> None:
    assert client.get("/account/download/").status_code == 405
    answers = [client.post("/account/download/") for _ in range(6)]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


# -- erasing ---------------------------------------------------------------------------------------


def test_erasing_asks_for_the_password(client: Client, eve: Person, board: Board) -> None:
    commit(board, eve, put("of-eve-1"))
    assert client.get("/account/erase/").status_code == 200
    assert client.post("/account/erase/", {"password": "wrong"}).status_code == 400
    assert elements(board)
    assert client.post("/account/erase/", {"password": PASSWORD}).status_code == 302
    assert elements(board) == {}
    assert AuditEntry.objects.get().action == "erase"
    assert b"on 1 board." in client.get("/account/").content


def test_a_guest_types_the_name(client: Client, board: Board) -> None:
    client.post("/nickname/", {"name": "Gus"})
    gus = Person.objects.get(pk=client.session[SESSION_KEY])
    commit(board, gus, put("of-gus-1"))
    said = say(board, gus, "secret")
    assert client.post("/account/erase/", {"typed": "Gas"}).status_code == 400
    assert client.post("/account/erase/", {"typed": "Gus"}).status_code == 302
    said.refresh_from_db()
    board.refresh_from_db()
    assert (elements(board), said.text, said.removed is None, board.talk) == ({}, "", False, 1)


# -- deleting --------------------------------------------------------------------------------------


def test_an_account_goes_with_its_data(
    client: Client, eve: Person, board: Board, bob: Person
) -> None:
    alone = Board.objects.create(owner=eve, title="Alone")
    shared = Board.objects.create(owner=eve, title="Shared")
    Membership.objects.create(board=shared, person=bob, role="editor")
    commit(shared, bob, put("of-bob-1"))
    commit(shared, eve, put("of-eve-1"))
    commit(board, eve, put("of-eve-2"))
    page = client.get("/account/delete/").content.decode()
    assert "Alone" in page
    assert "Shared" not in page
    answer = client.post("/account/delete/", {"password": PASSWORD, "ink": "on"})
    assert b"You are forgotten" in answer.content
    assert not User.objects.exists()
    assert not Person.objects.filter(pk=eve.pk).exists()
    assert not Board.objects.filter(pk=alone.pk).exists()
    shared.refresh_from_db()
    assert shared.owner == bob
    assert list(elements(shared)) == ["of-bob-1"]
    assert elements(board) == {}
    assert b"What should people call you?" in client.get("/").content


def test_ink_may_stay_as_nobodys(client: Client, eve: Person, board: Board) -> None:
    commit(board, eve, put("of-eve-1"))
    client.post("/account/delete/", {"password": PASSWORD})
    assert list(elements(board)) == ["of-eve-1"]
    assert Element.objects.get().author is None
    assert Transaction.objects.get().author is None
    assert store.verify(board.pk) == []


def test_nothing_is_deleted_without_the_password(client: Client, eve: Person) -> None:
    assert client.post("/account/delete/", {"password": "no"}).status_code == 400
    assert client.post("/account/delete/", {"typed": "Eve"}).status_code == 400
    assert User.objects.exists()


# -- retention -------------------------------------------------------------------------------------


@pytest.fixture
def _long_ago(board: Board, ann: Person, bob: Person) -> None:
    """Everything here is a year old but Bob, who has drawn."""
    then = timezone.now() - timedelta(days=365)
    commit(board, bob, put("of-bob-1"))
    idle = Person.objects.create(name="Idle")
    for person in (ann, bob, idle):
        Person.objects.filter(pk=person.pk).update(created=then, seen=then.date())
    Board.objects.create(owner=ann, title="Trashed", trashed=then)
    Board.objects.update(changed=then)
    AuditEntry.objects.create(action="freeze", at=then)


@pytest.mark.usefixtures("_long_ago")
def test_nothing_is_pruned_unless_a_setting_says_so() -> None:
    assert run() == {"dry_run": False, "pruned": {"sessions": 0, "contents": 0}}
    assert (Person.objects.count(), Board.objects.count()) == (3, 2)


@pytest.mark.usefixtures("_long_ago")
def test_timers_are_carried_out(settings: Any, board: Board) -> None:
    for name in ("IDLE_GUESTS", "TRASH", "GUEST_BOARDS", "AUDIT"):
        setattr(settings, f"BOARDS_RETENTION_{name}_DAYS", 30)
    expected = {"guest_boards": 1, "trash": 1, "idle_guests": 1, "sessions": 0, "contents": 0}
    would = run("--dry-run")["pruned"]
    assert would == {**expected, "audit": 1}
    assert Person.objects.count() == 3
    done = run()["pruned"]
    assert done == {**expected, "audit": 1}
    assert set(Person.objects.values_list("name", flat=True)) == {"Ann", "Bob"}
    assert list(Board.objects.values_list("title", flat=True)) == ["Sums"]
    board.refresh_from_db()
    assert board.trashed is not None
    actions = set(AuditEntry.objects.values_list("action", "staff"))
    assert actions == {("trash", "manage.py"), ("delete", "manage.py")}
    assert run()["pruned"] == dict.fromkeys([*expected, "audit"], 0)


@pytest.mark.usefixtures("_long_ago")
def test_boards_that_somebody_might_take_over_are_not_thrown_away(
    settings: Any, board: Board
) -> None:
    settings.BOARDS_RETENTION_GUEST_BOARDS_DAYS = 30
    someone = Person.objects.create(name="S", user=User.objects.create_user("s"))
    Membership.objects.create(board=board, person=someone, role="viewer")
    assert run()["pruned"]["guest_boards"] == 0


@pytest.mark.usefixtures("_long_ago")
def test_it_says_what_it_did(settings: Any) -> None:
    settings.BOARDS_RETENTION_TRASH_DAYS = 30
    out = io.StringIO()
    call_command("prune", "--dry-run", stdout=out)
    assert "1 boards in the trash would be deleted" in out.getvalue()
    assert "BOARDS_RETENTION_AUDIT_DAYS is 0: kept for ever" in out.getvalue()
