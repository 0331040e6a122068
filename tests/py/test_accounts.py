"""Accounts: signing up, in and out; a guest stays who they are (R2, S26, S27)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
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


# -- beside the way in -----------------------------------------------------------------------------


def link_in_mail() -> str:
    return str(re.findall(r"http://testserver(\S+)", str(mail.outbox[-1].body))[0])


def test_a_forgotten_password_is_chosen_anew_by_a_link(client: Client, user: User) -> None:
    client.post("/account/password/reset/", {"email": "eve@example.org"})
    address = link_in_mail()
    form = client.get(address).headers["Location"]
    assert form.endswith("-set-password/")
    new = "an even longer walk uphill"
    client.post(form, {"password1": new, "password2": new})
    assert sign_in(client, password=new) == "/"
    assert b"too old" in Client().get(address).content


def test_asking_for_a_new_password_tells_nobody_who_is_here(client: Client, user: User) -> None:
    answers = [
        client.post("/account/password/reset/", {"email": f"{name}@example.org"}, follow=True)
        for name in ("eve", "nobody")
    ]
    texts = [re.sub(r'value="[^"]{64}"', "", answer.content.decode()) for answer in answers]
    assert texts[0] == texts[1]
    assert "no account with this address" in mail.outbox[-1].body


def test_an_address_is_confirmed_by_a_link(client: Client) -> None:
    sign_up(client)
    address = link_in_mail()
    assert b"Is ann@example.org your address?" in client.get(address).content
    client.post(address)
    assert b"Confirmed" in client.get("/account/email/").content


def test_links_in_mails_lead_where_the_setting_says(
    client: Client, user: User, settings: Any
) -> None:
    """S28."""
    settings.PUBLIC_ORIGINS = ["https://board.example.org"]
    client.post("/account/password/reset/", {"email": "eve@example.org"})
    assert "https://board.example.org/account/password/reset/key/" in mail.outbox[-1].body


def test_where_addresses_have_to_be_confirmed_the_guest_is_found_again(
    client: Client, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    ann = guest(client)
    assert sign_up(client) == "/account/confirm-email/"
    assert b"Ann" in client.get("/").content
    client.post(link_in_mail())
    sign_in(client, "ann@example.org")
    ann.refresh_from_db()
    assert ann.user is not None


def test_a_taken_address_is_refused(client: Client, user: User) -> None:
    assert "There is an account with this address already." in sign_up(
        client, email="eve@example.org"
    )


def test_strangers_sign_up_only_where_they_may(client: Client, settings: Any) -> None:
    settings.ACCOUNTS_OPEN = False
    assert "No new accounts here" in sign_up(client)
    assert not User.objects.exists()
    assert b"Create an account" not in client.get("/account/login/").content


def test_name_and_colour_are_changed(client: Client) -> None:
    ann = guest(client)
    assert client.post("/account/", {"name": " ", "color": "red"}).status_code == 400
    assert client.post("/account/", {"name": "Anna", "color": "beige"}).status_code == 400
    assert client.post("/account/", {"name": "Anna", "color": "teal"}).status_code == 302
    ann.refresh_from_db()
    assert (ann.name, ann.color) == ("Anna", "teal")


def test_the_second_step_is_asked_for_once_it_is_on(client: Client, user: User) -> None:
    sign_in(client)
    page = client.get("/account/2fa/totp/activate/", follow=True)
    assert b"type your password once more" in page.content
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/account/2fa/totp/activate/", {"code": code})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    recovery = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
    client.post("/account/logout/")
    assert sign_in(client) == "/account/2fa/authenticate/"
    assert b"What should people call you?" in client.get("/").content
    assert client.get("/admin/login/").headers["Location"].startswith("/account/login/")
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert b"That code isn" in wrong.content
    assert client.post("/account/2fa/authenticate/", {"code": recovery}).headers["Location"] == "/"


@pytest.mark.parametrize(
    "address",
    [
        "email",
        "password/change",
        "2fa",
        "2fa/totp/activate",
        "2fa/recovery-codes",
        "reauthenticate",
    ],
)
def test_pages_of_an_account_are_for_who_is_signed_in(client: Client, address: str) -> None:
    guest(client)
    answer = client.get(f"/account/{address}/")
    assert answer.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", ["", "erase/", "delete/"])
def test_who_has_no_name_is_asked_for_one_first(client: Client, address: str) -> None:
    assert b"What should people call you?" in client.get(f"/account/{address}").content
    assert client.post(f"/account/{address}").headers["Location"] == "/"


def test_nobody_is_led_elsewhere_after_signing_in(client: Client, user: User) -> None:
    typed = {"login": "eve", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/account/login/", typed).headers["Location"] == "/"
