"""Several real processes behind nginx, on PostgreSQL and Redis, without sticky sessions."""

from __future__ import annotations

import asyncio
import ssl
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

import pytest

from boards.protocol import CloseCode
from cluster.app import ServerName
from cluster.processes import PROJECT
from cluster.stack import Stack

from .faraway import faraway

PEOPLE = 6
STROKE_SECONDS = 0.1
FOLLOWS_SECONDS = 6.0
"""Two are promised (R13, S3); a slow machine is no fault of the code."""
OUTSIDER = """
import sys
from boards import announce, deeds
from boards.models import Board, Person
by = deeds.Actor(staff='test')
for line in sys.stdin:
    board, bob, deed = line.split(maxsplit=2)
    board, bob = Board.objects.get(pk=board), Person.objects.get(pk=bob)
    exec(deed)
    print('done', flush=True)
"""
"""A program that reaches no process but by the database."""


@asynccontextmanager
async def outsider(stack: Stack) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "manage.py", "shell", "--no-imports", "-c", OUTSIDER),
        stdin=PIPE,
        stdout=PIPE,
        env=stack.environment,
        cwd=PROJECT,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    told, answers = program.stdin, program.stdout

    async def do(deed: str) -> None:
        told.write(f"{deed}\n".encode())
        assert await answers.readline() == b"done\n"

    yield do
    told.close()
    await program.wait()


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
    assert {code for person in people for code in person.closed} == {CloseCode.SHUTTING_DOWN}
    assert not set(pids) & {app.pid for app in stack.apps}
    assert "Traceback" not in stack.logs()


async def test_rights_are_followed_in_every_process_whoever_changes_them(stack: Stack) -> None:
    """R13, S3."""
    (ann_cookie, bob_cookie), (board,) = stack.seed(2, 1)
    async with (
        outsider(stack) as do,
        faraway(stack.address, board, ann_cookie) as ann,
        faraway(stack.address, board, bob_cookie) as bob,
    ):
        person = bob.about["you"]["person"]
        bob.refused = {}

        async def after(deed: str, fits: Callable[[], object]) -> None:
            await do(f"{board} {person} {deed}")
            async with asyncio.timeout(FOLLOWS_SECONDS):
                await bob.until(fits)

        def may(action: str) -> bool:
            return action in bob.about["may"]

        await after("deeds.freeze(board, by, frozen=True)", lambda: not may("draw"))
        await ann.until(lambda: ann.about["frozen"])
        stroke = await bob.draw()
        await bob.until(lambda: bob.refused)
        assert bob.refused == {stroke: "frozen"}
        await after("deeds.give_pen(board, bob, by)", lambda: may("draw"))
        await ann.hears({await bob.draw()})
        await after("deeds.mute(board, bob, by)", lambda: not may("react"))
        await after("deeds.lift_from(board, bob, 'mute', by)", lambda: may("react"))
        # Its session is still good: the page comes back by itself.
        await after("announce.announce_access(bob.pk)", lambda: CloseCode.SIGNED_OUT in bob.closed)
        await bob.until(lambda: bob.connections == 2)
        await after("deeds.ban(board, bob, by)", lambda: CloseCode.NOT_ALLOWED in bob.closed)
        await bob.until(lambda: CloseCode.NO_SUCH_BOARD in bob.closed)
        # Nobody else has noticed.
        assert (ann.connections, ann.closed) == (1, [])
