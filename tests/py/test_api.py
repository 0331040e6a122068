"""The API as far as the database alone answers: boards, people, links, who asks, what is refused."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.access import Scope
from boards.api import shapes
from boards.api.description import address_of, description
from boards.api.operations import EXAMPLE_STROKE, OPERATIONS
from boards.api.urls import urlpatterns
from boards.elements import check_change
from boards.models import AuditEntry, Board, Invite, Membership, Person, Transaction, Visit
from boards.people import SESSION_KEY
from boards.protocol import MESSAGE_BYTES, Role

from .programs import Program, checked, token_of
from .test_malformed import anything, bent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def full_buckets() -> None:
    cache.clear()


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


# -- the description -------------------------------------------------------------------------------


def test_every_address_is_described_and_every_description_is_an_address() -> None:
    served = {
        address_of(str(one.pattern).removeprefix("api/"))
        for one in urlpatterns
        if isinstance(one, URLPattern) and one.name is not None and one.name.startswith("api-")
    }
    assert served == description()["paths"].keys()
    for path, methods in description()["paths"].items():
        assert get_resolver().resolve(
            re.sub(r"{board}", str(uuid4()), path).replace("{number}", "1")
        )
        assert methods.keys() <= {"get", "post", "put", "patch", "delete"}


def test_every_example_is_taken() -> None:
    for operation in OPERATIONS:
        assert (operation.takes is None) == (operation.example is None)
        if operation.takes is not None:
            text = msgspec.json.encode(operation.example)
            msgspec.json.decode(text, type=operation.takes)


def test_the_stroke_by_curl_is_well_formed() -> None:
    text = json.dumps(EXAMPLE_STROKE)
    for proposal in msgspec.json.decode(text, type=shapes.NewTransactions).transactions:
        for change in proposal.changes:
            check_change(change)


def test_references_lead_somewhere_and_patterns_are_those_of_browsers() -> None:
    text = json.dumps(description())
    components = description()["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= components.keys()
    assert "\\\\Z" not in text
    names = [one["operationId"] for way in description()["paths"].values() for one in way.values()]
    assert len(names) == len(set(names)) == len(OPERATIONS)


def test_anybody_may_read_the_description_in_their_language(client: Client) -> None:
    found = client.get("/api/openapi.json")
    assert found.json()["openapi"] == "3.1.0"
    assert client.get("/api/").status_code == 200
    with translation.override("ko"):
        assert description()["paths"].keys() == found.json()["paths"].keys()


# -- boards ----------------------------------------------------------------------------------------


def test_a_program_makes_finds_changes_and_trashes_boards(program: Program, ann: Person) -> None:
    made = program.told("POST", "/api/boards", {"title": " Sums\u200b ", "audience": "view"})
    assert (made["title"], made["audience"], made["role"]) == ("Sums", "view", "owner")
    way = f"/api/boards/{made['id']}"
    assert program.get(way) == made
    changes = {"title": "Art", "paper": "grid", "frozen": True, "own_only": True}
    changed = program.told("PATCH", way, {**changes, "audience": "draw"})
    assert {name: changed[name] for name in changes} == changes
    assert program.ask("DELETE", way).status_code == 204
    assert program.get(way)["trashed"] is not None
    assert program.get("/api/boards")["boards"] == []
    assert program.told("PATCH", way, {"trashed": False})["trashed"] is None
    assert [one["id"] for one in program.get("/api/boards")["boards"]] == [made["id"]]
    audited = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"freeze", "own_only", "audience"} <= audited


def test_lists_are_read_page_by_page(program: Program, ann: Person) -> None:
    for number in range(5):
        Board.objects.create(owner=ann, title=str(number))
    Board.objects.update(changed=Board.objects.values_list("changed", flat=True)[0])
    seen, after = [], ""
    while True:
        page = program.get(f"/api/boards?limit=2{after}")
        seen += [one["id"] for one in page["boards"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen)) == 5


def test_nothing_is_done_where_not_all_may_be(board: Board, member: Person) -> None:
    way = at(board)
    program = Program(token_of(member))
    assert program.refused("PATCH", way, {"title": "Mine", "frozen": True}) == (403, "not_allowed")
    assert program.get(way)["title"] == "Sums"
    assert program.told("PATCH", way, {"title": "Ours"})["title"] == "Ours"


def test_s2_absent_and_forbidden_boards_are_alike(board: Board, bob: Person) -> None:
    Board.objects.update(audience="nobody")
    program = Program(token_of(bob))
    for rest in ("", "/links"):
        told = [
            program.ask("GET", f"/api/boards/{one}{rest}").content for one in (board.pk, uuid4())
        ]
        assert told[0] == told[1]


def test_s6_guessing_boards_is_slowed_down(bob: Person, settings: Any) -> None:
    settings.BOARDS_LIMIT_BOARD_GUESSES = (2, 0.0001)
    program = Program(token_of(bob))
    got = [program.ask("GET", f"/api/boards/{uuid4()}").status_code for _ in range(4)]
    assert got == [404, 404, 429, 429]


# -- people and links ------------------------------------------------------------------------------


def test_members_get_roles_and_go(board: Board, member: Person, program: Program) -> None:
    way = at(board, f"/people/{member.pk}")
    assert program.told("PUT", way, {"role": "viewer"}) == {"role": "viewer"}
    assert Membership.objects.get().role == "viewer"
    assert program.ask("DELETE", way).status_code == 204
    assert not Membership.objects.exists()
    assert {"role", "member.remove"} <= set(AuditEntry.objects.values_list("action", flat=True))
    stranger = Person.objects.create(name="Zoe")
    assert program.refused("PUT", at(board, f"/people/{stranger.pk}"), {"role": "viewer"})[0] == 404
    owner = at(board, f"/people/{board.owner_id}")
    assert program.refused("PUT", owner, {"role": "viewer"}) == (409, "owner")


def test_links_are_made_listed_and_revoked(board: Board, program: Program) -> None:
    way = at(board, "/links")
    made = program.told("POST", way, {"role": "editor", "lasts": "day", "label": "5b"})
    assert made["address"].startswith("http://testserver/join/#")
    listed = program.get(way)["links"]
    assert listed == [made["link"]]
    assert made["address"].rpartition("#")[2] not in json.dumps(listed)
    assert program.ask("DELETE", f"{way}/{listed[0]['id']}").status_code == 204
    assert Invite.objects.get().revoked is not None
    assert program.refused("DELETE", f"{way}/{listed[0]['id']}")[0] == 404


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
    headers = {"Authorization": f"Bearer {program.token}"}
    found: HttpResponse = checked(
        "POST",
        "/api/boards",
        program.client.generic("POST", "/api/boards", body, "application/json", headers=headers),
    )
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
    "nothing": "",
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
)


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
