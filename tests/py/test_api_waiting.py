"""What programs read by the API and wait for; who waits is shut out as a socket would be."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from boards import deeds, store
from boards.access import Scope
from boards.deeds import Actor
from boards.models import Board, Person
from boards.rooms import rooms_here

from .commits import commit
from .conftest import Join
from .layers import use_layer
from .programs import (
    AsyncProgram,
    bearer,
    draws,
    expired,
    program_of,
    revoked,
    way,
)
from .seats import two_processes, until
from .sockets import DEADLINE, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def rooms() -> AsyncIterator[None]:
    yield
    await rooms_here().close()


async def test_the_log_is_read_from_a_clock_on(rooms: None, ann: Person, board: Board) -> None:
    for number in range(5):
        await sync_to_async(commit)(board, ann, put(f"stroke-{number}"))
    program = await program_of(ann, Scope.READ)
    found = await program.told("GET", way(board, "transactions?after=2&limit=2"))
    assert [one["clock"] for one in found["transactions"]] == [3, 4]
    assert (found["epoch"], found["clock"]) == (board.epoch, 5)
    assert (await program.told("GET", way(board, "transactions?after=5")))["transactions"] == []


@pytest.mark.parametrize("query", ["after=9", f"epoch={'x' * 22}", f"epoch={'x' * 22}&wait=25"])
async def test_r7_another_life_of_the_board_means_to_read_it_afresh(
    rooms: None, ann: Person, board: Board, query: str
) -> None:
    await sync_to_async(commit)(board, ann, put("stroke-1"))
    found = await (await program_of(ann)).told("GET", way(board, f"transactions?{query}"))
    assert (found["reload"], found["transactions"], found["clock"]) == (True, [], 1)


async def test_a_tail_longer_than_the_document_is_not_sent(
    rooms: None, ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LONG_TAIL", 2)
    for _ in range(4):
        await sync_to_async(commit)(board, ann, put("stroke-1"), {"op": "clear"})
    found = await (await program_of(ann)).told("GET", way(board))
    assert found["reload"] is True


async def waiting(program: AsyncProgram, board: Board, rest: str = "") -> asyncio.Task[Any]:
    """A request that is held, in the room already."""
    path = way(board, f"transactions?wait=25{rest}")
    task = asyncio.ensure_future(program.ask("GET", path))

    def is_held() -> bool:
        room = rooms_here().opened(board.pk)
        return task.done() or (room is not None and bool(room.listeners))

    await until(is_held)
    return task


async def told(task: asyncio.Task[Any]) -> Any:
    return json.loads((await asyncio.wait_for(task, DEADLINE)).content)


async def test_a_held_request_is_answered_by_what_comes_next(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    b = await joined(bob)
    held = await waiting(await program_of(ann, Scope.READ), board)
    assert not held.done()
    uid = await b.commit(put("stroke-1"))
    found = await told(held)
    assert [one["id"] for one in found["transactions"]] == [uid]
    room = rooms_here().opened(board.pk)
    assert room is not None
    assert not room.listeners


async def test_it_hears_what_other_processes_commit(
    request: pytest.FixtureRequest,
    settings: Any,
    rooms: None,
    ann: Person,
    bob: Person,
    board: Board,
) -> None:
    use_layer(request, settings, "memory")
    async with two_processes() as (one, _):
        b = await one.seat(board, bob)
        held = await waiting(await program_of(ann), board)
        uid = b.draw("stroke-1")
        assert [done["id"] for done in (await told(held))["transactions"]] == [uid]


async def test_a_wait_ends_by_itself(rooms: None, ann: Person, board: Board) -> None:
    program = await program_of(ann)
    found = await program.told("GET", way(board, "transactions?wait=0.05"))
    assert found == {"epoch": board.epoch, "clock": 0, "transactions": []}


async def test_held_requests_are_bounded(
    rooms: None, ann: Person, board: Board, settings: Any
) -> None:
    settings.BOARDS_HELD_PER_PERSON_MAX = 1
    program = await program_of(ann)
    held = await waiting(program, board)
    refused = await program.ask("GET", way(board, "transactions?wait=25"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    held.cancel()
    await asyncio.wait([held])
    await until(lambda: not board_room(board).listeners)
    # Whoever waits can draw beside it.
    held = await waiting(program, board)
    assert "clock" in await draws(program, board, put("stroke-1"))
    assert (await told(held))["clock"] == 1


def board_room(board: Board) -> Any:
    return rooms_here().opened(board.pk)


def banned(person: Person, board: Board) -> None:
    deeds.ban(board, person, Actor(board.owner))


def deleted(person: Person, board: Board) -> None:
    board.delete()


ENDS = {revoked: 401, expired: 401, banned: 404, deleted: 404}


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
async def test_s3_whoever_waits_is_shut_out_as_a_socket_would_be(
    rooms: None, bob: Person, board: Board, end: Any
) -> None:
    held = await waiting(await program_of(bob), board)
    await sync_to_async(end)(bob, await Board.objects.select_related("owner").aget(pk=board.pk))
    assert (await asyncio.wait_for(held, DEADLINE)).status_code == ENDS[end]


async def test_f7_a_server_that_stops_lets_go_of_them(
    rooms: None, ann: Person, board: Board
) -> None:
    held = await waiting(await program_of(ann), board)
    await rooms_here().stop()
    answer = await asyncio.wait_for(held, DEADLINE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


async def test_the_document_is_the_boards_own(rooms: None, ann: Person, board: Board) -> None:
    await sync_to_async(commit)(board, ann, put("stroke-1"))
    program = await program_of(ann, Scope.READ)
    found = await program.ask("GET", way(board, "document"))
    assert json.loads(found.content)["elements"].keys() == {"stroke-1"}
    more = {**bearer(program.token), "If-None-Match": found.headers["ETag"]}
    again = await program.client.get(way(board, "document"), headers=more)
    assert (again.status_code, again.content) == (304, b"")
    more = {**bearer(program.token), "Accept-Encoding": "gzip"}
    packed = await program.client.get(way(board, "document"), headers=more)
    assert gzip.decompress(packed.content) == found.content
    assert packed.headers["Cache-Control"] == "no-store, private"


async def test_people_who_are_here_are_told(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    await joined(bob)
    found = await (await program_of(ann)).told("GET", way(board, "people"))
    assert [one["person"] for one in found["here"]] == [bob.pk]
    assert [(one["person"], one["role"]) for one in found["members"]] == [(ann.pk, "owner")]
    found = await (await program_of(bob)).told("GET", way(board, "people"))
    assert found["members"] is None
