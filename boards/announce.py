"""Tells the open boards what pages and the admin have changed.

Callers are on other threads than the rooms. What another process has open learns of it from its
heartbeat (R6, R13): access versions and clocks are compared every second.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from . import store
from .models import Board, Person, new_transaction_id
from .protocol import Change, NoticeCode
from .rooms import Rooms, everywhere_here


def announce_board(board_id: uuid.UUID) -> None:
    """The title, the trash or the freeze of this board has changed: its people are told."""
    Board.objects.filter(pk=board_id).update(access_version=F("access_version") + 1)
    _tell(lambda rooms: rooms.refresh_soon(board_id))


def announce_deletion() -> None:
    """Boards are gone for good: whoever is still on one is sent away (4404)."""
    _tell(lambda rooms: rooms.compare_soon())


def announce_talk(board_id: uuid.UUID) -> int:
    """A comment has come, changed or gone; returns the version of the board's comments now."""
    boards = Board.objects.filter(pk=board_id)
    boards.update(talk=F("talk") + 1)
    _tell(lambda rooms: rooms.refresh_soon(board_id))
    return boards.values_list("talk", flat=True).first() or 0


def announce_notice(board_id: uuid.UUID, code: NoticeCode) -> None:
    """Something was done to the board as a whole: those on it get a sentence."""
    now = time.time_ns() // 1_000_000
    Board.objects.filter(pk=board_id).update(notice=code.value, noticed=now)
    announce_board(board_id)


def announce_access(person_id: int) -> None:
    """Signed out, deactivated, another password: all of this person's sockets are closed (R13)."""
    Person.objects.filter(pk=person_id).update(access_version=F("access_version") + 1)
    _tell(lambda rooms: rooms.compare_soon())


def announce_tokens() -> None:
    """Access tokens are revoked: whoever showed one is sent away (4401)."""
    _tell(lambda rooms: rooms.compare_soon())


def announce_person(person_id: int) -> None:
    """This person has another name now: whoever is on a board with them is told."""
    person = Person.objects.filter(pk=person_id).first()
    if person is not None:
        name = person.name
        _tell(lambda rooms: rooms.renamed(person_id, name))


def submit_from_outside(board_id: uuid.UUID, person_id: int | None, changes: list[Change]) -> int:
    """Commits a transaction that no open board has sent; people on the board see it live.

    Returns its clock.

    Raises ValueError if the store refuses it.
    """
    head = store.head(board_id)
    if head is None:
        raise ValueError(f"there is no board {board_id}")
    submission = store.Submission(
        board=board_id,
        person=person_id,
        uid=new_transaction_id(),
        changes=changes,
        access_version=head.access_version,
        may_draw_frozen=True,
    )
    (outcome,) = store.commit([submission])
    if not isinstance(outcome, store.Committed):
        raise ValueError(f"the board refused the transaction: {outcome}")
    _tell(lambda rooms: rooms.heal_soon(board_id))
    return outcome.clock


def _tell(call: Callable[[Rooms], None]) -> None:
    """Runs `call` on the loop of every room here, once what was written can be read."""

    def after_commit() -> None:
        for rooms in everywhere_here():
            rooms.loop.call_soon_threadsafe(call, rooms)

    transaction.on_commit(after_commit)
