"""What programs draw by the API: judged, stored and seen as if a page had drawn it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings

from boards import deeds, store
from boards.deeds import Actor
from boards.models import Board, Membership, Person, Restraint, Transaction
from boards.protocol import Audience, Role
from boards.rooms import rooms_here

from .commits import commit
from .conftest import Join
from .layers import use_layer
from .programs import (
    drawing,
    draws,
    program_of,
    way,
)
from .seats import two_processes
from .sockets import Message, new_id, put
from .test_malformed import bad_changes, bent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def rooms() -> AsyncIterator[None]:
    yield
    await rooms_here().close()


async def test_a_stroke_posted_by_a_program_appears_on_open_sockets(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R3: what was answered is stored, and everybody has it as if a page had drawn it."""
    b = await joined(bob)
    program = await program_of(ann)
    uid = new_id()
    assert await draws(program, board, put("stroke-1"), uid=uid) == {"id": uid, "clock": 1}
    assert await Transaction.objects.filter(uid=uid, author=ann).aexists()
    seen = await b.receipt(uid)
    assert (seen["clock"], seen["author"]) == (1, ann.pk)


async def test_r2_sent_again_it_has_its_first_receipt(
    rooms: None, ann: Person, board: Board
) -> None:
    program = await program_of(ann)
    uid = new_id()
    first = await draws(program, board, put("stroke-1"), uid=uid)
    await draws(program, board, put("stroke-2"))
    assert await draws(program, board, put("stroke-1"), uid=uid) == first
    other = await draws(program, board, put("stroke-3"), uid=uid)
    assert other["refused"] == "id_reused"
    # Nor does a freeze turn a lost receipt into a refusal.
    await sync_to_async(deeds.freeze)(board, Actor(ann), frozen=True)
    assert await draws(program, board, put("stroke-1"), uid=uid) == first


async def test_r5_several_are_committed_in_their_order(
    rooms: None, ann: Person, board: Board
) -> None:
    uids = [new_id() for _ in range(64)]
    program = await program_of(ann)
    body = {"transactions": [{"id": uid, "changes": [put(f"stroke-{uid}")]} for uid in uids]}
    body["transactions"][3]["changes"] = [put("bad-one-1", color="no such colour")]
    results = (await program.told("POST", way(board), body))["results"]
    assert [one["id"] for one in results] == uids
    assert results[3]["refused"] == "bad_change"
    clocks = [one["clock"] for one in results if "clock" in one]
    assert clocks == list(range(1, 64))


async def test_s4_rights_are_judged_as_on_a_socket(
    rooms: None, ann: Person, bob: Person, board: Board
) -> None:
    """Freeze, own_only, locks, mute, role: one refusal each, and nothing is stored."""
    member = await Membership.objects.acreate(board=board, person=bob, role=Role.EDITOR.value)
    program = await program_of(bob)
    await sync_to_async(commit)(board, ann, put("stroke-1", locked=True))
    change = {"op": "set", "key": "stroke-1", "props": {"x": 5}}
    assert (await draws(program, board, change))["refused"] == "locked"
    await sync_to_async(deeds.set_own_only)(board, Actor(ann), own_only=True)
    assert (await draws(program, board, change))["refused"] == "not_yours"
    await sync_to_async(deeds.freeze)(board, Actor(ann), frozen=True)
    assert (await draws(program, board, put("stroke-2")))["refused"] == "frozen"
    await sync_to_async(deeds.freeze)(board, Actor(ann), frozen=False)
    await sync_to_async(deeds.mute)(board, bob, Actor(ann))
    assert (await draws(program, board, put("stroke-2")))["refused"] == "not_allowed"
    await sync_to_async(deeds.lift_from)(board, bob, Restraint.MUTE, Actor(ann))
    await Membership.objects.filter(pk=member.pk).aupdate(role=Role.VIEWER.value)
    await sync_to_async(deeds.set_audience)(board, Actor(ann), Audience.NOBODY)
    assert (await draws(program, board, put("stroke-2")))["refused"] == "not_allowed"
    assert await Transaction.objects.acount() == 1


async def test_r13_rights_that_change_meanwhile_are_judged_again(
    rooms: None, ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is told nothing of it, as long as it may."""
    real = store.commit
    stale: list[int] = []

    def changing(batch: Any, *others: Any, **more: Any) -> list[store.Outcome]:
        if not stale:
            stale.append(Board.objects.filter(pk=board.pk).update(access_version=77))
        return real(batch, *others, **more)

    monkeypatch.setattr(store, "commit", changing)
    assert (await draws(await program_of(ann), board, put("stroke-1")))["clock"] == 1
    assert stale == [1]


async def test_f5_without_a_database_it_is_put_off(
    rooms: None, ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No false receipt."""

    def failing(*_: Any, **__: Any) -> list[store.Outcome]:
        raise ValueError("whatever it is")

    program = await program_of(ann)
    monkeypatch.setattr(store, "commit", failing)
    assert "later" in await draws(program, board, put("stroke-1"))


async def test_s14_programs_and_connections_of_a_person_share_one_pace(
    joined: Join, ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boards.pace.MESSAGES_BURST", 1.0)
    monkeypatch.setattr("boards.pace.MESSAGES_PER_SECOND", 0.0001)
    a = await joined(ann)
    program = await program_of(ann)
    await a.receipt(await a.commit(put("stroke-1")))
    refused = await program.ask("POST", way(board), drawing(put("stroke-2")))
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 1
    assert await Transaction.objects.acount() == 1


async def test_other_processes_see_it_by_the_layer(
    request: pytest.FixtureRequest,
    settings: Any,
    rooms: None,
    ann: Person,
    bob: Person,
    board: Board,
) -> None:
    """R6: also where nobody has the board open in the process that was asked."""
    use_layer(request, settings, "memory")
    async with two_processes() as (one, _):
        a = await one.seat(board, bob)
        program = await program_of(ann)
        uid = new_id()
        await draws(program, board, put("stroke-1"), uid=uid)
        await a.hears(uid)


def whole() -> Message:
    return drawing(put("stroke-2"), {**put("stroke-1"), "op": "no such"})


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(change=bad_changes, body=bent(whole()))
def test_s17_no_malformed_transaction_is_stored(
    ann: Person, board: Board, change: Any, body: Message
) -> None:
    """S18, S19: a refusal or a 400, and nothing of it on the board."""
    cache.clear()
    asyncio.run(bother(ann, board, [drawing(put("stroke-2"), change), body]))
    assert not Transaction.objects.exists()


async def bother(ann: Person, board: Board, bodies: list[Message]) -> None:
    program = await program_of(ann)
    for body in bodies:
        answer = await program.ask("POST", way(board), body)
        assert answer.status_code in {200, 400, 413}
        if answer.status_code == 200:
            assert {"refused"} <= json.loads(answer.content)["results"][0].keys()
    await rooms_here().close()


async def test_absent_boards_take_nothing(rooms: None, ann: Person) -> None:
    program = await program_of(ann)
    gone = Board(pk=uuid4())
    for method, rest in (("POST", "transactions"), ("GET", "transactions?wait=25")):
        body = drawing(put("stroke-1")) if method == "POST" else None
        assert (await program.ask(method, way(gone, rest), body)).status_code == 404
