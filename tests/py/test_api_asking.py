"""Who asks the API, by a token or a cookie, and what is refused of what they send."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.access import Scope
from boards.api.operations import OPERATIONS
from boards.models import Board, Membership, Person, Transaction, Visit
from boards.people import SESSION_KEY
from boards.protocol import MESSAGE_BYTES, Role

from .programs import Program, bearer, checked, token_of
from .test_malformed import anything, bent

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(ann: Person) -> Program:
    """Ann's, with all scopes."""
    return Program(token_of(ann))


@pytest.fixture
def member(board: Board, bob: Person) -> Person:
    """Bob, who draws on Ann's board."""
    Membership.objects.create(board=board, person=bob, role=Role.EDITOR.value)
    Visit.objects.create(board=board, person=bob)
    return bob


def at(board: Board, rest: str = "") -> str:
    return f"/api/boards/{board.pk}{rest}"


# -- who asks --------------------------------------------------------------------------------------


def test_a_token_tells_whom_it_speaks_for(program: Program, ann: Person) -> None:
    me = program.get("/api/me")
    assert (me["person"], me["account"]) == (ann.pk, False)
    assert me["token"]["scopes"] == ["draw", "manage", "read"]


@pytest.mark.parametrize("scope", list(Scope))
def test_scopes_open_their_own_operations(board: Board, ann: Person, scope: Scope) -> None:
    program = Program(token_of(ann, scope))
    for operation in OPERATIONS:
        if "transactions" in operation.path or operation.path.endswith(("people", "document")):
            continue  # They read on other threads: see test_api_live.
        path = f"/api/{operation.path}".replace("<uuid:board_id>", str(board.pk))
        path = path.replace("<int:number>", "0")
        status = program.ask(operation.method, path, operation.example).status_code
        has = operation.scope in {scope, Scope.READ}
        assert (status == 403) == (not has), operation.name
        Board.objects.update(trashed=None)


def cookie_client(person: Person) -> Client:
    client = Client(enforce_csrf_checks=True)
    session = client.session
    session[SESSION_KEY] = person.pk
    session.save()
    return client


def csrf_of(client: Client) -> str:
    found = re.search(r'data-csrf="(\w+)"', client.get("/api/").content.decode())
    assert found is not None
    return found[1]


# What is sent beside a session cookie -> what is answered, and whether a board was made.
MATRIX = {
    "nothing else": ({}, 403),
    "the CSRF token": ({"X-CSRFToken": "good"}, 201),
    "a wrong CSRF token": ({"X-CSRFToken": "x" * 64}, 403),
    "and our own origin": ({"X-CSRFToken": "good", "Origin": "http://testserver"}, 201),
    "from another site": ({"X-CSRFToken": "good", "Origin": "https://evil.example"}, 403),
    "a wrong token instead": ({"X-CSRFToken": "good", "Authorization": "Bearer wb_x"}, 401),
}


@pytest.mark.parametrize("name", MATRIX)
def test_s25_with_a_cookie_a_csrf_token_is_needed(ann: Person, name: str) -> None:
    headers, expected = MATRIX[name]
    client = cookie_client(ann)
    good = csrf_of(client)
    sent = {key: good if value == "good" else value for key, value in headers.items()}
    response = client.post("/api/boards", "{}", "application/json", headers=sent)
    assert checked("POST", "/api/boards", response).status_code == expected
    assert Board.objects.count() == (expected == 201)


def test_s25_a_token_needs_no_csrf_and_no_origin(program: Program) -> None:
    answer = program.ask("POST", "/api/boards", {}, Origin="https://elsewhere.example")
    assert answer.status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_s25_only_json_is_taken(ann: Person, kind: str) -> None:
    client = cookie_client(ann)
    headers = {"X-CSRFToken": csrf_of(client)}
    response = client.generic("POST", "/api/boards", "{}", kind, headers=headers)
    assert checked("POST", "/api/boards", response).status_code == 415
    assert not Board.objects.exists()


def test_s25_reading_changes_nothing(board: Board, program: Program) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
        program.client.generic(
            method, at(board), headers={"Authorization": f"Bearer {program.token}"}
        )
    board.refresh_from_db()
    assert board.trashed is None


def test_without_token_and_cookie_nobody_asks(client: Client, board: Board) -> None:
    answer = client.get(at(board))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/api/boards/no-uuid").status_code == 404


def test_other_methods_are_told_which_there_are(program: Program) -> None:
    answer = program.ask("DELETE", "/api/boards")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


def test_s24_answers_are_kept_by_nobody(program: Program, client: Client) -> None:
    for answer in (program.ask("GET", "/api/me"), client.get("/api/me")):
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_f5_a_database_that_is_away_is_told(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("boards.api.asking.holder_of", away)
    answer = program.ask("GET", "/api/me")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


# -- what is sent ----------------------------------------------------------------------------------


def posted(program: Program, body: bytes | str) -> HttpResponse:
    headers = bearer(program.token)
    sent = program.client.generic("POST", "/api/boards", body, "application/json", headers=headers)
    found: HttpResponse = checked("POST", "/api/boards", sent)
    return found


def test_s13_what_is_too_big_is_refused(program: Program) -> None:
    assert posted(program, b'{"title":"' + b"x" * MESSAGE_BYTES + b'"}').status_code == 413
    assert not Board.objects.exists()


HARD = {
    "deep lists": "[" * 60_000,
    "deep objects": '{"a":' * 10_000,
    "many digits": '{"title":' + "1" * 400 + "}",
    "half of a pair": '{"title":"\\ud800"}',
    "bad UTF-8": b'{"title":"\xff"}',
    "not a number": '{"title":NaN}',
    "unknown field": '{"titel":"x"}',
    "prototype": '{"__proto__":{}}',
    "only spaces": "  ",
    "another type": "[]",
    "long title": json.dumps({"title": "x" * 121}),
}


@pytest.mark.parametrize("body", HARD.values(), ids=HARD.keys())
def test_s17_what_is_known_to_be_hard_is_refused(program: Program, body: str | bytes) -> None:
    assert posted(program, body).status_code == 400
    assert not Board.objects.exists()


bodies = st.one_of(
    bent({"title": "x", "audience": "view"}).map(json.dumps),
    anything.map(json.dumps),
    st.text(st.characters()).map(lambda text: text.encode(errors="surrogatepass")),
    st.binary(),
).filter(bool)  # Without a body there is no type of one.


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(body=bodies)
def test_s17_nothing_malformed_does_any_harm(program: Program, body: str | bytes) -> None:
    """Each answer has the shape that the description promises; what makes no sense makes none."""
    cache.clear()
    status = posted(program, body).status_code
    assert status in {201, 400, 413}
    assert not Transaction.objects.exists()


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "after=1", "after=99999999999999999.x", "nothing=1", "limit="]
)
def test_queries_are_checked(program: Program, query: str) -> None:
    assert program.refused("GET", f"/api/boards?{query}") == (400, "query")


def test_times_beyond_all_calendars_are_refused(program: Program) -> None:
    cursor = f"{'9' * 17}.{UUID(int=1).hex}"
    status = program.ask("GET", f"/api/boards?after={cursor}").status_code
    assert status in {200, 400}


@pytest.mark.parametrize("way", ["nothing", "boards/not-a-uuid", "boards/"])
def test_what_is_not_there_is_told_as_everything_else(client: Client, way: str) -> None:
    answer = client.post(f"/api/{way}", {}, "application/json")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
