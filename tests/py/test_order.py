"""Keeping order from the board's page: freeze, pen, silence, out, ban, taking back (R13, S3)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse

from boards.models import AuditEntry, Board, Pen, Person, Restraint
from boards.people import SESSION_KEY

from .conftest import Join
from .sockets import Someone, cookie_of, put

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(person: Person) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = person.pk
    session.save()
    return client


async def send(person: Person, name: str, *args: object, **fields: object) -> dict[str, Any]:
    """As the page of this person does."""
    return await sync_to_async(_send)(person, name, args, fields)


def _send(person: Person, name: str, args: tuple[object, ...], fields: object) -> dict[str, Any]:
    address = reverse(name, args=args)
    answer = page_of(person).post(address, json.dumps(fields), content_type="application/json")
    said: dict[str, Any] = (
        answer.json() if answer.headers["Content-Type"] == "application/json" else {}
    )
    return said | {"status": answer.status_code}


@sync_to_async
def visited(person: Person, board: Board) -> None:
    assert page_of(person).get(reverse("board", args=[board.pk])).status_code == 200


@sync_to_async
def shown(person: Person, board: Board) -> dict[str, Any]:
    found: dict[str, Any] = page_of(person).get(reverse("sharing", args=[board.pk])).json()
    return found


@pytest.fixture
async def class_(joined: Join, ann: Person, bob: Person, board: Board) -> tuple[Someone, Someone]:
    """The owner and a pupil, both on the board."""
    await visited(bob, board)
    return await joined(ann), await joined(bob)


Class = tuple[Someone, Someone]


async def refused(someone: Someone, key: str) -> str:
    uid = await someone.commit(put(key))
    code: str = (await someone.hear("refused", lambda m: m["id"] == uid))["code"]
    return code


async def test_a_frozen_board_is_drawn_on_by_owners_and_whoever_has_the_pen(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    a, b = class_
    await send(ann, "freeze", board.pk, on=True)
    await b.hear("board", lambda m: m["frozen"])
    assert await refused(b, "of-bob-01") == "frozen"
    await a.receipt(await a.commit(put("of-ann-01")))
    await send(ann, "give-pen", board.pk, people=str(bob.pk), minutes=5)
    told = await b.hear("board", lambda m: m.get("pens") == [bob.pk])
    assert "draw" in told["may"]
    await b.receipt(await b.commit(put("of-bob-02")))
    assert await Pen.objects.filter(person=bob, until__isnull=False).aexists()
    await send(ann, "take-pen", board.pk)
    await b.hear("board", lambda m: "draw" not in m["may"])
    assert await refused(b, "of-bob-03") == "frozen"
    await send(ann, "freeze", board.pk, on=False)
    await b.hear("board", lambda m: not m["frozen"])
    await b.receipt(await b.commit(put("of-bob-04")))


async def test_the_pen_of_one_is_taken_and_the_other_s_stays(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    both = f"{ann.pk},{bob.pk}"
    await send(ann, "give-pen", board.pk, people=both)
    await send(ann, "take-pen", board.pk, people=str(bob.pk))
    holders = [pen.person_id async for pen in Pen.objects.all()]
    assert holders == [ann.pk]
    for nonsense in ("", "x", "1;2", "-1", "1" * 30):
        assert (await send(ann, "give-pen", board.pk, people=nonsense))["status"] == 400


async def test_own_only_keeps_others_ink(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    a, b = class_
    await a.receipt(await a.commit(put("of-ann-01")))
    await send(ann, "own-only", board.pk, on=True)
    await b.hear("board", lambda m: m.get("own_only", False))
    uid = await b.commit({"op": "remove", "key": "of-ann-01"})
    assert (await b.hear("refused", lambda m: m["id"] == uid))["code"] == "not_yours"


async def test_the_muted_see_and_are_unmuted(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    _, b = class_
    await send(ann, "mute", board.pk, bob.pk)
    assert (await b.hear("board", lambda m: m.get("muted", False)))["may"] == ["see"]
    assert await refused(b, "of-bob-01") == "not_allowed"
    await send(ann, "unmute", board.pk, bob.pk)
    assert "draw" in (await b.hear("board", lambda m: not m.get("muted", False)))["may"]


async def test_whoever_is_put_out_is_closed_at_once_and_kept_out_for_a_moment(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    a, b = class_
    await send(ann, "kick", board.pk, bob.pk)
    assert await b.hear_close() == 4403
    again = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    assert await again.hear_close() == 4404
    await a.receipt(await a.commit(put("of-ann-01")))


async def test_a_ban_is_listed_and_lifted(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    _, b = class_
    await send(ann, "ban", board.pk, bob.pk, minutes=60, reason="Rude")
    assert await b.hear_close() == 4403
    (one,) = (await shown(ann, board))["restraints"]
    assert (one["kind"], one["name"], one["reason"], one["address"]) == (
        "ban",
        "Bob",
        "Rude",
        False,
    )
    assert (await send(ann, "lift", board.pk, one["id"]))["restraints"] == []
    back = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    await back.hello()
    await back.leave()


async def test_the_owner_can_t_be_put_out_even_by_a_co_owner(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    await visited(ann, board)
    await send(ann, "member-role", board.pk, bob.pk, role="owner")
    for name in ("kick", "mute", "ban"):
        answer = await send(bob, name, board.pk, ann.pk)
        assert (answer["status"], bool(answer["say"])) == (409, True)
    assert not await Restraint.objects.aexists()


async def test_what_somebody_did_is_taken_back_and_that_too(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    a, b = class_
    await a.receipt(await a.commit(put("of-ann-01")))
    await b.receipt(await b.commit({"op": "clear"}, put("of-bob-01")))
    answer = await send(ann, "take-back", board.pk, bob.pk, minutes=5)
    changes = [
        change
        for told in [await a.hear("commits", lambda m: m["transactions"][0]["clock"] == 3)]
        for change in told["transactions"][0]["changes"]
    ]
    assert {(change["op"], change["key"]) for change in changes} == {
        ("remove", "of-bob-01"),
        ("put", "of-ann-01"),
    }
    await a.hear("board", lambda m: m.get("notice") == "taken_back")
    undone = await send(ann, "undo-take-back", board.pk, answer["entry"])
    assert undone["status"] == 200
    await a.hear("commits", lambda m: m["transactions"][0]["clock"] == 4)
    # An entry of something else, or of another board, is none that can be undone.
    entry = await AuditEntry.objects.exclude(action="take_back").afirst()
    assert entry is not None
    assert (await send(ann, "undo-take-back", board.pk, entry.pk))["status"] == 404


async def test_everything_is_recorded_with_who_did_it(
    class_: Class, ann: Person, bob: Person, board: Board
) -> None:
    await send(ann, "freeze", board.pk, on=True)
    await send(ann, "mute", board.pk, bob.pk)
    await send(ann, "give-pen", board.pk, people=str(bob.pk))
    entries = [(one.action, one.by_id, one.subject_id) async for one in AuditEntry.objects.all()]
    assert entries == [
        ("pen.give", ann.pk, bob.pk),
        ("mute", ann.pk, bob.pk),
        ("freeze", ann.pk, None),
    ]
