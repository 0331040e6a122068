"""One link whose client comes and goes with requests, without a network (`transports.held`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from boards.layer import newest
from boards.link import Credentials
from boards.origins import headers_of, is_allowed
from boards.transports.held import AheadError, BadFramesError, GoneError, HeldLink

from .seats import until


class Taker:
    """A handler that takes its time, as one that keeps to a rate does."""

    def __init__(self) -> None:
        self.outbox: Any = type("Outbox", (), {"confirmed": 0})
        self.taken: list[str | bytes | None] = []
        self.over = False

    async def receive(self, text: str | None, data: bytes | None) -> None:
        await asyncio.sleep(0)
        self.taken.append(text or data)

    def end(self) -> None:
        self.over = True


Make = Callable[[], tuple[HeldLink, Taker]]


@pytest.fixture
def make() -> Make:
    def made() -> tuple[HeldLink, Taker]:
        link, taker = HeldLink("name", asyncio.get_running_loop(), lambda _: None), Taker()
        link.leads_to(taker)
        return link, taker

    return made


def text(number: int) -> dict[str, Any]:
    return {"type": "websocket.send", "text": f'{{"n":{number}}}'}


async def test_a_post_that_comes_twice_at_once_is_taken_once(make: Make) -> None:
    """F3: the client did not wait for the answer to the first."""
    link, taker = make()
    frames = [b'{"n":1}', b'{"n":2}', b'"AQ=="']
    taken = await asyncio.gather(link.receive(1, frames), link.receive(1, frames))
    assert list(taken) == [3, 3]
    assert taker.taken == ['{"n":1}', '{"n":2}', b"\x01"]
    with pytest.raises(AheadError):
        await link.receive(5, frames)
    with pytest.raises(BadFramesError):
        await link.receive(4, [b'{"n":4}', b"7"])
    assert len(taker.taken) == 3


async def test_a_reader_whose_turn_is_over_does_not_keep_the_newer_one_from_hearing(
    make: Make,
) -> None:
    """Its connection had been held up, and it comes back to read on."""
    link, _ = make()
    older, newer = link.reader(0), link.reader(0)
    waiting = asyncio.create_task(newer.take(0, 60))
    await until(lambda: link._waiting is not None)
    assert await older.take(0, 60) is None
    await link.send(text(1))
    batch = await waiting
    assert batch is not None
    assert list(batch.frames) == [b'{"n":1}']


async def test_what_arrived_before_is_no_mistake_and_what_was_never_sent_is(make: Make) -> None:
    link, _ = make()
    for number in range(3):
        await link.send(text(number))
    link.arrived(2)
    reader = link.reader(1)
    with pytest.raises(GoneError):
        await reader.take(1, 0)
    batch = await reader.take(2, 0)
    assert batch is not None
    assert list(batch.frames) == [b'{"n":2}']
    with pytest.raises(GoneError):
        link.reader(4)


async def test_an_end_is_told_for_a_while_and_then_forgotten_however_it_is_asked_for(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever keeps polling must not keep what was sent to them for ever."""
    monkeypatch.setattr("boards.transports.held.LINK_SECONDS", 0.2)
    gone: list[HeldLink] = []
    link = HeldLink("name", asyncio.get_running_loop(), gone.append)
    taker = Taker()
    link.leads_to(taker)
    await link.send(text(1))
    await link.send({"type": "websocket.close", "code": 4401})
    batch = await link.reader(0).take(0, 0)
    assert batch is not None
    assert (list(batch.frames), batch.end) == ([b'{"n":1}'], 4401)
    with link.requested():
        await until(lambda: gone)
    assert taker.over


async def test_whoever_goes_ends_what_waits(make: Make) -> None:
    link, taker = make()
    waiting = asyncio.create_task(link.reader(0).take(0, 60))
    await until(lambda: link._waiting is not None)
    link.close()
    batch = await waiting
    assert batch is not None
    assert batch.end == 1000
    assert taker.over


def test_what_waits_for_another_process_is_bounded_in_bytes() -> None:
    """A layer that is away must not lead to a message that takes seconds to pack."""
    items = [{"ask": number, "frames": [b"x" * 200_000]} for number in range(50)]
    kept = newest(items)
    assert kept == items[-len(kept) :]
    assert 1 <= len(kept) < 10
    assert newest([{"ask": 1}, {"ask": 2}]) == [{"ask": 1}, {"ask": 2}]


def test_headers_that_come_several_times_are_one(settings: Any) -> None:
    """As Django joins them: a proxy may add a line of its own."""
    settings.BOARDS_TRUSTED_PROXIES = 2
    lines = [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-for", b"10.0.0.8")]
    scope = {
        "client": ("10.0.0.9", 1),
        "headers": [*lines, (b"cookie", b"a=1"), (b"cookie", b"b=2")],
    }
    assert Credentials.of(scope).address == "203.0.113.7"
    assert Credentials.of(scope).cookie == "a=1; b=2"
    twice = {"headers": [(b"origin", b"http://testserver"), (b"origin", b"http://testserver")]}
    assert not is_allowed({**headers_of(twice), "host": "testserver"})


def test_s28_another_name_for_this_machine_is_none_of_its_pages() -> None:
    """A name that leads here, with an Origin to match: pages would answer 400."""
    foreign = {"host": "rebound.example", "origin": "http://rebound.example"}
    assert not is_allowed(foreign)
    assert is_allowed({"host": "testserver", "origin": "http://testserver"})
