"""S3: who is signed out, or changes what let them in, loses open sockets at once, everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from boards.models import Board, Person
from boards.rooms import rooms_here

from .seats import two_processes, until
from .sockets import Someone

PASSWORD = "a long walk by the sea"
NEW = "an even longer walk uphill"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def eve(db: None) -> Person:
    user = User.objects.create_user("eve", "eve@example.org", PASSWORD)
    return Person.objects.create(name="Eve", user=user)


def user_of(person: Person) -> User:
    return User.objects.get(person=person)


def signed_in() -> Client:
    client = Client()
    client.post("/account/login/", {"login": "eve", "password": PASSWORD})
    return client


def cookie(client: Client) -> str:
    return f"{site.SESSION_COOKIE_NAME}={client.session.session_key}"


def knows(client: Client) -> bool:
    return b"Eve" in client.get("/").content


def sign_out(client: Client, person: Person) -> None:
    client.post("/account/logout/")


def change_password(client: Client, person: Person) -> None:
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/account/password/change/", typed).status_code == 302


def reset_password(client: Client, person: Person) -> None:
    stranger = Client()
    stranger.post("/account/password/reset/", {"email": "eve@example.org"})
    path = re.findall(r"http://testserver(\S+)", str(mail.outbox[-1].body))[0]
    form = stranger.get(path).headers["Location"]
    assert stranger.post(form, {"password1": NEW, "password2": NEW}).status_code == 302


def deactivate(client: Client, person: Person) -> None:
    user = user_of(person)
    user.is_active = False
    user.save()


def delete_user(client: Client, person: Person) -> None:
    user_of(person).delete()


Deed = Callable[[Client, Person], None]
DEEDS: list[Deed] = [sign_out, change_password, reset_password, deactivate, delete_user]


@pytest.mark.parametrize("deed", DEEDS)
async def test_open_sockets_close_with_4401(board: Board, eve: Person, deed: Deed) -> None:
    here = await sync_to_async(signed_in)()
    someone = await Someone.connect(board.pk, await sync_to_async(cookie)(here))
    await someone.hello()
    await sync_to_async(deed)(here, eve)
    assert await someone.hear_close() == 4401
    await someone.leave()
    await rooms_here().close()


@pytest.mark.parametrize("deed", DEEDS)
async def test_sockets_of_other_processes_close_too(board: Board, eve: Person, deed: Deed) -> None:
    here = await sync_to_async(signed_in)()
    async with two_processes() as (one, two):
        seats = [await one.seat(board, eve), await two.seat(board, eve)]
        await sync_to_async(deed)(here, eve)
        await until(lambda: [seat.closed for seat in seats] == [4401, 4401])


@pytest.mark.parametrize(
    ("deed", "here_after", "there_after"),
    [
        (sign_out, False, True),
        (change_password, True, False),
        (reset_password, False, False),
        (deactivate, False, False),
        (delete_user, False, False),
    ],
)
def test_sessions_end_where_they_should(
    eve: Person, deed: Deed, here_after: bool, there_after: bool
) -> None:
    here, there = signed_in(), signed_in()
    assert knows(here)
    assert knows(there)
    deed(here, eve)
    assert [knows(here), knows(there)] == [here_after, there_after]


async def test_a_device_that_is_still_signed_in_comes_back(board: Board, eve: Person) -> None:
    here, there = await sync_to_async(signed_in)(), await sync_to_async(signed_in)()
    cookies = [await sync_to_async(cookie)(one) for one in (here, there)]
    someone = await Someone.connect(board.pk, cookies[1])
    await someone.hello()
    await sync_to_async(sign_out)(here, eve)
    assert await someone.hear_close() == 4401
    again = await Someone.connect(board.pk, cookies[1])
    assert (await again.hello())["you"]["person"] == eve.pk
    gone = await Someone.connect(board.pk, cookies[0])
    assert await gone.hear_close() == 4401
    for one in (someone, again, gone):
        await one.leave()
    await rooms_here().close()


def test_saving_a_user_otherwise_closes_nothing(eve: Person) -> None:
    user = user_of(eve)
    user.email = "new@example.org"
    user.save()
    signed_in()
    eve.refresh_from_db()
    assert eve.access_version == 1
