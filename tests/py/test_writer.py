"""The writer between a database that fails and people who must not be told anything wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from threading import Event, Semaphore

import pytest
from django.db import OperationalError
from django.db.models import F

from boards import store
from boards.models import Board, Person, Transaction
from boards.store import Outcome, Submission

from .seats import Process, two_processes, until
from .sockets import DEADLINE, new_id

pytestmark = pytest.mark.django_db(transaction=True)

commit = store.commit


@pytest.fixture
async def process(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Process]:
    monkeypatch.setattr("boards.writer.RETRY_SECONDS", 0.01)
    async with two_processes() as (one, _):
        yield one


async def test_a_batch_that_failed_for_a_passing_reason_stays_at_the_head(
    process: Process, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R3, R5, F5: no receipt before COMMIT, and nothing overtakes what waits."""
    a, b = await process.seat(board, ann), await process.seat(board, bob)
    told: list[int] = []
    sent: list[list[str]] = []

    def away_twice(batch: Sequence[Submission], *_: object, **__: object) -> list[Outcome]:
        told.append(len(a.commits()) + len(b.commits()))
        sent.append([submission.uid for submission in batch])
        if len(sent) <= 2:
            raise OperationalError("database is locked")
        return commit(batch)

    monkeypatch.setattr(store, "commit", away_twice)
    first = [a.draw("stroke-1"), b.draw("stroke-2")]
    await until(lambda: sent)
    rest = [a.draw("stroke-3"), b.draw("stroke-4")]
    await a.hears(*first, *rest)
    await b.hears(*first, *rest)
    assert sent[0] == sent[1] == sent[2]
    assert told[:3] == [0, 0, 0]
    assert await Transaction.objects.acount() == 4


async def test_a_bad_row_fails_alone_with_what_its_session_sent_behind_it(
    process: Process, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5: its own socket is closed with 4503, the others of the batch are committed."""
    a, b = await process.seat(board, ann), await process.seat(board, bob)
    bad = new_id()

    def chokes(batch: Sequence[Submission], *_: object, **__: object) -> list[Outcome]:
        if any(submission.uid == bad for submission in batch):
            raise ValueError("a row that no database takes")
        return commit(batch)

    monkeypatch.setattr(store, "commit", chokes)
    before = b.draw("stroke-1")
    a.draw("stroke-2", bad)
    a.draw("stroke-3")
    after = b.draw("stroke-4")
    await b.hears(before, after)
    await until(lambda: a.closed)
    assert a.closed == 4503
    assert len(a.heard("bye")) == 1
    assert b.closed is None
    assert not await Transaction.objects.filter(author=ann).aexists()


async def test_a_database_that_stays_away_closes_the_sockets_that_wait_for_it(
    process: Process, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5, F5: given up is not acknowledged; later transactions of the same socket fall too."""
    a, b = await process.seat(board, ann), await process.seat(board, bob)
    blocked, go_on = Event(), Event()

    def away(*_: object, **__: object) -> list[Outcome]:
        blocked.set()
        assert go_on.wait(DEADLINE)
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("boards.writer.GIVE_UP_SECONDS", 0.0)
    with monkeypatch.context() as outage:
        outage.setattr(store, "commit", away)
        a.draw("stroke-1")
        await until(blocked.is_set)
        a.draw("stroke-2")
        go_on.set()
        await until(lambda: a.closed)
    assert a.closed == 4503
    assert a.commits() == []
    kept = b.draw("stroke-3")
    await b.hears(kept)
    assert b.closed is None
    assert [uid async for uid in Transaction.objects.values_list("uid", flat=True)] == [kept]


async def test_nothing_overtakes_what_is_judged_again(
    process: Process, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5, R13: rights change while one transaction waits and another one comes behind it."""
    b = await process.seat(board, bob)
    blocked, go_on = Event(), Event()

    def slow(batch: Sequence[Submission], *_: object, **__: object) -> list[Outcome]:
        blocked.set()
        assert go_on.wait(DEADLINE)
        return commit(batch)

    monkeypatch.setattr(store, "commit", slow)
    first = b.draw("stroke-1")
    await until(blocked.is_set)
    await Board.objects.filter(pk=board.pk).aupdate(access_version=2, title="Renamed")
    await process.rooms.refresh(board.pk)
    second = b.draw("stroke-2")
    go_on.set()
    await until(lambda: len(b.heard("later")) == 2)
    assert [uid for m in b.heard("later") for uid in m["ids"]] == [first, second]
    b.draw("stroke-1", first)
    b.draw("stroke-2", second)
    await b.hears(first, second)


async def rights_change(process: Process, board: Board) -> None:
    await Board.objects.filter(pk=board.pk).aupdate(access_version=F("access_version") + 1)
    await process.rooms.refresh(board.pk)


async def test_nothing_passes_what_was_put_off_however_copies_come_again(
    process: Process, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5: answers of later batches come while the first are already sent again."""
    monkeypatch.setattr("boards.writer.BATCH_MAX", 2)
    b = await process.seat(board, bob)
    gate = Semaphore(0)

    def slow(batch: Sequence[Submission], *_: object, **__: object) -> list[Outcome]:
        assert gate.acquire(timeout=DEADLINE)
        return commit(batch)

    monkeypatch.setattr(store, "commit", slow)
    ids = [b.draw(f"stroke-{i}") for i in range(4)]

    async def put_off(count: int) -> None:
        gate.release()
        await until(lambda: len(b.heard("later")) == count)

    await rights_change(process, board)
    await put_off(2)
    b.draw("stroke-0", ids[0])
    # Put off at once, for what is outdated still waits; the rest of the old is answered after it.
    await put_off(5)
    gate.release()
    b.draw("stroke-2", ids[2])
    await until(lambda: len(b.heard("later")) == 6)
    for _ in range(4):
        gate.release()
    for i, uid in enumerate(ids):
        b.draw(f"stroke-{i}", uid)
    await b.hears(*ids)


async def test_what_was_committed_by_way_of_another_connection_holds_nothing_up(
    process: Process, bob: Person, board: Board
) -> None:
    """R5: its author has the receipt and does not send it here again."""
    b = await process.seat(board, bob)
    await Board.objects.filter(pk=board.pk).aupdate(access_version=F("access_version") + 1)
    first, second = b.draw("stroke-1"), b.draw("stroke-2")
    await until(lambda: len(b.heard("later")) == 2)
    await process.rooms.refresh(board.pk)
    elsewhere = await process.seat(board, bob)
    elsewhere.draw("stroke-1", first)
    await b.hears(first)

    def comes_again() -> bool:
        b.draw("stroke-2", second)
        return (2, second) in b.commits()

    await until(comes_again)
    assert b.commits()[:2] == [(1, first), (2, second)]
