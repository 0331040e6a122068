"""The document over HTTP: who gets it, as of when, and how it is packed."""

from __future__ import annotations

import asyncio
import gzip
import json
import uuid
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import OperationalError
from django.test import AsyncClient, Client

from boards import document as document_
from boards import store
from boards.models import Board, Person
from boards.protocol import SCHEMA

from .commits import commit
from .sockets import cookie_of, put, stroke

pytestmark = pytest.mark.django_db(transaction=True)


def visitor(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(person).split("=", 1)[1]
    return client


def address(board: Board | uuid.UUID) -> str:
    return f"/boards/{board.pk if isinstance(board, Board) else board}/document"


def get(person: Person | None, board: Board | uuid.UUID, **headers: str) -> Any:
    return visitor(person).get(address(board), headers=headers)


def test_the_document_is_the_board_at_its_clock(ann: Person, board: Board) -> None:
    commit(board, ann, put("stroke-1"))
    commit(board, ann, put("stroke-2"), {"op": "remove", "key": "stroke-1"})
    response = get(ann, board)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "epoch": board.epoch,
        "clock": 2,
        "elements": {"stroke-2": {"author": ann.pk, **stroke()}},
    }


def test_pages_are_listed_apart(ann: Person, board: Board) -> None:
    """They are no elements; for the fold they are (R14)."""
    page = {"kind": "page", "z": "a1", "name": "Two"}
    commit(board, ann, put("stroke-1"), {"op": "put", "key": "page-two", "element": page})
    read = get(ann, board).json()
    assert read["elements"].keys() == {"stroke-1"}
    assert read["pages"] == {"page-two": {"author": ann.pk, **page}}
    assert store.verify(board.pk) == []
    commit(board, ann, {"op": "remove", "key": "page-two"})
    assert "pages" not in get(ann, board).json()


def test_whoever_has_the_link_may_read_it(bob: Person, board: Board) -> None:
    assert get(bob, board).status_code == 200


def test_absent_and_forbidden_boards_answer_alike(ann: Person, bob: Person, board: Board) -> None:
    """S2, S6: for one without a name, for others while it is in the trash, and for anybody."""
    Board.objects.filter(pk=board.pk).update(trashed=board.created)
    assert get(ann, board).status_code == 200
    answers = [get(None, board), get(bob, board), get(bob, uuid.uuid4()), get(None, uuid.uuid4())]
    assert {(a.status_code, a.content, a["Content-Type"]) for a in answers} == {
        (404, b"Not found.\n", "text/plain; charset=utf-8")
    }
    assert not any("ETag" in answer.headers for answer in answers)


def test_while_the_database_is_away_the_page_is_asked_to_come_again(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F5."""

    def away(*_: object) -> None:
        raise OperationalError("the connection was refused")

    with monkeypatch.context() as outage:
        outage.setattr("boards.document.visible_head", away)
        answer = get(ann, board)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert get(ann, board).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(ann: Person, board: Board, method: str) -> None:
    """S25."""
    assert getattr(visitor(ann), method)(address(board)).status_code == 405


def test_it_is_asked_for_each_time_and_kept_by_the_browser(ann: Person, board: Board) -> None:
    first = get(ann, board)
    assert first["ETag"] == f'"{board.epoch}-0-{SCHEMA}"'
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Accept-Encoding", "Cookie"} <= set(first["Vary"].split(", "))
    for known in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}'):
        again = get(ann, board, if_none_match=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    commit(board, ann, put("stroke-1"))
    changed = get(ann, board, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed.json()["clock"] == 1


def test_rights_come_before_not_modified(ann: Person, bob: Person, board: Board) -> None:
    """S5: what the browser has kept from before is no key."""
    etag = get(bob, board)["ETag"]
    Board.objects.filter(pk=board.pk).update(trashed=board.created)
    assert get(bob, board, if_none_match=etag).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.00, br", False),
        ("identity", False),
        ("gzip;q=0, *", False),
    ],
)
def test_it_is_compressed_only_for_those_who_can_read_it(
    ann: Person, board: Board, accepted: str, compressed: bool
) -> None:
    commit(board, ann, put("stroke-1"))
    response = get(ann, board, accept_encoding=accepted)
    assert (response.headers.get("Content-Encoding") == "gzip") is compressed
    body = gzip.decompress(response.content) if compressed else response.content
    assert json.loads(body)["elements"].keys() == {"stroke-1"}


def test_it_is_compressed_once_per_clock(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    real = store.document

    def counted(board_id: uuid.UUID) -> store.Snapshot | None:
        snapshot = real(board_id)
        reads.append(-1 if snapshot is None else snapshot.clock)
        return snapshot

    monkeypatch.setattr(store, "document", counted)
    for _ in range(3):
        get(ann, board, accept_encoding="gzip")
        get(ann, board)
    commit(board, ann, put("stroke-1"))
    for _ in range(3):
        get(ann, board)
    assert reads == [0, 1]


def test_a_restored_board_is_another_document(ann: Person, board: Board) -> None:
    """R1: the same clock in another epoch."""
    first = get(ann, board)
    Board.objects.filter(pk=board.pk).update(epoch="x" * 22)
    response = get(ann, board, if_none_match=first["ETag"])
    assert response.json()["epoch"] == "x" * 22


async def test_a_class_that_opens_its_board_at_once_reads_it_once(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[uuid.UUID] = []
    everybody_waits = asyncio.Event()
    head = await sync_to_async(store.head)(board.pk)
    assert head is not None

    async def slow(function: Any, *args: Any) -> Any:
        await everybody_waits.wait()
        reads.append(args[0])
        return await sync_to_async(function)(*args)

    monkeypatch.setattr(document_, "read", slow)
    opened = [asyncio.create_task(document_._compressed(board.pk, head)) for _ in range(20)]
    await asyncio.sleep(0)
    opened[0].cancel()
    everybody_waits.set()
    done = await asyncio.gather(*opened, return_exceptions=True)
    assert reads == [board.pk]
    assert all(isinstance(found, document_.Compressed) for found in done[1:])


async def test_it_is_served_on_the_event_loop_too(ann: Person, board: Board) -> None:
    client = AsyncClient()
    cookie = await sync_to_async(cookie_of)(ann)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.split("=", 1)[1]
    response = await client.get(address(board))
    assert response.status_code == 200
    assert response.json()["clock"] == 0


def test_what_is_kept_is_bounded_and_the_oldest_goes_first() -> None:
    kept = document_.Kept(most=100)
    boards = [uuid.uuid4() for _ in range(3)]
    for board in boards[:2]:
        kept.put(board, document_.Compressed("e", 1, b"x" * 40))
    kept.get(boards[0], "e", 1)
    kept.put(boards[2], document_.Compressed("e", 1, b"x" * 40))
    assert [kept.get(board, "e", 1) is not None for board in boards] == [True, False, True]
    kept.put(boards[0], document_.Compressed("e", 2, b"x" * 101))
    assert [kept.get(board, "e", 1) is not None for board in boards] == [False, False, False]
    kept.put(boards[1], document_.Compressed("e", 1, b"x" * 100))
    assert kept.get(boards[1], "e", 1) is not None


def test_what_is_kept_is_never_older_than_asked_for() -> None:
    kept = document_.Kept(most=100)
    board = uuid.uuid4()
    kept.put(board, document_.Compressed("e", 5, b"x"))
    assert kept.get(board, "e", 5) is not None
    assert kept.get(board, "e", 4) is not None
    assert kept.get(board, "e", 6) is None
    assert kept.get(board, "f", 5) is None
