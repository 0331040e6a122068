"""A person's own library: checked as elements are, bounded, and nobody else's."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from boards.assets.keeping import keep, received
from boards.deeds import Actor
from boards.models import Board, LibraryItem, Person
from boards.privacy import erase_person
from boards.sign_ins import hand_over_of_guest
from boards.takeout import take_out

from . import files
from .browsers import Browser
from .sockets import new_id, stroke

pytestmark = pytest.mark.django_db


def ask(person: Person, method: str, said: object = None, key: str = "") -> Any:
    text = "" if said is None else json.dumps(said)
    address = f"/library/{key}/" if key else "/library/"
    return Browser(person).generic(method, address, text, "application/json")


def item(**more: Any) -> dict[str, Any]:
    return {"key": new_id(), "name": "Star", "elements": [{"key": "one-12345", **stroke()}], **more}


def items(person: Person) -> Any:
    return ask(person, "GET").json()["items"]


def test_what_is_put_aside_is_there_for_oneself(ann: Person, bob: Person, board: Board) -> None:
    first, second = item(), item(board=str(board.pk), name="  Two\n")
    for one in (first, first, second):
        assert ask(ann, "POST", one).status_code == 201
    assert items(ann) == [{**second, "name": "Two"}, first]
    assert items(bob) == []


def test_it_is_named_and_thrown_away(ann: Person, bob: Person) -> None:
    one = item()
    ask(ann, "POST", one)
    for method in ("PATCH", "DELETE"):
        assert ask(bob, method, {"name": "Mine"}, one["key"]).status_code == 404
    assert ask(ann, "PATCH", {"name": "Sun"}, one["key"]).json()["name"] == "Sun"
    assert items(ann)[0]["name"] == "Sun"
    assert ask(ann, "DELETE", None, one["key"]).status_code == 204
    assert items(ann) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "short"},
        {"elements": []},
        {"elements": [{"kind": "stroke"}]},
        {"elements": [{"kind": "page", "z": "a"}]},
        {"elements": [{**stroke(), "key": "no"}]},
        {"elements": [{**stroke(), "key": 7}]},
        {"elements": [{**stroke(), "author": 1}]},
        {"elements": [{**stroke(), "__proto__": 1}]},
        {"elements": [{**stroke(), "link": "javascript:alert(1)"}]},
        {"elements": [{**stroke(), "x": {}}]},
        {"elements": [stroke()] * 1001},
        {"board": "elsewhere"},
        {"more": 1},
    ],
)
def test_s11_s18_what_could_not_be_drawn_is_not_kept(ann: Person, wrong: dict[str, Any]) -> None:
    assert ask(ann, "POST", item(**wrong)).status_code == 400
    assert not LibraryItem.objects.exists()


def test_another_content_under_a_key_is_refused(ann: Person) -> None:
    one = item()
    ask(ann, "POST", one)
    answer = ask(ann, "POST", item(key=one["key"], elements=[stroke(x=7)]))
    assert (answer.status_code, answer.json()) == (409, {"error": "key"})


def test_it_has_limits(ann: Person, settings: Settings) -> None:
    settings.BOARDS_LIBRARY_ITEMS_MAX = 1
    ask(ann, "POST", item())
    assert ask(ann, "POST", item()).json() == {"error": "full"}
    settings.BOARDS_LIBRARY_ITEMS_MAX = 9
    settings.BOARDS_LIBRARY_BYTES_MAX = 10
    assert ask(ann, "POST", item()).status_code == 409
    settings.BOARDS_LIBRARY_ITEM_BYTES_MAX = 10
    assert ask(ann, "POST", item()).status_code == 413


def test_s25_forms_put_nothing_aside(ann: Person) -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded"):
        answer = Browser(ann).generic("POST", "/library/", json.dumps(item()), media)
        assert answer.status_code == 415


def test_r17_it_is_taken_out_and_erased_with_the_person(ann: Person, board: Board) -> None:
    one = item()
    ask(ann, "POST", one)
    incoming = received([files.png()])
    with incoming.file:
        asset = keep(board, ann.pk, incoming)
    with take_out(ann, {}) as file, ZipFile(io.BytesIO(file.read())) as archive:
        (told,) = json.loads(archive.read("library.json"))
        assert (told["name"], told["elements"]) == ("Star", one["elements"])
        picture = archive.read(f"assets/{board.pk}/{asset.key}.png")
        assert files.read(picture).size == (64, 48)
    erase_person(ann, Actor(ann))
    assert not LibraryItem.objects.exists()


def test_a_guest_who_signs_in_brings_it_along(ann: Person, bob: Person) -> None:
    both, own = item(), item()
    for one in (both, own):
        ask(ann, "POST", one)
    ask(bob, "POST", both)
    bob.user = User.objects.create_user("bob")
    bob.save()
    hand_over_of_guest(ann.pk, bob)
    kept = LibraryItem.objects.filter(person=bob).values_list("key", flat=True)
    assert set(kept) == {both["key"], own["key"]}
