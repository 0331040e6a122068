"""Links whose requests reach another process than the one that has them (`transports.distant`)."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async

from boards import store
from boards.models import Board, Person
from boards.rooms import Rooms
from boards.transports import requests
from boards.transports.links import Links

from .links import Held, Streamed, sit
from .seats import Process, two_processes, until
from .sockets import put

pytestmark = pytest.mark.django_db(transaction=True)


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
