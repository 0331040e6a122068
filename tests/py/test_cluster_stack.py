"""Several real processes behind nginx, on PostgreSQL and Redis, without sticky sessions."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import cycle

import pytest

from cluster.app import ServerName
from cluster.stack import Stack

from .faraway import faraway

PEOPLE = 6
STROKE_SECONDS = 0.1


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    server: ServerName = request.param
    with Stack(processes=2, server=server, fsync=False) as stack:
        yield stack


@pytest.fixture
def trust(stack: Stack) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(stack.nginx.authority))


async def test_two_processes_share_the_strokes_of_http_and_https(
    stack: Stack, trust: ssl.SSLContext
) -> None:
    (ann_cookie, bob_cookie), (board,) = stack.seed(2, 1)
    async with (
        faraway(stack.address, board, ann_cookie) as ann,
        # nginx gives the next one to whoever has fewer: the other process.
        faraway(stack.tls_address, board, bob_cookie, trust) as bob,
    ):
        for author, reader in ((ann, bob), (bob, ann)):
            stroke = await author.draw()
            await reader.hears({stroke})
            await author.hears({stroke})
        await ann.until(lambda: len(ann.heard) == 2)
        assert ann.heard == bob.heard
        assert [clock for clock, _ in ann.heard] == [1, 2]


async def test_a_rolling_restart_loses_nothing(stack: Stack, trust: ssl.SSLContext) -> None:
    cookies, (board,) = stack.seed(PEOPLE, 1)
    pids = [app.pid for app in stack.apps]
    async with AsyncExitStack() as here:
        people = [
            await here.enter_async_context(faraway(address, board, cookie, key))
            for cookie, (address, key) in zip(
                cookies, cycle([(stack.address, None), (stack.tls_address, trust)]), strict=False
            )
        ]
        restart = asyncio.create_task(asyncio.to_thread(stack.rolling_restart))
        drawn: set[str] = set()
        while not restart.done():
            drawn |= {await person.draw() for person in people}
            # A stroke now and then; nothing waits for it.
            await asyncio.wait([restart], timeout=STROKE_SECONDS)
        await restart
        for person in people:
            await person.hears(drawn)

    logs = [person.heard for person in people]
    assert [clock for clock, _ in logs[0]] == list(range(1, len(drawn) + 1))
    assert {uid for _, uid in logs[0]} == drawn
    assert all(log == logs[0] for log in logs)
    assert all(person.connections > 1 for person in people)
    assert not set(pids) & {app.pid for app in stack.apps}
