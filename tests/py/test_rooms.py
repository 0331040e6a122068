"""A board between two processes: what crosses the channel layer, and what heals what it loses.

The heartbeat sleeps for an hour where a test is about the layer, so that nothing else can have
carried what the test sees; where it is about healing, the layer carries nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db.models import F

from boards import store
from boards.models import Board, Person, new_epoch
from boards.protocol import Clear, Role
from boards.readers import read
from boards.rooms import rooms_here
from boards.store import Committed, Submission

from .seats import CURSOR, Process, Seat, two_processes, until
from .sockets import Someone, new_id

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = 3600.0
SOON = 0.02


@pytest.fixture
async def processes() -> AsyncIterator[tuple[Process, Process]]:
    async with two_processes() as both:
        yield both


@pytest.fixture
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boards.rooms.HEARTBEAT_SECONDS", HOUR)


@pytest.fixture
def _quick_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boards.rooms.HEARTBEAT_SECONDS", SOON)


class Layer:
    """The channel layer's `group_send`, watched, and faulty where a test wants it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        layer = get_channel_layer()
        self._send = layer.group_send
        self.carried: list[dict[str, Any]] = []
        self.lost = 0
        self.loses = False
        self.raises = False
        monkeypatch.setattr(layer, "group_send", self.group_send)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if self.loses or self.raises:
            self.lost += 1
            if self.raises:
                raise ConnectionError("the layer is away")
            return
        self.carried.append(message)
        await self._send(group, message)


@pytest.fixture
def layer(monkeypatch: pytest.MonkeyPatch) -> Layer:
    return Layer(monkeypatch)


@pytest.mark.usefixtures("_no_heartbeat")
async def test_a_stroke_crosses_the_layer_to_another_process(
    processes: tuple[Process, Process], layer: Layer, ann: Person, bob: Person, board: Board
) -> None:
    """R6: the group is what carries a board between processes; its own origin skips it (R3)."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    first = a.draw("stroke-1")
    await b.hears(first)
    second = b.draw("stroke-2")
    await a.hears(first, second)
    await b.hears(first, second)
    assert [(m["type"], m["origin"]) for m in layer.carried] == [
        ("board.commits", "one"),
        ("board.commits", "two"),
    ]


@pytest.mark.usefixtures("_no_heartbeat")
async def test_live_frames_cross_the_layer(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    """R9: stamped with the sender's slot, the payload unread."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    a.point()
    await until(lambda: b.frames)
    assert b.frames == [bytes([1, a.member.slot]) + CURSOR[1:]]
    assert a.frames == []


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_what_the_layer_loses_the_heartbeat_heals(
    processes: tuple[Process, Process], layer: Layer, ann: Person, bob: Person, board: Board
) -> None:
    """R6, F4: also a lost last message, which shows no gap."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    layer.loses = True
    uid = a.draw("stroke-1")
    await b.hears(uid)
    assert layer.lost
    assert layer.carried == []


@pytest.mark.usefixtures("_no_heartbeat")
async def test_a_gap_is_read_from_the_log_when_the_next_frame_shows_it(
    processes: tuple[Process, Process], layer: Layer, ann: Person, bob: Person, board: Board
) -> None:
    """R6."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    layer.loses = True
    first = a.draw("stroke-1")
    await a.hears(first)
    await until(lambda: layer.lost)
    layer.loses = False
    second = a.draw("stroke-2")
    await b.hears(first, second)


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_an_edit_is_acknowledged_while_the_layer_is_away(
    processes: tuple[Process, Process], layer: Layer, ann: Person, bob: Person, board: Board
) -> None:
    """R6, F4: the layer is only a hint; its errors reach nobody."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    layer.raises = True
    first = a.draw("stroke-1")
    await a.hears(first)
    await b.hears(first)
    layer.raises = False
    second = a.draw("stroke-2")
    await b.hears(first, second)
    assert a.closed is None
    assert b.closed is None


@pytest.mark.usefixtures("_no_heartbeat")
async def test_frames_that_come_out_of_order_are_put_in_order(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R6, R1: early ones are held, repeated ones dropped; here even without the log."""
    _, two = processes
    b = await two.seat(board, bob)
    monkeypatch.setattr(b.room, "heal", lambda: None)
    done = [await committed_elsewhere(board, ann) for _ in range(3)]
    for clock in (3, 2, 3, 1, 2):
        b.room.committed(clock, done[clock - 1].text, here=False)
        if clock != 1:
            assert b.commits() == []
    await b.hears(*(receipt.uid for receipt in done))


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_a_restored_board_is_read_afresh_by_everybody(
    processes: tuple[Process, Process], ann: Person, board: Board
) -> None:
    """R1: another epoch, told by `reload`; nothing of the old life comes after it."""
    one, _ = processes
    a = await one.seat(board, ann)
    await a.hears(a.draw("stroke-1"))
    epoch = new_epoch()
    await Board.objects.filter(pk=board.pk).aupdate(epoch=epoch)
    await until(lambda: a.heard("reload"))
    a.session.hello(epoch, 1)
    assert a.heard("welcome")[-1]["epoch"] == epoch


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_rights_changed_in_one_process_are_followed_in_the_other(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    """R13, S3: nothing but the database tells it."""
    _, two = processes
    owner, guest = await two.seat(board, ann), await two.seat(board, bob)
    await Board.objects.filter(pk=board.pk).aupdate(
        trashed=board.created, access_version=F("access_version") + 1
    )
    await until(lambda: guest.closed)
    assert guest.closed == 4403
    assert guest.heard("bye")[0]["code"] == 4403
    assert owner.closed is None


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_rights_are_followed_before_hello_too(
    processes: tuple[Process, Process], bob: Person, board: Board
) -> None:
    """R13, S3: what was admitted a moment ago may not be any more."""
    one, _ = processes
    b = await one.connection(board, bob)
    await Board.objects.filter(pk=board.pk).aupdate(
        trashed=board.created, access_version=F("access_version") + 1
    )
    await until(lambda: b.closed)
    assert [message["type"] for message in b.said] == ["bye"]


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_live_traffic_stops_while_rights_cannot_be_checked(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R13."""
    one, _ = processes
    a, b = await one.seat(board, ann), await one.seat(board, bob)

    def fail(_boards: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("boards.rooms.RIGHTS_SECONDS", SOON)
    with monkeypatch.context() as away:
        away.setattr(store, "heads", fail)
        await until(lambda: b.room.live_suspended)
        a.point()
        assert b.frames == []
    await until(lambda: not b.room.live_suspended)
    a.point()
    await until(lambda: b.frames)


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_whoever_stops_reading_is_closed_and_delays_nobody(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R10, F6: a full window without a receipt; what they lack is in the log."""
    one, _ = processes
    with monkeypatch.context() as small:
        small.setattr("boards.outbox.WINDOW_FIRST", 2000)
        b = await one.seat(board, bob)
    monkeypatch.setattr("boards.outbox.STALL_SECONDS", 0.2)
    a = await one.seat(board, ann)
    full = [a.draw(f"stroke-{i:02}") for i in range(20)]
    await b.hears(*full)
    rest = [a.draw(f"stroke-{i}") for i in range(20, 40)]
    await a.hears(*full, *rest)
    await until(lambda: b.closed)
    assert b.closed == 4408
    await b.hears(*full)
    assert a.closed is None


async def test_a_room_stays_open_for_whoever_has_not_said_hello_yet(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R3, R7: its page still reads the document while the last of the others leaves."""
    one, _ = processes
    monkeypatch.setattr("boards.rooms.LINGER_SECONDS", 0)
    a = await one.seat(board, ann)
    b = await one.connection(board, bob)
    a.session.end()
    # Timers run in order, so that of the empty room has had its turn when this one has.
    had_its_turn = asyncio.Event()
    asyncio.get_running_loop().call_later(0, had_its_turn.set)
    await had_its_turn.wait()
    b.greet()
    uid = b.draw("stroke-1")
    await b.hears(uid)
    b.session.end()
    await until(lambda: one.rooms.opened(board.pk) is None)


@pytest.mark.usefixtures("_no_heartbeat")
async def test_a_room_opened_while_the_heartbeat_reads_is_not_taken_for_deleted(
    processes: tuple[Process, Process],
    ann: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R6: only what was asked about can be missing from the answer."""
    one, _ = processes
    newer = await Board.objects.acreate(owner=ann)
    await one.seat(board, ann)
    opened: list[Seat] = []

    async def slow_read(function: Any, *args: Any) -> Any:
        answer = await read(function, *args)
        if function is store.heads and not opened:
            opened.append(await one.seat(newer, ann))
        return answer

    monkeypatch.setattr("boards.rooms.read", slow_read)
    await one.rooms._compare()
    [seat] = opened
    uid = seat.draw("stroke-1")
    await seat.hears(uid)
    assert seat.closed is None


@pytest.mark.usefixtures("_no_heartbeat")
async def test_a_graceful_stop_commits_what_waits_then_says_bye(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    """R3, F7: the receipt comes before the farewell; what comes later is not taken (R5)."""
    one, _ = processes
    a, b = await one.seat(board, ann), await one.seat(board, bob)
    uid = a.draw("stroke-1")
    await one.rooms.stop()
    for seat in (a, b):
        await seat.hears(uid)
        assert seat.closed == 4503
        assert [m["type"] for m in seat.said][-2:] == ["commits", "bye"]
        assert seat.said[-1]["code"] == 4503
    a.draw("stroke-2")
    assert a.said[-1]["type"] == "bye"
    assert await board.transactions.acount() == 1


async def committed_elsewhere(board: Board, person: Person) -> Committed:
    """A transaction that another process has committed without telling anybody."""
    submission = Submission(board.pk, person.pk, new_id(), [Clear()], access_version=1)
    (outcome,) = await sync_to_async(store.commit)([submission])
    assert isinstance(outcome, Committed)
    return outcome


async def test_rights_lost_between_admission_and_the_room_are_lost(
    bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R13, S2: as for a board that does not exist."""
    await Board.objects.filter(pk=board.pk).aupdate(trashed=board.created)
    monkeypatch.setattr("boards.consumers.admit", lambda *_: (bob, Role.EDITOR))
    b = await Someone.connect(board.pk, "")
    assert await b.hear_close() == 4404
    await b.leave()
    await rooms_here().close()
