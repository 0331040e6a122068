"""What a process does is counted, told with its sign of life, bounded, and added up."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from boards import load, processes
from boards.load import Connection, Counted, Meter, added_up, load_of
from boards.models import Board, Person, ServerProcess
from boards.rooms import rooms_here

from .conftest import Join
from .sockets import put

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


@dataclass
class Open:
    """A room as the meter sees it."""

    counted: Counted = field(default=Counted(0, 0, 0))
    connections: list[Connection] = field(default_factory=list)

    @property
    def sockets(self) -> int:
        return len(self.connections)


def test_rates_are_those_of_the_last_minute() -> None:
    clock = [1000.0]
    meter, room = Meter(lambda: clock[0]), Open()
    seen: list[Any] = []
    for _ in range(30):
        # One transaction of 100 bytes in each beat, for two and a half minutes.
        room.counted = Counted(room.counted[0] + 1, room.counted[1] + 100, room.counted[2] + 50)
        clock[0] += 5
        seen.append(meter.read({ONE: room}))
    assert seen[0]["rates"] == {str(ONE): [1, 100]}
    assert seen[-1]["rates"] == {str(ONE): [12, 1200]}
    assert (seen[-1]["tx"], seen[-1]["bytes"], seen[-1]["live"]) == (12, 1200, 600)


def test_a_room_that_was_opened_again_counts_from_nothing() -> None:
    clock = [1000.0]
    meter = Meter(lambda: clock[0])
    meter.read({ONE: Open(Counted(500, 5, 5))})
    clock[0] += 70
    meter.read({})
    assert meter.read({ONE: Open(Counted(3, 300, 0))})["rates"] == {str(ONE): [3, 300]}


def test_what_is_told_is_bounded_and_the_rest_is_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "BOARDS_TOLD", 2)
    monkeypatch.setattr(load, "CONNECTIONS_TOLD", 5)
    somebody = Connection(1, "192.0.2.1", 0)
    rooms = {uuid.UUID(int=n): Open(connections=[somebody] * n) for n in range(1, 5)}
    told = Meter().read(rooms)
    assert {board: len(here) for board, here in told["boards"].items()} == {
        str(uuid.UUID(int=4)): 4,
        str(uuid.UUID(int=3)): 1,
    }
    assert told["crowds"] == {str(uuid.UUID(int=3)): 3}
    assert (told["sockets"], told["open"]) == (10, 4)
    assert added_up([load_of(load.as_text(told))]).on(uuid.UUID(int=3)).sockets == 3


def test_processes_are_added_up_and_a_person_counts_once() -> None:
    here: dict[str, Any] = {
        "sockets": 2,
        "boards": {str(ONE): [[7, "192.0.2.1", 5], [8, "192.0.2.2", 5]], str(TWO): []},
        "rates": {str(ONE): [3, 30]},
        "tx": 3,
        "from a newer version": {},
    }
    there: dict[str, Any] = {
        "sockets": 1,
        "boards": {str(ONE): [[7, "192.0.2.1", 6]]},
        "rates": {str(ONE): [1, 10]},
        "tx": 1,
    }
    sums = added_up(map(load_of, (json.dumps(here), json.dumps(there), "{}", "nonsense")))
    assert (sums.sockets, sums.people, sums.transactions) == (3, 2, 4)
    one = sums.on(ONE)
    assert (one.sockets, one.people, one.transactions, one.transaction_bytes) == (3, 2, 4, 40)
    assert TWO not in sums.boards


def test_memory_is_zero_where_it_is_not_told(tmp_path: Path) -> None:
    assert load.resident_bytes(tmp_path / "none") == 0
    assert load.resident_bytes() >= 0


@pytest.mark.django_db
def test_a_beat_says_what_the_process_does(ann: Person, board: Board) -> None:
    processes.register("one", shared_layer=True)
    somebody = Connection(ann.pk, "192.0.2.1", 5)
    nowhere = Connection(ann.pk, "unknown", 5)
    rooms = {board.pk: Open(Counted(2, 20, 0), [somebody, nowhere])}
    assert processes.beat("one", Meter().read(rooms)) is not None
    assert processes.everywhere().on(board.pk).sockets == 2
    assert processes.addresses_of(board.pk, ann.pk) == {"192.0.2.1"}
    assert processes.addresses_of(board.pk, ann.pk + 1) == set()


@pytest.mark.django_db
def test_a_process_that_is_silent_has_no_load(board: Board) -> None:
    ServerProcess.objects.create(
        origin="one", lane=0, host="h", pid=1, shared_layer=True, load='{"sockets": 3}'
    )
    assert processes.everywhere().sockets == 3
    ServerProcess.objects.update(seen="2020-01-01T00:00:00Z")
    assert processes.everywhere().sockets == 0


@pytest.mark.django_db(transaction=True)
async def test_rooms_count_who_is_there_and_what_is_drawn(
    joined: Join, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the whole stack, up to the row in the database."""
    monkeypatch.setattr(processes, "BEAT_SECONDS", 0.05)
    a, _ = await joined(ann), await joined(bob)
    for number in range(3):
        await a.receipt(await a.commit(put(f"stroke-{number}")))
    room = rooms_here().opened(board.pk)
    assert room is not None
    assert room.counted.transactions == 3
    told = await sync_to_async(processes.everywhere)()
    while told.on(board.pk).transactions < 3:
        told = await sync_to_async(processes.everywhere)()
    on = told.on(board.pk)
    assert {one.person for one in on.connections} == {ann.pk, bob.pk}
    assert on.transaction_bytes > 300
