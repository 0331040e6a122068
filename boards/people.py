"""Who is asking: finds the person behind a session, for pages and sockets alike."""

from __future__ import annotations

from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from .models import NAME_LENGTH, Person
from .names import clean_line

SESSION_KEY = "person"
PEOPLE_PER_QUERY = 500
"""Asked for in one statement: databases bound its variables."""


def person_of_session(session: SessionBase) -> Person | None:
    """The person that this session belongs to, or None for somebody without a name yet.

    Whoever is signed in is the person of their account, as long as Django finds the account
    active and the session made with its present password (S3).
    """
    number = session.get(SESSION_KEY)
    guest = number if isinstance(number, int) else None
    if auth.SESSION_KEY in session:
        # All that it reads of a request is the session.
        user = auth.get_user(cast(HttpRequest, SimpleNamespace(session=session)))
        return person_of_user(user, guest) if user.is_authenticated else None
    return None if guest is None else Person.objects.filter(pk=guest, user=None).first()


def person_of_user(user: AbstractBaseUser, guest: int | None = None) -> Person:
    """The account's person. One without becomes the guest of this session, or somebody new."""
    found = Person.objects.filter(user_id=user.pk).first()
    if found is not None:
        return found
    if guest is not None and Person.objects.filter(pk=guest, user=None).update(user=user.pk):
        return Person.objects.get(pk=guest)
    typed = getattr(user, "first_name", "") or user.get_username()
    name = clean_line(typed, NAME_LENGTH) or "?"
    return Person.objects.get_or_create(user_id=user.pk, defaults={"name": name})[0]


def person_of_request(request: HttpRequest) -> Person | None:
    return person_of_session(request.session)


def person_of_cookie_header(header: str) -> Person | None:
    """The person behind the `Cookie` header of a handshake; reads the database."""
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return None
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return None
    engine = import_module(settings.SESSION_ENGINE)
    return person_of_session(cast(SessionBase, engine.SessionStore(morsel.value)))


def become_guest(request: HttpRequest, name: str) -> Person:
    """Makes the visitor a person with this nickname and remembers them in the session."""
    person = Person.objects.create(name=name)
    request.session.cycle_key()
    request.session[SESSION_KEY] = person.pk
    return person


def access_versions(people: Collection[int]) -> dict[int, int]:
    """Access versions of those of these people who exist (R13)."""
    found: dict[int, int] = {}
    asked = sorted(people)
    for start in range(0, len(asked), PEOPLE_PER_QUERY):
        part = asked[start : start + PEOPLE_PER_QUERY]
        rows = Person.objects.filter(pk__in=part).order_by()
        found.update(rows.values_list("pk", "access_version"))
    return found
