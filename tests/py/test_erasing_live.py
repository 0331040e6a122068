"""R17 while people are on the board: they read it afresh, and what was erased is gone for them."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async

from boards import store
from boards.deeds import Actor
from boards.models import Board, Person
from boards.privacy import erase_person

from .conftest import Join
from .seats import two_processes, until
from .sockets import put

pytestmark = pytest.mark.django_db(transaction=True)


async def test_an_open_board_begins_another_life(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    a, b = await joined(ann), await joined(bob)
    await a.receipt(await a.commit(put("of-ann-1")))
    await b.receipt(await b.commit(put("of-bob-1")))
    await sync_to_async(erase_person)(bob, Actor(staff="root"))
    snapshot = await sync_to_async(store.document)(board.pk)
    assert snapshot is not None
    assert b"of-bob-1" not in snapshot.body
    assert (await a.hear("reload"))["clock"] == snapshot.clock
    # What comes after it is numbered on.
    await a.hello(snapshot.epoch, snapshot.clock)
    receipt = await a.receipt(await a.commit(put("of-ann-2")))
    assert receipt["clock"] == snapshot.clock + 1
    assert await sync_to_async(store.verify)(board.pk) == []


async def test_the_other_process_learns_of_it(ann: Person, bob: Person, board: Board) -> None:
    async with two_processes() as (one, two):
        a, b = await one.seat(board, ann), await two.seat(board, bob)
        await b.hears(a.draw("of-ann-1"))
        before = two.rooms.opened(board.pk)
        assert before is not None
        epoch = before.epoch
        await sync_to_async(erase_person)(ann, Actor(staff="root"))
        await until(lambda: before.epoch != epoch)
        assert await sync_to_async(store.verify)(board.pk) == []
