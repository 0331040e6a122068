"""Access tokens: only a hash is kept, they give what their person may and no more, and they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from boards import access, tokens
from boards.access import Action, Scope, Standing
from boards.deeds import Actor
from boards.models import AuditEntry, Person, Token
from boards.people import SESSION_KEY
from boards.protocol import Role
from boards.sign_ins import hand_over_of_guest
from boards.token_deeds import TooManyTokensError, make, revoke
from whiteboard.logs import redact

from .programs import Program, bearer, token_of
from .staff import Staff, address

pytestmark = pytest.mark.django_db
OWNER = Standing(Role.OWNER, is_member=True)


def holder(token: str) -> tokens.Holder | None:
    return tokens.holder_of(f"Bearer {token}")


# -- what it is ------------------------------------------------------------------------------------


def test_only_a_hash_of_a_token_is_kept(ann: Person) -> None:
    made, text = make(ann, "robot", [Scope.DRAW], Actor(ann))
    row = Token.objects.values().get()
    assert text not in str(row)
    assert row["digest"] == tokens.digest_of(text)
    assert row["hint"] == text[-4:]
    assert len(text) == len("wb_") + 43
    assert text not in str(AuditEntry.objects.values().get())
    found = holder(text)
    assert found is not None
    assert (found.person, found.token) == (ann, made.pk)
    assert found.scopes == {Scope.READ, Scope.DRAW}


@pytest.mark.parametrize(
    "header",
    [
        *("", "Bearer", "Bearer ", "Basic {}", "{}", "Bearer wb_", "Bearer {}x", "Bearer {} {}"),
        *("Bearer x{}", "Token {}", "Bearer {},", "Bearer \x00"),
    ],
)
def test_what_is_no_token_shown_in_the_right_way_is_nobodys(ann: Person, header: str) -> None:
    text = token_of(ann)
    assert tokens.holder_of(header.format(text, text)) is None
    assert tokens.holder_of(f"bearer  {text}") is not None


def test_s31_logs_hold_no_tokens(ann: Person) -> None:
    text = token_of(ann)
    for line in (f"Authorization: Bearer {text}", f"GET /?x={text}", f"('{text}',)"):
        assert text[4:] not in redact(line)


# -- how it ends -----------------------------------------------------------------------------------


def test_revoked_and_expired_tokens_are_nobodys(ann: Person) -> None:
    made, text = make(ann, "robot", [], Actor(ann))
    _, other = make(ann, "other", [], Actor(ann), seconds=60)
    revoke(Token.objects.filter(pk=made.pk), Actor(ann))
    assert holder(text) is None
    assert holder(other) is not None
    Token.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert holder(other) is None
    assert tokens.good_among(set(Token.objects.values_list("pk", flat=True))) == set()
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == [
        *("token.make", "token.make", "token.revoke")
    ]


def test_s3_a_deactivated_or_deleted_account_gives_nothing(bob: Person) -> None:
    user = User.objects.create_user("bob")
    Person.objects.filter(pk=bob.pk).update(user=user)
    text = token_of(bob)
    assert holder(text) is not None
    user.is_active = False
    user.save()
    assert holder(text) is None
    user.is_active = True
    user.save()
    assert holder(text) is not None
    user.delete()
    assert holder(text) is None


def test_another_password_and_signing_out_leave_programs_alone(bob: Person, client: Client) -> None:
    """They are revoked one by one, or all at once; the page says so."""
    user = User.objects.create_user("bob", password="x")
    Person.objects.filter(pk=bob.pk).update(user=user)
    text = token_of(bob)
    client.force_login(user)
    client.logout()
    user.set_password("y")
    user.save()
    assert holder(text) is not None


def test_a_guests_tokens_never_speak_for_an_account(ann: Person, bob: Person) -> None:
    text = token_of(ann)
    Person.objects.filter(pk=bob.pk).update(user=User.objects.create_user("bob"))
    hand_over_of_guest(ann.pk, Person.objects.get(pk=bob.pk))
    assert holder(text) is None


def test_use_is_noted_once_a_minute(ann: Person) -> None:
    text = token_of(ann)
    holder(text)
    first = Token.objects.get().used
    assert first is not None
    holder(text)
    assert Token.objects.get().used == first
    Token.objects.update(used=timezone.now() - timedelta(minutes=2))
    holder(text)
    again = Token.objects.get().used
    assert again is not None
    assert again >= first
    ann.refresh_from_db()
    assert ann.seen == timezone.now().date()


def test_tokens_are_bounded(ann: Person, settings: Any) -> None:
    settings.BOARDS_TOKENS_MAX = 2
    for _ in range(2):
        token_of(ann)
    with pytest.raises(TooManyTokensError):
        token_of(ann)
    for _ in range(5):
        revoke(Token.objects.all(), Actor(ann))
        token_of(ann)
    assert Token.objects.count() <= 4


# -- what it gives ---------------------------------------------------------------------------------


def test_every_action_belongs_to_one_scope() -> None:
    assert access.SCOPE_OF.keys() == set(Action)


@pytest.mark.parametrize("role", list(Role))
def test_scopes_only_ever_take_away(role: Role) -> None:
    whole = Standing(role, is_member=True)
    for scopes in ({Scope.READ}, {Scope.READ, Scope.DRAW}, set(Scope), set()):
        narrow = access.narrowed(whole, frozenset(scopes))
        assert narrow is not None
        assert narrow.allowed <= whole.allowed
        assert {access.SCOPE_OF[action] for action in narrow.allowed} <= scopes
    assert access.narrowed(whole, None) is whole
    assert access.narrowed(None, frozenset(Scope)) is None


def test_a_reading_token_shows_nothing_but_a_cursor() -> None:
    narrow = access.narrowed(OWNER, frozenset({Scope.READ}))
    assert narrow is not None
    assert narrow.allowed == {Action.SEE}


# -- guessing --------------------------------------------------------------------------------------


def test_s6_guessing_is_slowed_down(ann: Person, settings: Any) -> None:
    settings.BOARDS_LIMIT_TOKEN_GUESSES = (3, 0.0001)
    good, bad = Program(token_of(ann)), Program("wb_" + "x" * 43)
    assert [bad.refused("GET", "/api/me")[0] for _ in range(5)] == [401, 401, 401, 429, 429]
    assert good.get("/api/me")["person"] == ann.pk


def test_rates_count_for_the_person_and_for_each_token(ann: Person, settings: Any) -> None:
    """S14."""
    settings.BOARDS_LIMIT_API = (4, 0.0001)
    settings.BOARDS_LIMIT_API_TOKEN = (3, 0.0001)
    one, two = Program(token_of(ann)), Program(token_of(ann))
    assert [one.ask("GET", "/api/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    # The last one was the person's too.
    answer = two.ask("GET", "/api/me")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"


# -- the page --------------------------------------------------------------------------------------


def browser_of(person: Person) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = person.pk
    session.save()
    return client


def test_the_page_shows_a_token_once(ann: Person) -> None:
    client = browser_of(ann)
    made = client.post("/tokens/", {"name": "robot", "scopes": ["draw"], "lasts": "week"})
    text = made.context["text"]
    assert text in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    page = client.get("/tokens/").content.decode()
    assert text not in page
    assert "robot" in page
    assert text[-4:] in page
    expires = Token.objects.get().expires
    assert expires is not None
    assert expires < timezone.now() + timedelta(days=8)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "", "lasts": "week"},
        {"name": "\u200b", "lasts": "week"},
        {"name": "x", "lasts": "no"},
        {"name": "x", "lasts": "week", "scopes": ["admin"]},
    ],
)
def test_what_is_not_filled_in_makes_no_token(ann: Person, fields: dict[str, Any]) -> None:
    assert browser_of(ann).post("/tokens/", fields).status_code == 400
    assert not Token.objects.exists()


def test_one_and_all_tokens_are_revoked_by_their_person_alone(ann: Person, bob: Person) -> None:
    texts = [token_of(ann) for _ in range(3)]
    first = Token.objects.order_by("pk").first()
    assert first is not None
    assert browser_of(bob).post(f"/tokens/{first.pk}/revoke/").status_code == 404
    browser_of(bob).post("/tokens/revoke/")
    assert all(holder(text) for text in texts)
    browser_of(ann).post(f"/tokens/{first.pk}/revoke/")
    assert [holder(text) is None for text in texts] == [True, False, False]
    browser_of(ann).post("/tokens/revoke/")
    assert not any(holder(text) for text in texts)


def test_no_cookie_is_looked_at_beside_a_token(ann: Person, bob: Person) -> None:
    """S25: what a browser adds by itself gives no right."""
    client = browser_of(ann)
    assert client.get("/api/me", headers=bearer(token_of(bob))).json()["person"] == bob.pk
    for wrong in ("Bearer wb_no", "Basic YTpi", ""):
        assert client.get("/api/me", headers={"Authorization": wrong}).status_code == 401


# -- staff -----------------------------------------------------------------------------------------


def test_staff_list_and_revoke_tokens_and_never_see_one(ann: Person) -> None:
    staff = Staff()
    text = token_of(ann)
    token = Token.objects.get()
    for page in (staff.page("token_changelist"), staff.page("token_change", token.pk)):
        assert "a program" in page
        assert text not in page
        assert token.digest not in page
    fields = {"action": "revoke", "_selected_action": [token.pk]}
    staff.post(address("token_changelist"), fields)
    assert holder(text) is None
    entry = AuditEntry.objects.get(action="token.revoke")
    assert (entry.staff, entry.subject) == ("root", ann)
