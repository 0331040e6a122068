"""Links whose requests reach another process than the one that has them (`transports.distant`)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from boards import store
from boards.models import Board, Person
from boards.rooms import Rooms
from boards.transports import requests
from boards.transports.links import Links
from cluster.redis import Redis

from .layers import pubsub
from .links import Held, Streamed, sit
from .seats import Process, two_processes, until
from .sockets import DEADLINE, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def redis() -> Iterator[Redis]:
    """One's own: it is killed."""
    with Redis() as redis:
        yield redis


def take_turns(monkeypatch: pytest.MonkeyPatch, one: Process, here: Links) -> list[Links]:
    """Requests come to the process whose links stand in the list; links are opened in `one`."""
    turn = [here]
    monkeypatch.setattr(requests, "links_here", lambda: turn[0])
    monkeypatch.setattr(requests, "rooms_here", lambda: one.rooms)
    return turn


async def test_requests_may_reach_another_process(
    ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A POST and a poll that come to where the link is not are passed on."""
    async with two_processes() as (one, two):
        here, there = Links(one.rooms), Links(two.rooms)
        turn = take_turns(monkeypatch, one, here)
        a = await sit(Held, board, ann)
        b = await two.seat(board, bob)
        await until(lambda: two.rooms.knows("one") and one.rooms.knows("two"))
        turn[0] = there
        uid = await a.commit(put("stroke-1"))
        await a.receipt(uid)
        await b.hears(uid)
        again = await a.post({"type": "ping"}, first=1)
        assert again.json == {"received": a.sent}
        assert (await a.post({"type": "ping"}, first=a.sent + 2)).status == 409
        assert (await a.poll(after=10_000, wait=0)).status == 410
        # And by a stream.
        c = Streamed(a.name, a.sends_to)
        c.sent, c.arrived = a.sent, a.arrived
        uid = await c.commit(put("stroke-2"))
        await c.receipt(uid)
        await c.cut()
        await a.leave()
        assert here.held(a.name) is None
        assert await sync_to_async(store.verify)(board.pk) == []


async def test_a_process_that_is_gone_takes_its_links_with_it(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client opens another one and goes on by its clock (R7)."""
    async with two_processes() as (one, two):
        here, there = Links(one.rooms), Links(two.rooms)
        turn = take_turns(monkeypatch, one, here)
        a = await sit(Held, board, ann)
        turn[0] = there
        monkeypatch.setattr(one.rooms, "_hearers", {})
        monkeypatch.setattr("boards.transports.distant.PATIENCE_SECONDS", 0.05)
        monkeypatch.setattr(two.rooms, "knows", lambda _: True)
        assert (await a.poll(wait=0)).status == 503
        # Whoever has just started may not have heard of it yet.
        monkeypatch.setattr(two.rooms, "knows", lambda _: False)
        assert (await a.poll(wait=0)).status == 503
        monkeypatch.setattr(Rooms, "is_young", False)
        assert (await a.poll(wait=0)).status == 410


async def test_a_relayed_stream_goes_on_when_its_client_confirms(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R10: what the owner forgets meanwhile was not asked for."""
    async with two_processes() as (one, two):
        here, there = Links(one.rooms), Links(two.rooms)
        turn = take_turns(monkeypatch, one, here)
        a = await sit(Streamed, board, ann)
        assert isinstance(a, Streamed)
        await a.cut()
        await two.rooms.start()
        await until(lambda: two.rooms.knows("one") and one.rooms.knows("two"))
        turn[0] = there
        await a.open()
        first = a.stream
        for number in range(5):
            await a.receipt(await a.commit(put(f"stroke-{number}")))
            await a.say({"type": "got", "frames": a.arrived})
        assert a.stream is first
        await a.cut()
        # The process that has the link has been told that nobody waits any more.
        link = here.held(a.name)
        assert link is not None
        await until(lambda: link._requests == 0)


async def test_f7_a_process_that_stops_holds_no_request_about_anothers_link(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held is answered, and what comes meanwhile is sent elsewhere, at once."""
    async with two_processes() as (one, two):
        here, there = Links(one.rooms), Links(two.rooms)
        turn = take_turns(monkeypatch, one, here)
        a = await sit(Held, board, ann)
        await two.rooms.start()
        await until(lambda: two.rooms.knows("one") and one.rooms.knows("two"))
        while (await a.poll(wait=0.3)).json["frames"]:
            a.arrived += 1
        turn[0] = there
        link = here.held(a.name)
        assert link is not None
        held = asyncio.create_task(a.poll(wait=25))
        await until(lambda: link._waiting is not None)
        stopping = asyncio.create_task(two.rooms.stop())
        answer = await asyncio.wait_for(held, DEADLINE)
        assert answer.json["frames"] == []
        later = await asyncio.wait_for(a.poll(wait=25), DEADLINE)
        assert (later.status, later.headers["retry-after"]) == (503, "1")
        await stopping
        turn[0] = here
        await a.receipt(await a.commit(put("stroke-1")))


async def test_f4_while_redis_is_away_a_request_elsewhere_fails_at_once_and_loses_nothing(
    redis: Redis,
    ann: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    """Held or new: 503, and the same request does it where the link is, or once Redis is back."""
    settings.CHANNEL_LAYERS = {"default": pubsub(redis.url)}
    # Only the layer's own word lets anybody go so soon.
    monkeypatch.setattr("boards.transports.distant.PATIENCE_SECONDS", 10 * DEADLINE)
    async with two_processes() as (one, two):
        here, there = Links(one.rooms), Links(two.rooms)
        turn = take_turns(monkeypatch, one, here)
        a = await sit(Held, board, ann)
        await two.rooms.start()
        await until(lambda: two.rooms.knows("one") and one.rooms.knows("two"))
        while (await a.poll(wait=0.3)).json["frames"]:
            a.arrived += 1
        turn[0] = there
        link = here.held(a.name)
        assert link is not None
        held = asyncio.create_task(a.poll(wait=25))
        await until(lambda: link._waiting is not None)
        redis.kill()
        try:
            assert (await asyncio.wait_for(held, DEADLINE)).status == 503
            assert (await asyncio.wait_for(a.poll(wait=25), DEADLINE)).status == 503
            assert (await asyncio.wait_for(a.post({"type": "ping"}), DEADLINE)).status == 503
            turn[0] = here
            uid = await a.commit(put("stroke-1"))
            await a.receipt(uid)
        finally:
            redis.start()
        turn[0] = there
        await until(lambda: not two.rooms.others_are_out_of_reach)
        await until(lambda: not one.rooms.others_are_out_of_reach)
        await a.receipt(await a.commit(put("stroke-2")))
        assert await sync_to_async(store.verify)(board.pk) == []
