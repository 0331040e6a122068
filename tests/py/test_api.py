"""The API as far as the database alone answers: its description, boards, people and links."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import translation

from boards.api import shapes
from boards.api.description import address_of, description
from boards.api.operations import EXAMPLE_STROKE, OPERATIONS
from boards.api.urls import urlpatterns
from boards.elements import check_change
from boards.models import AuditEntry, Board, Invite, Membership, Person, Visit
from boards.protocol import Role

from .programs import Program, token_of

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
