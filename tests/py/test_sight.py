"""A mode that leaves things out for a reader: everything that goes out asks it (boards.sight)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from boards import document, room
from boards.access import Standing
from boards.live import without_hidden
from boards.models import Board, Person, Thumbnail
from boards.protocol import LiveKind, Role
from boards.thumbnails import views as thumbnails

from .conftest import Join
from .sockets import cookie_of, put

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Only:
    """Sees the work of these people alone."""

    people: set[int]

    def shows(self, author: int) -> bool:
        return author in self.people


@pytest.fixture
def private_work(monkeypatch: pytest.MonkeyPatch, ann: Person, bob: Person) -> None:
    """Pupils see the owner's work and Bob's."""

    def sight_of(standing: Standing, person: int, owner: int | None) -> Only | None:
        return None if standing.role is Role.OWNER else Only({ann.pk, bob.pk})

    for reader in (room, document, thumbnails):
        monkeypatch.setattr(reader, "sight_of", sight_of)


async def test_hidden_transactions_go_out_empty_under_their_own_clock(
    joined: Join, private_work: None, ann: Person, bob: Person, board: Board
) -> None:
    """R1: the reader's document stays in step."""
    cid = await Person.objects.acreate(name="Cid")
    a, b, c = await joined(ann), await joined(bob), await joined(cid)
    hidden = await c.commit(put("of-cid-1"))
    assert (await a.receipt(hidden))["changes"] == [put("of-cid-1")]
    seen = await b.receipt(hidden)
    assert (seen["clock"], seen["author"], seen["changes"]) == (1, 0, [])
    shown = await a.commit(put("of-ann-1"))
    assert (await b.receipt(shown))["changes"] == [put("of-ann-1")]
    # The tail is filtered alike.
    again = await joined(bob)
    tail = {t["id"]: t for m in again.seen if m["type"] == "commits" for t in m["transactions"]}
    assert tail[hidden]["changes"] == []
    assert tail[shown]["changes"] == [put("of-ann-1")]


async def test_the_document_has_what_its_reader_sees(
    joined: Join, private_work: None, ann: Person, bob: Person, board: Board
) -> None:
    cid = await Person.objects.acreate(name="Cid")
    a, c = await joined(ann), await joined(cid)
    await c.receipt(await c.commit(put("of-cid-1")))
    await a.receipt(await a.commit(put("of-ann-1")))
    assert (await read_by(ann, board)).keys() == {"of-ann-1", "of-cid-1"}
    assert (await read_by(bob, board)).keys() == {"of-ann-1"}


async def test_so_does_its_picture_and_nothing_of_it_is_kept(
    joined: Join, private_work: None, ann: Person, bob: Person, board: Board
) -> None:
    cid = await Person.objects.acreate(name="Cid")
    empty = await picture_by(bob, board)
    c = await joined(cid)
    await c.receipt(await c.commit(put("of-cid-1", width=40)))
    assert await picture_by(bob, board) == empty
    assert await picture_by(ann, board) != empty
    assert await Thumbnail.objects.acount() == 1


async def picture_by(person: Person, board: Board) -> bytes:
    client = AsyncClient()
    client.cookies.load(await sync_to_async(cookie_of)(person))
    answer = await client.get(f"/boards/{board.pk}/thumbnail")
    assert answer.status_code == 200
    return answer.content


async def read_by(person: Person, board: Board) -> dict[str, Any]:
    client = AsyncClient()
    client.cookies.load(await sync_to_async(cookie_of)(person))
    answer = await client.get(f"/boards/{board.pk}/document")
    assert answer.status_code == 200
    elements: dict[str, Any] = answer.json()["elements"]
    return elements


async def test_live_traffic_of_the_hidden_is_left_out(
    joined: Join, private_work: None, ann: Person, bob: Person
) -> None:
    cid = await Person.objects.acreate(name="Cid")
    a, b, c = await joined(ann), await joined(bob), await joined(cid)
    away = bytes((1, LiveKind.AWAY, 0))
    await c.say_bytes(away)
    of_cid = bytes((1, c.welcome["you"]["slot"], LiveKind.AWAY, 0))
    assert await a.hear_frame() == of_cid
    await a.say_bytes(away)
    assert await b.hear_frame() == bytes((1, a.welcome["you"]["slot"], LiveKind.AWAY, 0))
    assert of_cid not in b.frames


def test_records_are_left_out_whole() -> None:
    frame = bytes((1, 3, 2, 0, 200, 1, 6, 2, 65, 66, 3, 6, 1, 67))
    assert without_hidden(frame, lambda slot: slot == 3) == bytes((1, 3, 2, 0, 3, 6, 1, 67))
    assert without_hidden(frame, lambda slot: slot == 200) == bytes((1, 200, 1, 6, 2, 65, 66))
    assert without_hidden(frame, lambda slot: False) == b""
