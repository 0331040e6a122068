"""Boards that several writers want at once: PostgreSQL locks them one by one (R1, R5)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from boards import store
from boards.models import Board, Person

from .commits import submission
from .seats import Process, two_processes, until
from .sockets import DEADLINE, put

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # SQLite has one lock for all boards; `python -m cluster.on_servers` runs these on PostgreSQL.
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL locks rows"),
]

ROUNDS = 20


@contextmanager
def held(board: Board) -> Iterator[None]:
    """Somebody else's long SQL transaction, or a process that froze in the middle of a commit."""
    locked, let_go = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Board.objects.select_for_update().get(pk=board.pk)
            locked.set()
            assert let_go.wait(DEADLINE * 2)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert locked.wait(DEADLINE)
        yield
    finally:
        let_go.set()
        thread.join(DEADLINE)


async def test_a_held_board_keeps_nobody_elses_strokes_waiting(
    ann: Person, bob: Person, board: Board
) -> None:
    """R5: it is put back and committed in order later; another board goes on meanwhile."""
    other = await Board.objects.acreate(owner=bob)
    async with two_processes() as (process, _):
        a, b = await process.seat(board, ann), await process.seat(other, bob)
        await a.hears(first := a.draw("stroke-0"))
        with held(board):
            waiting = [a.draw(f"stroke-{i}") for i in range(1, 4)]
            free = [b.draw(f"stroke-{i}") for i in range(3)]
            await b.hears(*free)
            later = b.draw("stroke-9")
            await b.hears(*free, later)
            assert a.commits() == [(1, first)]
        await a.hears(first, *waiting)


async def test_a_board_that_stays_held_closes_the_sockets_that_wait_for_it(
    ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5, F5: given up is not acknowledged; nobody else is closed."""
    monkeypatch.setattr("boards.writer.GIVE_UP_SECONDS", 0.0)
    other = await Board.objects.acreate(owner=bob)
    async with two_processes() as (process, _):
        a, b = await process.seat(board, ann), await process.seat(other, bob)
        with held(board):
            a.draw("stroke-1")
            a.draw("stroke-2")
            await until(lambda: a.closed)
        assert a.closed == 4503
        assert a.commits() == []
        await b.hears(b.draw("stroke-3"))
        assert not await board.transactions.aexists()


def test_writers_of_the_same_boards_never_wait_for_each_other_in_a_circle(
    ann: Person, board: Board
) -> None:
    """Batches name the boards in any order; they are locked in one."""
    boards = [board, *(Board.objects.create(owner=ann) for _ in range(3))]
    orders = list(itertools.permutations(boards))[:: len(boards)]
    start = Barrier(len(orders))
    errors: list[BaseException] = []

    def write(order: tuple[Board, ...], writer: int) -> None:
        start.wait(DEADLINE)
        for turn in range(ROUNDS):
            key = f"stroke-{writer:02}-{turn:02}"
            store.commit([submission(each, ann, put(key)) for each in order])
        connection.close()

    def watched(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
            raise

    threads = [
        Thread(target=watched, args=(lambda order=order, n=n: write(order, n),))
        for n, order in enumerate(orders)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE * 6)
    assert errors == []
    for each in boards:
        assert store.head(each.pk).clock == ROUNDS * len(orders)  # type: ignore[union-attr]
        assert store.verify(each.pk) == []


async def test_two_processes_write_one_board_without_a_gap(
    ann: Person, bob: Person, board: Board
) -> None:
    """R1, R6: whoever commits, everybody hears every clock once and in order."""
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        drawn: list[tuple[Process, str]] = []
        for turn in range(ROUNDS):
            drawn.append((one, a.draw(f"stroke-a-{turn:02}")))
            drawn.append((two, b.draw(f"stroke-b-{turn:02}")))
            await until(lambda: len(a.commits()) >= len(drawn) - 2)
        await until(lambda: len(a.commits()) == len(b.commits()) == len(drawn))
    assert a.commits() == b.commits()
    assert [clock for clock, _ in a.commits()] == list(range(1, len(drawn) + 1))
    for process in (one, two):
        own = [uid for by, uid in drawn if by is process]
        assert [uid for _, uid in a.commits() if uid in set(own)] == own
