"""Accounts: signing up, in and out; a guest stays who they are (R2, S26, S27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from boards.models import Board, Membership, Person, Visit
from boards.people import SESSION_KEY

PASSWORD = "a long walk by the sea"
WRONG = "That name or password isn’t right."
SLOWED = "That was a lot of tries."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(settings: Any) -> Iterator[None]:
    """Tries are counted in the cache, which outlives a test; and hashing need not be slow here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user() -> User:
    return User.objects.create_user("eve", "eve@example.org", PASSWORD)


def sign_in(client: Client, login: str = "eve@example.org", password: str = PASSWORD) -> str:
    answer = client.post("/account/login/", {"login": login, "password": password})
    return str(answer.headers.get("Location", answer.content.decode()))


def guest(client: Client, name: str = "Ann") -> Person:
    client.post("/nickname/", {"name": name})
    return Person.objects.get(pk=client.session[SESSION_KEY])


def sign_up(client: Client, **fields: str) -> str:
    typed = {"name": "Ann Lee", "email": "ann@example.org", "password1": PASSWORD, **fields}
    answer = client.post("/account/signup/", typed)
    return str(answer.headers.get("Location", answer.content.decode()))


def test_who_signs_up_is_in(client: Client) -> None:
    assert sign_up(client) == "/"
    assert b"Ann Lee" in client.get("/").content
    person = Person.objects.get()
    assert (person.name, person.user and person.user.email) == ("Ann Lee", "ann@example.org")
    assert "link" in mail.outbox[0].body


def test_a_guest_who_signs_up_stays_the_same_person(client: Client) -> None:
    ann = guest(client)
    board = Board.objects.create(owner=ann)
    assert b'value="Ann"' in client.get("/account/signup/").content
    before = client.session.session_key
    sign_up(client)
    person = Person.objects.get()
    assert (person.pk, person.name) == (ann.pk, "Ann Lee")
    assert person.user is not None
    assert client.session.session_key != before
    assert client.get(f"/boards/{board.pk}/").status_code == 200


def test_a_guest_who_signs_in_brings_boards_to_the_account(client: Client, user: User) -> None:
    eve = Person.objects.create(name="Eve", user=user)
    ann, other = guest(client), Board.objects.create(audience="nobody")
    own = Board.objects.create(owner=ann)
    Membership.objects.create(board=other, person=ann, role="viewer")
    Visit.objects.create(board=own, person=ann)
    before = client.session.session_key
    assert sign_in(client) == "/"
    assert client.session.session_key != before
    assert SESSION_KEY not in client.session
    own.refresh_from_db()
    assert own.owner_id == eve.pk
    assert Membership.objects.get().person_id == eve.pk
    assert Visit.objects.get().person_id == eve.pk
    ann.refresh_from_db()
    assert ann.access_version == 2


def test_signing_in_takes_nothing_from_somebody_with_an_account(client: Client, user: User) -> None:
    ann = guest(client)
    own = Board.objects.create(owner=ann)
    ann.user = User.objects.create_user("ann")
    ann.save()
    sign_in(client)
    own.refresh_from_db()
    assert own.owner_id == ann.pk


def test_signed_out_one_is_nobody_here(client: Client, user: User) -> None:
    guest(client)
    sign_in(client)
    assert client.get("/account/logout/").status_code == 200
    assert client.post("/account/logout/").headers["Location"] == "/"
    assert b"What should people call you?" in client.get("/").content


@pytest.mark.parametrize("login", ["eve@example.org", "eve", "nobody@example.org", "nobody"])
def test_wrong_passwords_and_unknown_names_get_the_same_answer(
    client: Client, user: User, login: str
) -> None:
    for _ in range(5):
        assert WRONG in sign_in(client, login, "wrong")
    assert SLOWED in sign_in(client, login, "wrong")
    assert SLOWED in sign_in(client, login)


def test_guesses_of_one_address_are_slowed_too(client: Client, user: User) -> None:
    for number in range(60):
        assert WRONG in sign_in(client, f"n{number}", "wrong")
    assert SLOWED in sign_in(client, "eve")


def test_the_admin_is_entered_by_the_same_door(client: Client, user: User) -> None:
    assert client.get("/admin/login/").headers["Location"].startswith("/account/login/")
    answer = client.post("/admin/login/", {"username": "eve", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/account/login/")
    sign_in(client)
    assert client.get("/admin/login/").status_code == 403
