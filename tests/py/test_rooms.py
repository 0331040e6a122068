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
from boards.access import Standing
from boards.link import Admitted
from boards.live import read_records, stamped_records
from boards.models import Board, Person, ServerProcess, new_epoch
from boards.protocol import Clear, Role
from boards.readers import read
from boards.rooms import rooms_here
from boards.store import Committed, Submission

from .layers import use_layer
from .seats import CURSOR, Process, Seat, two_processes, until
from .sockets import DEADLINE, Someone, new_id

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = 3600.0
SOON = 0.02


@pytest.fixture(autouse=True, params=["memory", "pubsub"])
def _layer_between(
    request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything here holds on both layers."""
    # What a slow machine takes to subscribe is made up for by the heartbeat, which some tests stop.
    monkeypatch.setattr("boards.layer.PATIENCE_SECONDS", DEADLINE)
    use_layer(request, settings, request.param)


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
        self.silences = ""
        """The process that nobody hears."""
        monkeypatch.setattr(layer, "group_send", self.group_send)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if message["origin"] == self.silences:
            return
        if self.loses or self.raises:
            self.lost += 1
            if self.raises:
                raise ConnectionError("the layer is away")
            return
        if message["type"].startswith("board."):
            self.carried.append(message)
        await self._send(group, message)

    def commits(self) -> list[str]:
        """Where the transactions came from that were carried."""
        return [m["origin"] for m in self.carried if m["type"] == "board.commits"]


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
    assert layer.commits() == ["one", "two"]


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
async def test_who_was_left_out_is_told_what_people_show(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    """R9: also where they were left out first and got a later frame; nothing older comes back."""
    one, two = processes
    a, b, c = await one.seat(board, ann), await one.seat(board, bob), await two.seat(board, bob)

    def shown_to(seat: Seat) -> dict[int, bytes]:
        records = [record for frame in seat.frames for record in stamped_records(frame)]
        return {kind: record for slot, kind, record in records if slot == a.member.slot}

    window, b.member.outbox.window = b.member.outbox.window, 0
    for frame in (bytes([1, 10, 2, 1, 65]), bytes([1, 3, 2, 1, 66]), CURSOR):
        a.session.live(read_records(frame))
    await until(lambda: shown_to(c).keys() == {10, 3, 1})
    assert b.frames == []
    b.member.outbox.window = window
    a.session.live(read_records(bytes([1, 10, 2, 1, 67])))
    await until(lambda: shown_to(c)[10][-1] == 67)
    await until(lambda: shown_to(b) == shown_to(c))


@pytest.mark.usefixtures("_no_heartbeat")
async def test_who_catches_up_is_told_what_people_show(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    one, _ = processes
    a = await one.seat(board, ann)
    await a.hears(a.draw("stroke-1"))
    b = await one.connection(board, bob)
    b.session.hello(b.room.epoch, 0)
    assert b.member.catching_up is not None
    a.point()
    await until(lambda: b.frames)
    assert b.commits()
    assert b.frames == [bytes([1, a.member.slot]) + CURSOR[1:]]


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
    assert layer.commits() == []


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
    monkeypatch.setattr("boards.link.admit", lambda *_: Admitted(bob, Standing(Role.EDITOR)))
    b = await Someone.connect(board.pk, "")
    assert await b.hear_close() == 4404
    await b.leave()
    await rooms_here().close()


def names(seat: Seat) -> set[str]:
    """Who is on the board, as this person's page knows it from what it was told."""
    here = {someone["slot"]: someone for someone in seat.heard("welcome")[-1]["people"]}
    for message in seat.heard("people"):
        for slot in message["left"]:
            here.pop(slot, None)
        here |= {someone["slot"]: someone for someone in message["joined"]}
    return {someone["name"] for someone in here.values()}


@pytest.mark.usefixtures("_no_heartbeat")
async def test_people_of_all_processes_are_in_one_list(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    """R6: with slots of their own, whoever came first, and under a new name too."""
    one, two = processes
    a = await one.seat(board, ann)
    b = await two.seat(board, bob)
    await until(lambda: names(a) == names(b) == {"Ann", "Bob"})
    assert a.member.slot != b.member.slot
    two.rooms.renamed(bob.pk, "Robert")
    await until(lambda: names(a) == {"Ann", "Robert"})
    b.session.end()
    await until(lambda: names(a) == {"Ann"})


@pytest.mark.usefixtures("_no_heartbeat")
async def test_who_comes_later_is_welcomed_with_the_people_of_other_processes(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    one, two = processes
    await one.seat(board, ann)
    room = await two.rooms.open(board.pk)
    assert room is not None
    await until(room.people)
    b = await two.seat(board, bob)
    assert names(b) == {"Ann", "Bob"}


@pytest.mark.usefixtures("_no_heartbeat")
async def test_people_of_a_killed_process_leave_after_three_announcements(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    layer: Layer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R6: nobody says goodbye for them."""
    monkeypatch.setattr("boards.neighbours.ANNOUNCE_SECONDS", SOON)
    monkeypatch.setattr("boards.elsewhere.GONE_SECONDS", 10 * SOON)
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    await until(lambda: names(a) == {"Ann", "Bob"})
    layer.silences = "two"
    await until(lambda: names(a) == {"Ann"})
    layer.silences = ""
    await until(lambda: names(a) == {"Ann", "Bob"})
    assert b.closed is None


@pytest.mark.usefixtures("_no_heartbeat")
async def test_people_of_a_process_that_stops_leave_at_once(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F7: by its goodbye; silence would tell an hour later here."""
    monkeypatch.setattr("boards.elsewhere.GONE_SECONDS", HOUR)
    one, two = processes
    a = await one.seat(board, ann)
    b = await two.seat(board, bob)
    await until(lambda: names(a) == {"Ann", "Bob"})
    await two.rooms.stop()
    two.rooms._neighbours.announce()
    two.rooms._neighbours.tell_people(b.room)
    await until(lambda: names(a) == {"Ann"})


@pytest.mark.usefixtures("_no_heartbeat")
async def test_what_was_committed_before_the_others_knew_of_a_room_is_read_from_the_log(
    processes: tuple[Process, Process], layer: Layer, ann: Person, bob: Person, board: Board
) -> None:
    """R6: their first answer says that they publish from now on."""
    one, two = processes
    await one.seat(board, ann)
    layer.loses = True
    b = await two.seat(board, bob)
    receipt = await committed_elsewhere(board, ann)
    layer.loses = False
    one.rooms._neighbours.announce()
    await b.hears(receipt.uid)


@pytest.mark.usefixtures("_no_heartbeat")
async def test_a_receipt_brings_what_another_process_has_committed_before(
    processes: tuple[Process, Process], layer: Layer, ann: Person, bob: Person, board: Board
) -> None:
    """R6: the writer reads it under the board's lock, so nothing has to be healed."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    layer.loses = True
    first = a.draw("stroke-1")
    await a.hears(first)
    b.room.heal = lambda: None  # type: ignore[method-assign]  # Nothing else may bring it.
    second = b.draw("stroke-2")
    await b.hears(first, second)


@pytest.mark.usefixtures("_quick_heartbeat")
async def test_signing_out_closes_open_sockets(
    processes: tuple[Process, Process], ann: Person, bob: Person, board: Board
) -> None:
    """R13, S3: people have an access version too, compared in every process."""
    one, two = processes
    a, b = await one.seat(board, ann), await two.seat(board, bob)
    await Person.objects.filter(pk=bob.pk).aupdate(access_version=F("access_version") + 1)
    await until(lambda: b.closed)
    assert b.closed == 4401
    assert a.closed is None


async def test_a_transaction_of_another_life_of_the_board_is_judged_again(
    processes: tuple[Process, Process], ann: Person, board: Board
) -> None:
    """R1, R5: a restored board has another epoch; what is pending comes again after `reload`."""
    one, _ = processes
    a = await one.seat(board, ann)
    epoch = new_epoch()
    await Board.objects.filter(pk=board.pk).aupdate(epoch=epoch)
    uid = a.draw("stroke-1")
    await until(lambda: a.heard("later") and a.heard("reload"))
    assert not await board.transactions.aexists()
    a.session.hello(epoch, 0)
    a.draw("stroke-1", uid)
    await a.hears(uid)


@pytest.mark.usefixtures("_no_heartbeat")
async def test_a_process_taken_for_dead_begins_anew(
    processes: tuple[Process, Process],
    ann: Person,
    bob: Person,
    board: Board,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was frozen for long: its lane, and with it the slots of its people, may be another's."""
    monkeypatch.setattr("boards.processes.BEAT_SECONDS", SOON)
    one, _ = processes
    a = await one.seat(board, ann)
    await ServerProcess.objects.filter(origin="one").adelete()
    await until(lambda: a.closed)
    assert a.closed == 4503
    again = await one.seat(board, ann)
    await again.hears(again.draw("stroke-1"))
    assert await ServerProcess.objects.filter(origin="one").aexists()
