"""Boards while Redis is away, frozen or restarted empty, and without any layer (R6)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from boards.layer import BUNDLE_FROM, PROCESSES, Message
from boards.models import Board, Person, ServerProcess
from cluster.redis import Redis

from .layers import pubsub, use_layer
from .seats import Seat, two_processes, until
from .test_rooms import names

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = 3600.0
SOON = 0.02
AT_ONCE_SECONDS = 5.0
"""Less than what a client of Redis waits in all, and generous for what takes milliseconds."""


@pytest.fixture
def redis(settings: Any) -> Iterator[Redis]:
    with Redis() as redis:
        settings.CHANNEL_LAYERS = {"default": pubsub(redis.url)}
        yield redis


async def cross(redis: Redis, a: Seat, b: Seat) -> None:
    """A cursor of one process is seen in the other: nothing but the layer carries it."""

    def seen() -> bool:
        a.point()
        return bool(b.frames)

    b.frames.clear()
    await until(seen)


async def test_a_restarted_redis_carries_again(
    redis: Redis, ann: Person, bob: Person, board: Board
) -> None:
    """F4: edits are acknowledged meanwhile, and it comes back empty."""
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        await cross(redis, a, b)
        redis.kill()
        first = a.draw("stroke-1")
        await a.hears(first)
        second = b.draw("stroke-2")
        await b.hears(first, second)
        redis.start()
        await cross(redis, a, b)
        await cross(redis, b, a)
        await until(lambda: names(a) == names(b) == {"Ann", "Bob"})


async def test_a_frozen_redis_holds_nobody_up(
    redis: Redis, ann: Person, bob: Person, board: Board
) -> None:
    """R6: neither drawing nor opening a board waits for it, and all goes on when it thaws."""
    other = await Board.objects.acreate(owner=ann)
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        await cross(redis, a, b)
        redis.freeze()
        try:
            async with asyncio.timeout(AT_ONCE_SECONDS):
                first = a.draw("stroke-1")
                await a.hears(first)
                beside = await one.seat(board, bob)
                beside.point()
                await until(lambda: a.frames)
                elsewhere = await two.seat(other, bob)
                await elsewhere.hears(elsewhere.draw("stroke-1"))
            await b.hears(first)
        finally:
            redis.thaw()
        await cross(redis, a, b)


async def test_a_process_that_starts_without_redis_joins_later(
    redis: Redis, ann: Person, bob: Person, board: Board
) -> None:
    """R6: what could not be subscribed to is tried again by the heartbeat."""
    redis.stop()
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        await b.hears(a.draw("stroke-1"))
        redis.start()
        await cross(redis, a, b)
        await until(lambda: names(a) == {"Ann", "Bob"})


async def test_without_any_layer_the_database_carries_strokes(
    request: pytest.FixtureRequest,
    settings: Any,
    ann: Person,
    bob: Person,
    board: Board,
) -> None:
    """R6: the group is only a hint."""
    use_layer(request, settings, "none")
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        first = a.draw("stroke-1")
        await b.hears(first)
        second = b.draw("stroke-2")
        await a.hears(first, second)


async def test_nothing_is_published_where_nobody_else_has_the_board_open(
    redis: Redis, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R6: after its first seconds a board publishes only to processes that are known to have it."""
    monkeypatch.setattr("boards.rooms.YOUNG_SECONDS", 0.0)
    async with two_processes() as (one, two):
        a = await one.seat(board, ann)
        published: list[str] = []
        publish = one.rooms._layer.publish

        def watched(group: str, message: Message) -> None:
            published.append(message["type"])
            publish(group, message)

        monkeypatch.setattr(one.rooms._layer, "publish", watched)
        await a.hears(a.draw("stroke-1"))
        assert "board.commits" not in published
        b = await two.seat(board, bob)
        await until(lambda: one.rooms._neighbours.elsewhere.has(board.pk))
        second = a.draw("stroke-2")
        await until(lambda: b.commits() == [(2, second)])
        assert "board.commits" in published


@pytest.mark.parametrize("kind", ["memory", "none"])
async def test_a_process_that_cannot_reach_another_one_gives_way(
    kind: str,
    request: pytest.FixtureRequest,
    settings: Any,
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Two processes with layers in their own memories: the younger one takes no more sockets."""
    monkeypatch.setattr("boards.processes.BEAT_SECONDS", SOON)
    monkeypatch.setattr("boards.alive.ALONE_SECONDS", 0.2)
    use_layer(request, settings, kind)
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        await ServerProcess.objects.filter(origin="one").aupdate(host="another")
        await until(lambda: b.closed)
        assert b.closed == 4503
        assert two.rooms.refusing
        assert "set REDIS_URL" in caplog.text
        assert a.closed is None
        await one.rooms.stop()
        await until(lambda: not two.rooms.refusing)


async def test_where_many_boards_wait_one_message_carries_all(
    redis: Redis, ann: Person, bob: Person
) -> None:
    """R6: the layer publishes one by one, which would leave a hundred boards seconds behind."""
    boards = [await Board.objects.acreate(owner=ann) for _ in range(3 * BUNDLE_FROM)]
    async with two_processes() as (one, two):
        sent: list[tuple[str, str]] = []
        group_send = one.rooms._layer._backend.group_send

        async def watched(group: str, message: Message) -> None:
            sent.append((group, message["type"]))
            await group_send(group, message)

        here = [await one.seat(board, ann) for board in boards]
        there = [await two.seat(board, bob) for board in boards]
        await until(lambda: all(one.rooms._neighbours.elsewhere.has(b.pk) for b in boards))
        one.rooms._layer._backend.group_send = watched
        for seat in here:
            seat.point()
        await until(lambda: all(seat.frames for seat in there))
        del one.rooms._layer._backend.group_send
    assert (PROCESSES, "process.bundle") in sent
    assert len(sent) < len(boards)


async def test_a_channel_that_comes_late_joins_what_was_opened_meanwhile(
    redis: Redis, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R6: a slow layer holds up no board, and needs no heartbeat to be joined in the end."""
    monkeypatch.setattr("boards.rooms.HEARTBEAT_SECONDS", HOUR)
    monkeypatch.setattr("boards.layer.PATIENCE_SECONDS", 0.0)
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        await cross(redis, a, b)
        await cross(redis, b, a)
