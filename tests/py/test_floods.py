"""Who sends more than is taken: put off, shed, and at last closed (S14)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Event

import pytest

from boards import store
from boards.models import Board, Person, Transaction
from boards.store import Outcome, Submission

from .conftest import Join
from .seats import two_processes, until
from .sockets import DEADLINE, put

pytestmark = pytest.mark.django_db(transaction=True)

commit = store.commit
STROKE_END = bytes([18, 1, 7])
"""A live record that replaces no other, so each that was passed on can be counted."""


async def test_a_full_queue_puts_off_in_order(
    bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5, S14: what comes behind the first one put off waits too, until that comes again."""
    blocked, go_on = Event(), Event()

    def slow(batch: Sequence[Submission]) -> list[Outcome]:
        blocked.set()
        assert go_on.wait(DEADLINE)
        return commit(batch)

    monkeypatch.setattr(store, "commit", slow)
    monkeypatch.setattr("boards.session.WAITING_MAX", 2)
    async with two_processes() as (one, _):
        b = await one.seat(board, bob)
        taken = [b.draw("stroke-1"), b.draw("stroke-2")]
        await until(blocked.is_set)
        put_off = [b.draw("stroke-3"), b.draw("stroke-4")]
        go_on.set()
        await b.hears(*taken)
        put_off.append(b.draw("stroke-5"))
        assert [uid for message in b.heard("later") for uid in message["ids"]] == put_off
        for number, uid in enumerate(put_off, 3):
            b.draw(f"stroke-{number}", uid)
            await b.hears(*taken, *put_off[: number - 2])


async def test_who_ignores_later_is_closed(
    joined: Join, ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S14: 4429, and only for them."""
    a, b = await joined(ann), await joined(bob)
    monkeypatch.setattr("boards.session.WAITING_MAX", 0)
    monkeypatch.setattr("boards.session.IGNORED_MAX", 3)
    for number in range(5):
        await a.commit(put(f"stroke-{number}"))
    assert await a.hear_close() == 4429
    assert len([message for message in a.seen if message["type"] == "later"]) == 4
    await b.say({"type": "ping"})
    await b.hear("pong")


async def test_who_commits_too_fast_is_put_off_and_loses_nothing(
    joined: Join, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S14: on all connections of one person together; in the end all is there in its order."""
    monkeypatch.setattr("boards.pace.MESSAGES_BURST", 3)
    first, second, b = await joined(ann), await joined(ann), await joined(bob)
    taken = [await first.commit(put("stroke-1")), await second.commit(put("stroke-2"))]
    await first.receipt(taken[1])
    taken.append(await first.commit(put("stroke-3")))
    late = [await first.commit(put("stroke-4")), await first.commit(put("stroke-5"))]
    for uid in late:
        message = await first.hear("later")
        assert message["ids"] == [uid]
        assert message["after_ms"] >= 250
    await b.receipt(await b.commit(put("of-bob-01")))
    for number, uid in enumerate(late, 4):
        async with asyncio.timeout(DEADLINE):
            while not await Transaction.objects.filter(board=board, uid=uid).aexists():
                await first.commit(put(f"stroke-{number}"), uid=uid)
                await asyncio.sleep(0.05)
    log = Transaction.objects.filter(board=board, author=ann).order_by("clock")
    assert {uid async for uid in log.values_list("uid", flat=True)} == {*taken, *late}


async def test_too_many_live_frames_are_shed_not_punished(
    joined: Join, ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R9, S14: transactions still go through."""
    monkeypatch.setattr("boards.link.LIVE_PER_SECOND", 2)
    a, b = await joined(ann), await joined(bob)
    for _ in range(50):
        await a.say_bytes(b"\x01" + STROKE_END)
    uid = await a.commit(put("stroke-1"))
    await b.receipt(uid)
    await a.receipt(uid)
    passed_on = sum(len(frame) // len(b"\x01" + STROKE_END) for frame in b.frames)
    assert 1 <= passed_on < 50
