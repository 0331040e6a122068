"""The echo: what comes is sent back, within limits that are settings; no board is near it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from channels.testing import WebsocketCommunicator
from pytest_django import Settings

from boards.echo import ABORT, Echo, places
from boards.rooms import rooms_here
from boards.routing import websocket_application

from .links import Held, Streamed, ask
from .sockets import DEADLINE, headers

Open = Callable[..., Awaitable[WebsocketCommunicator]]


def socket(*subprotocols: str, origin: str = "http://testserver") -> WebsocketCommunicator:
    return WebsocketCommunicator(
        websocket_application,
        "/ws/echo/",
        headers=[*headers("session=secret", origin), (b"sec-websocket-key", b"abc")],
        subprotocols=list(subprotocols),
    )


@pytest.fixture
async def echo() -> AsyncIterator[Open]:
    """Opens sockets; after the test nobody holds a place."""
    opened = []

    async def open_one() -> WebsocketCommunicator:
        opened.append(socket("soap", "whiteboard.echo"))
        accepted, chosen = await opened[-1].connect(timeout=DEADLINE)
        assert accepted
        assert chosen == "whiteboard.echo"
        return opened[-1]

    yield open_one
    for one in opened:
        await one.disconnect(timeout=DEADLINE)
    assert places.take("somebody")
    places.give_back("somebody")


async def closed_with(one: WebsocketCommunicator) -> tuple[int, str]:
    """The close that comes after whatever else was said."""
    while (event := await one.receive_output(timeout=DEADLINE))["type"] != "websocket.close":
        pass
    return event["code"], event.get("reason", "")


async def test_the_first_message_reports_the_handshake(echo: Open) -> None:
    one = await echo()
    report = json.loads(await one.receive_from(timeout=DEADLINE))
    assert report["echo"] == "report"
    assert ["sec-websocket-key", "abc"] in report["headers"]
    assert ["host", "testserver"] in report["headers"]
    assert report["offered"] == ["soap", "whiteboard.echo"]
    assert not report["abort"]
    assert report["head"] > 100
    assert "secret" not in json.dumps(report)


async def test_then_everything_comes_back_as_it_was(echo: Open) -> None:
    one = await echo()
    await one.receive_from(timeout=DEADLINE)
    for text in ("hello", "€ 한글", "!echo", "!echo abort", "!echo close 1005", '{"a": 1}'):
        await one.send_to(text_data=text)
        assert await one.receive_from(timeout=DEADLINE) == text
    await one.send_to(bytes_data=bytes(range(256)))
    assert await one.receive_from(timeout=DEADLINE) == bytes(range(256))


async def test_it_closes_as_it_is_told(echo: Open) -> None:
    one = await echo()
    await one.send_to(text_data="!echo close 4321 as you wish")
    assert await closed_with(one) == (4321, "as you wish")


async def test_a_server_that_can_cuts_the_connection() -> None:
    one = socket("whiteboard.echo")
    one.scope["extensions"] = {ABORT: {}}
    await one.connect(timeout=DEADLINE)
    assert json.loads(await one.receive_from(timeout=DEADLINE))["abort"]
    await one.send_to(text_data="!echo abort")
    assert (await one.receive_output(timeout=DEADLINE))["type"] == ABORT
    await one.wait(timeout=DEADLINE)


@pytest.mark.parametrize("offered", [(), ("soap",), ("whiteboard.v1", "whiteboard")], ids=str)
async def test_it_speaks_its_own_protocol_alone(offered: tuple[str, ...]) -> None:
    accepted, _ = await socket(*offered).connect(timeout=DEADLINE)
    assert not accepted


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
async def test_s1_pages_of_others_get_no_echo(origin: str) -> None:
    accepted, _ = await socket("whiteboard.echo", origin=origin).connect(timeout=DEADLINE)
    assert not accepted


async def test_it_can_be_switched_off(settings: Settings) -> None:
    settings.BOARDS_ECHO = False
    accepted, _ = await socket("whiteboard.echo").connect(timeout=DEADLINE)
    assert not accepted


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [
        ("MESSAGE_BYTES", 4, 4413),
        ("MESSAGES", (1, 0.001), 4429),
        ("BYTES_IN_ALL", 8, 4429),
        ("IDLE_SECONDS", 0.0, 4408),
        ("LIFETIME_SECONDS", 0.0, 1000),
        ("PER_ADDRESS", 0, 4429),
        ("PER_PROCESS", 0, 4429),
    ],
)
async def test_s13_s14_s15_every_limit_closes_with_a_code(
    echo: Open, settings: Settings, limit: str, value: Any, code: int
) -> None:
    setattr(settings, f"BOARDS_ECHO_{limit}", value)
    one = await echo()
    for _ in range(2):
        await one.send_to(text_data="hello")
    assert (await closed_with(one))[0] == code


async def test_a_place_is_given_back(echo: Open, settings: Settings) -> None:
    settings.BOARDS_ECHO_PER_PROCESS = 1
    first = await echo()
    await first.disconnect(timeout=DEADLINE)
    second = await echo()
    assert "report" in await second.receive_from(timeout=DEADLINE)
    third = await echo()
    assert (await closed_with(third))[0] == 4429
    settings.BOARDS_ECHO_PER_PROCESS = 500


class Said:
    """What an echo has said to a link."""

    def __init__(self) -> None:
        self.all: list[object] = []

    def text(self, frame: str, size: int) -> None:
        self.all.append((frame, size))

    def binary(self, frame: bytes) -> None:
        self.all.append(frame)

    def close(self, code: int) -> None:
        self.all.append(int(code))


async def test_a_links_echo_has_the_same_limits_and_no_commands(settings: Settings) -> None:
    settings.BOARDS_ECHO_MESSAGES = (3, 1.0)
    said = Said()
    echo = Echo(said, now=lambda: 0.0)
    await echo.receive("!echo close 4000", None)
    await echo.receive('{"é": 1}', None)
    await echo.receive(None, b"\x01")
    await echo.receive(None, b"\x02")
    await echo.receive(None, b"\x03")
    assert said.all == [("!echo close 4000", 16), ('{"é": 1}', 9), b"\x01", 4429]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [Held, Streamed])
async def test_links_over_http_echo_too(kind: type[Held]) -> None:
    one = await kind.connect(UUID(int=0), "", path="/live/echo/", subprotocols=("whiteboard.echo",))
    await one.say({"type": "hello", "n": 1})
    assert await one.hear("hello") == {"type": "hello", "n": 1}
    await one.say_bytes(bytes(range(256)))
    assert await one.hear_frame() == bytes(range(256))
    await one.leave()
    await rooms_here().close()
    assert places.take("somebody")
    places.give_back("somebody")


@pytest.mark.parametrize(
    ("setting", "value", "origin", "offered", "status"),
    [
        ("ECHO", False, "http://testserver", "whiteboard.echo", 404),
        ("ECHO", True, "null", "whiteboard.echo", 403),
        ("ECHO", True, "http://testserver", "whiteboard.v1", 400),
        ("ECHO_PER_ADDRESS", 0, "http://testserver", "whiteboard.echo", 429),
    ],
)
async def test_s1_s15_no_link_is_opened_for_others_or_beyond_the_limits(
    settings: Settings, setting: str, value: Any, origin: str, offered: str, status: int
) -> None:
    setattr(settings, f"BOARDS_{setting}", value)
    answer = await ask("POST", "/live/echo/", headers("", origin), {"protocols": [offered]})
    assert answer.status == status
