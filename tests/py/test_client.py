"""The Python client on a real server: the same promises over each transport."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import pytest

from boards.client import (
    Board,
    ClientError,
    Committed,
    Connected,
    DeniedError,
    Disconnected,
    Event,
    Live,
    PeopleChanged,
    RefusedError,
    connect,
    sign_in,
)
from boards.client.live import CURSOR, cursor, read_cursor, read_points
from boards.client.transports import TRANSPORTS
from cluster.app import App, ServerName
from cluster.processes import free_port
from tests.chaos.wire import HOST, Wire
from tests.chaos.world import Single

DEADLINE: Final = 30.0
BOARDS: Final = 40


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Single]:
    world = Single(tmp_path_factory.mktemp("client"))
    try:
        asyncio.run(world.start(people=3, boards=BOARDS))
        yield world
    finally:
        world.close()


@pytest.fixture
def url(world: Single) -> str:
    """Of a board that nobody has used."""
    return f"http://{HOST}:{world.servers[0].port}/boards/{world.boards.pop()}/"


@pytest.fixture
async def open_board(world: Single) -> AsyncIterator[Any]:
    """Opens boards as one of the first people; all are left at the end."""
    async with AsyncExitStack() as stack:

        async def open_as(person: int, url: str, transport: str | None = None) -> Board:
            board = connect(url, cookie=world.cookies[person], transport=transport)
            async with asyncio.timeout(DEADLINE):
                return await stack.enter_async_context(board)

        yield open_as


def dot(key: str, **more: Any) -> dict[str, Any]:
    element = {"kind": "stroke", "x": 1, "y": 2, "z": "a0", "color": "red", "width": 4}
    return {"op": "put", "key": key, "element": {**element, "points": "BgEAAIA", **more}}


async def until(events: AsyncIterator[Event], kind: type[Event]) -> Any:
    async with asyncio.timeout(DEADLINE):
        async for event in events:
            if isinstance(event, kind):
                return event
    raise AssertionError(f"the board ended before {kind.__name__}")


def test_it_needs_nothing_of_the_server() -> None:
    code = (
        "import sys; sys.modules['django'] = None; import boards.client; "
        "print([m for m in sys.modules if m.startswith('boards.') and 'client' not in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_what_is_committed_is_durable_and_everybody_has_it(
    open_board: Any, url: str, transport: str
) -> None:
    ann, bob = await open_board(0, url, transport), await open_board(1, url)
    events = bob.events()
    assert await ann.commit([dot("of-ann-01")]) == 1
    assert ann.elements["of-ann-01"]["color"] == "red"
    assert (await until(events, Committed)).transaction.author == ann.you.person
    assert await bob.commit([{"op": "set", "key": "of-ann-01", "props": {"color": "blue"}}]) == 2
    key = await ann.draw([(0, 0), (10, 5), (20.5, 0)], color="teal")
    while bob.clock < 3:
        await until(events, Committed)
    assert bob.elements == ann.elements
    assert read_points(bob.elements[key]["points"]) == [(0, 0), (10, 5), (20.5, 0)]
    assert bob.elements[key]["z"] > "a0"
    while {someone.name for someone in bob.people} != {"guest 0", "guest 1"}:
        await until(events, PeopleChanged)


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_live_records_reach_others_in_both_directions(
    open_board: Any, url: str, transport: str
) -> None:
    ann, bob = await open_board(0, url, transport), await open_board(1, url)
    for one, other in ((ann, bob), (bob, ann)):
        events = other.events()
        assert one.live(cursor(12.5, -3))
        heard = await until(events, Live)
        assert (heard.slot, heard.kind) == (one.you.slot, CURSOR)
        assert read_cursor(heard.payload) == (12.5, -3)


async def test_a_refusal_is_an_error_with_its_code_and_has_no_effect(
    open_board: Any, url: str
) -> None:
    ann = await open_board(0, url)
    with pytest.raises(RefusedError) as refused:
        await ann.commit([dot("good-one-1"), dot("bad-one-12", color="no colour")])
    assert refused.value.code == "bad_change"
    assert (ann.elements, ann.waiting) == ({}, 0)


async def test_the_same_id_has_no_second_effect(open_board: Any, url: str) -> None:
    ann, name = await open_board(0, url), "a" * 22
    assert await ann.commit([dot("only-once1")], transaction=name) == 1
    assert await ann.commit([dot("only-once1")], transaction=name) == 1
    assert ann.clock == 1


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_what_is_made_without_a_connection_is_sent_in_order_when_it_is_back(
    world: Single, open_board: Any, url: str, transport: str
) -> None:
    wire = Wire(lambda: world.servers[0].port)
    await wire.open()
    try:
        direct = await open_board(1, url)
        ann = await open_board(
            0, url.replace(str(world.servers[0].port), str(wire.port)), transport
        )
        wire.refuse()
        made = [asyncio.create_task(ann.commit([dot(f"offline-{n:02}")])) for n in range(100)]
        # All of them are made before any can be sent.
        await asyncio.sleep(0)
        assert ann.waiting == 100
        wire.mend()
        async with asyncio.timeout(DEADLINE):
            assert await asyncio.gather(*made) == list(range(1, 101))
        heard = direct.events()
        while direct.clock < 100:
            await until(heard, Committed)
        assert list(direct.elements) == [f"offline-{n:02}" for n in range(100)]
    finally:
        await wire.close()


async def test_it_goes_on_over_another_transport_with_all_that_is_pending(
    open_board: Any, url: str
) -> None:
    ann = await open_board(0, url, "websocket")
    events = ann.events()
    for number, transport in enumerate(reversed(list(TRANSPORTS))):
        made = asyncio.create_task(ann.commit([dot(f"switched-{number}")]))
        ann.switch(transport)
        assert await until(events, Connected)
        async with asyncio.timeout(DEADLINE):
            assert await made == number + 1
        assert ann.transport == transport


async def test_where_websockets_are_refused_it_takes_the_next_that_works(
    open_board: Any, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(_: object) -> None:
        raise ConnectionError("a proxy in between knows no WebSockets")

    monkeypatch.setitem(TRANSPORTS, "websocket", refused)
    ann = await open_board(0, url)
    assert ann.transport == "sse"
    assert await ann.commit([dot("all-the-same")]) == 1


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
async def test_a_server_that_stops_says_so_over_every_transport(
    world: Single, url: str, tmp_path: Path, server: ServerName
) -> None:
    """F7: nobody has to find out by silence, and what was committed meanwhile has been told."""
    with App(free_port(), world.env, server, log=tmp_path / "stopping.log") as app:
        where = f"{app.address}/boards/{url.split('/boards/')[1]}"
        async with AsyncExitStack() as stack:
            heard = []
            for transport in ("websocket", "sse", "longpoll"):
                board = connect(where, cookie=world.cookies[0], transport=transport)
                heard.append((await stack.enter_async_context(board)).events())
            await asyncio.to_thread(app.stop)
            assert [(await until(events, Disconnected)).code for events in heard] == [4503] * 3
        assert "Traceback" not in (tmp_path / "stopping.log").read_text()


@pytest.fixture
def site_with_pages(world: Single, tmp_path: Path) -> Iterator[str]:
    """The same boards by a server of its own: pages in production need what `make build` makes."""
    env = {**world.env, "DEBUG": "1"}
    with App(free_port(), env, "uvicorn", log=tmp_path / "pages.log") as app:
        yield app.address


async def test_a_guest_comes_in_with_a_nickname(site_with_pages: str, url: str) -> None:
    url = f"{site_with_pages}/boards/{url.split('/boards/')[1]}"
    cookie = await sign_in(url.split("/boards/")[0], "둘째")
    async with connect(url, cookie=cookie) as first, connect(url, guest="Third") as third:
        events = first.events()
        while len(first.people) < 2:
            await until(events, PeopleChanged)
        assert {someone.name for someone in first.people} == {"둘째", "Third"}
        assert third.connected


@pytest.mark.parametrize("transport", [*TRANSPORTS, None])
async def test_a_closed_door_is_final(url: str, world: Single, transport: str | None) -> None:
    nowhere = url[:-13] + "000000000000/"
    with pytest.raises(DeniedError) as denied:
        async with (
            asyncio.timeout(DEADLINE),
            connect(nowhere, cookie=world.cookies[0], transport=transport),
        ):
            pass
    assert denied.value.code == 4404


async def test_leaving_tells_whoever_still_waits(world: Single, url: str) -> None:
    ann = connect(url, cookie=world.cookies[0])
    async with ann:
        events = ann.events()
        await world.servers[0].freeze()
        waiting = asyncio.create_task(ann.commit([dot("too-late-1")]))
        await asyncio.sleep(0)
    await world.servers[0].thaw()
    with pytest.raises(ClientError):
        await waiting
    with pytest.raises(ClientError):
        await ann.commit([dot("too-late-2")])
    assert [event async for event in events if isinstance(event, Committed)] == []


def test_an_address_that_is_no_boards_is_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="no board's address"):
        connect("https://board.example.org/")
    with pytest.raises(ValueError, match="no transport: expected websocket, sse"):
        connect(
            f"https://board.example.org/boards/{'0' * 8}-0000-0000-0000-{'0' * 12}/", transport="x"
        )
