"""Links whose requests reach another process than the one that has them (`transports.distant`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

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
from .links import Answer, Held, Streamed, sit
from .seats import Process, two_processes, until
from .sockets import DEADLINE, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def redis() -> Iterator[Redis]:
    """One's own: it is killed."""
    with Redis() as redis:
        yield redis


@dataclass
class Apart:
    """Two processes, a link that the first has, and which of them its requests come to."""

    one: Process
    two: Process
    here: Links
    there: Links
    turn: list[Links]
    a: Held

    @classmethod
    @asynccontextmanager
    async def of(
        cls, ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch, kind: type[Held] = Held
    ) -> AsyncIterator[Apart]:
        async with two_processes() as (one, two):
            here, there = Links(one.rooms), Links(two.rooms)
            turn = [here]
            monkeypatch.setattr(requests, "links_here", lambda: turn[0])
            monkeypatch.setattr(requests, "rooms_here", lambda: one.rooms)
            yield cls(one, two, here, there, turn, await sit(kind, board, ann))

    async def know_each_other(self) -> None:
        await self.two.rooms.start()
        await until(lambda: self.two.rooms.knows("one") and self.one.rooms.knows("two"))

    async def held_elsewhere(self) -> asyncio.Task[Answer]:
        """A request about the link that the other process holds."""
        await self.know_each_other()
        while (await self.a.poll(wait=0.3)).json["frames"]:
            self.a.arrived += 1
        self.turn[0] = self.there
        link = self.here.held(self.a.name)
        assert link is not None
        held = asyncio.create_task(self.a.poll(wait=25))
        await until(lambda: link._waiting is not None)
        return held


async def test_requests_may_reach_another_process(
    ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A POST and a poll that come to where the link is not are passed on."""
    async with Apart.of(ann, board, monkeypatch) as apart:
        a = apart.a
        b = await apart.two.seat(board, bob)
        await apart.know_each_other()
        apart.turn[0] = apart.there
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
        assert apart.here.held(a.name) is None
        assert await sync_to_async(store.verify)(board.pk) == []


async def test_a_process_that_is_gone_takes_its_links_with_it(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client opens another one and goes on by its clock (R7)."""
    async with Apart.of(ann, board, monkeypatch) as apart:
        a = apart.a
        apart.turn[0] = apart.there
        monkeypatch.setattr(apart.one.rooms, "_hearers", {})
        monkeypatch.setattr("boards.transports.distant.PATIENCE_SECONDS", 0.05)
        monkeypatch.setattr(apart.two.rooms, "knows", lambda _: True)
        assert (await a.poll(wait=0)).status == 503
        # Whoever has just started may not have heard of it yet.
        monkeypatch.setattr(apart.two.rooms, "knows", lambda _: False)
        assert (await a.poll(wait=0)).status == 503
        monkeypatch.setattr(Rooms, "is_young", False)
        assert (await a.poll(wait=0)).status == 410


async def test_a_relayed_stream_goes_on_when_its_client_confirms(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R10: what the owner forgets meanwhile was not asked for."""
    async with Apart.of(ann, board, monkeypatch, Streamed) as apart:
        a = apart.a
        assert isinstance(a, Streamed)
        await a.cut()
        await apart.know_each_other()
        apart.turn[0] = apart.there
        await a.open()
        first = a.stream
        for number in range(5):
            await a.receipt(await a.commit(put(f"stroke-{number}")))
            await a.say({"type": "got", "frames": a.arrived})
        assert a.stream is first
        await a.cut()
        # The process that has the link has been told that nobody waits any more.
        link = apart.here.held(a.name)
        assert link is not None
        await until(lambda: link._requests == 0)


async def test_f7_a_process_that_stops_holds_no_request_about_anothers_link(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held is answered, and what comes meanwhile is sent elsewhere, at once."""
    async with Apart.of(ann, board, monkeypatch) as apart:
        a = apart.a
        held = await apart.held_elsewhere()
        stopping = asyncio.create_task(apart.two.rooms.stop())
        answer = await asyncio.wait_for(held, DEADLINE)
        assert answer.json["frames"] == []
        later = await asyncio.wait_for(a.poll(wait=25), DEADLINE)
        assert (later.status, later.headers["retry-after"]) == (503, "1")
        await stopping
        apart.turn[0] = apart.here
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
    async with Apart.of(ann, board, monkeypatch) as apart:
        a = apart.a
        held = await apart.held_elsewhere()
        redis.kill()
        try:
            assert (await asyncio.wait_for(held, DEADLINE)).status == 503
            assert (await asyncio.wait_for(a.poll(wait=25), DEADLINE)).status == 503
            assert (await asyncio.wait_for(a.post({"type": "ping"}), DEADLINE)).status == 503
            apart.turn[0] = apart.here
            uid = await a.commit(put("stroke-1"))
            await a.receipt(uid)
        finally:
            redis.start()
        apart.turn[0] = apart.there
        await until(lambda: not apart.two.rooms.others_are_out_of_reach)
        await until(lambda: not apart.one.rooms.others_are_out_of_reach)
        await a.receipt(await a.commit(put("stroke-2")))
        assert await sync_to_async(store.verify)(board.pk) == []
