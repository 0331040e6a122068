"""Access tokens on sockets and links: within their scopes, and as long as they are good."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from boards import deeds
from boards.access import Scope
from boards.asgi import application
from boards.deeds import Actor
from boards.models import Board, Person
from boards.rooms import rooms_here
from boards.routing import websocket_application

from .links import Held, ask
from .programs import (
    expired,
    program_of,
    revoked,
)
from .sockets import BOTH, DEADLINE, Someone, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def rooms() -> AsyncIterator[None]:
    yield
    await rooms_here().close()


async def socket_of(token: str, board: Board, **more: str) -> Someone:
    """A program on a socket: a token, no cookie, no origin."""
    headers = {"host": "testserver", "authorization": f"Bearer {token}", **more}
    communicator = WebsocketCommunicator(
        websocket_application,
        f"/ws/boards/{board.pk}/",
        headers=[(name.encode(), value.encode()) for name, value in headers.items()],
        subprotocols=list(BOTH),
    )
    someone = Someone(communicator)
    accepted, detail = await communicator.connect(timeout=DEADLINE)
    if not accepted:
        someone.closed = detail
    return someone


async def test_a_program_draws_on_a_socket_within_its_scopes(
    rooms: None, ann: Person, board: Board
) -> None:
    drawer = await socket_of((await program_of(ann, Scope.DRAW)).token, board)
    reader = await socket_of((await program_of(ann, Scope.READ)).token, board)
    assert "draw" in (await drawer.hello())["may"]
    assert (await reader.hello())["may"] == ["see"]
    uid = await drawer.commit(put("stroke-1"))
    await drawer.receipt(uid)
    await reader.receipt(uid)
    refused = await reader.commit(put("stroke-2"))
    assert (await reader.hear("refused"))["id"] == refused
    # Nor after everybody was judged anew.
    await sync_to_async(deeds.set_own_only)(board, Actor(ann), own_only=True)
    assert (await reader.hear("board"))["may"] == ["see"]
    for someone in (drawer, reader):
        await someone.leave()


@pytest.mark.parametrize("end", [revoked, expired], ids=lambda end: end.__name__)
async def test_s3_the_links_of_a_token_end_with_it(
    rooms: None, ann: Person, board: Board, end: Any
) -> None:
    """In whichever process they are: each asks once a second which tokens are good."""
    someone = await socket_of((await program_of(ann)).token, board)
    await someone.hello()
    await sync_to_async(end)(ann, board)
    assert await someone.hear_close() == 4401
    await someone.leave()


async def test_signing_out_lets_a_program_come_in_again(
    rooms: None, ann: Person, board: Board
) -> None:
    token = (await program_of(ann)).token
    someone = await socket_of(token, board)
    await someone.hello()
    await Person.objects.filter(pk=ann.pk).aupdate(access_version=99)
    assert await someone.hear_close() == 4503
    await someone.leave()
    someone = await socket_of(token, board)
    await someone.hello()
    await someone.leave()


async def test_s1_a_token_needs_no_origin_but_a_foreign_one_is_refused(
    rooms: None, ann: Person, board: Board
) -> None:
    token = (await program_of(ann)).token
    assert (await socket_of(token, board, origin="https://evil.example")).closed is not None
    wrong = await socket_of("wb_" + "x" * 43, board)
    assert await wrong.hear_close() == 4401
    await wrong.leave()


async def test_a_token_opens_links_over_http(rooms: None, ann: Person, board: Board) -> None:
    token = (await program_of(ann, Scope.DRAW)).token
    headers = [(b"host", b"testserver"), (b"authorization", f"Bearer {token}".encode())]
    opened = await ask("POST", f"/live/boards/{board.pk}/", headers, {"protocols": list(BOTH)})
    assert opened.status == 200
    someone = Held(opened.json["link"], application)
    await someone.hello()
    await sync_to_async(revoked)(ann, board)
    assert await someone.hear_close() == 4401
