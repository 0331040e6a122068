"""What staff do about whole boards and people; `deeds` has what owners may do as well.

As there: each leaves an entry in the audit log and tells the open boards of all processes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Final

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from .announce import announce_access, announce_board, announce_notice, announce_person
from .announce import submit_from_outside as submit
from .assets.sweeping import delete_assets
from .deeds import Actor, DeedError, record
from .deletion import delete_for_good
from .history.rollback import (
    Difference,
    changes_back_to,
    difference,
    document_at,
    document_now,
    known_authors,
)
from .models import Asset, Board, Person, Report
from .people import SESSION_KEY
from .protocol import Change, Clear, NoticeCode

CHUNK: Final = 5000
"""Rows deleted at a time: other boards' writers wait for it, some dozens of milliseconds."""
TRIES: Final = 5
"""Where somebody changes the board's rights at the same moment."""


# -- what is on a board ----------------------------------------------------------------------------


def clear(board: Board, actor: Actor) -> None:
    """One transaction of nobody's: it stays in the log, so it can be rolled back."""
    _submit(board, [Clear()])
    record(actor, "clear", board.pk, clock=_clock(board))
    announce_notice(board.pk, NoticeCode.CLEARED)


def roll_back(board: Board, actor: Actor, clock: int) -> Difference:
    """Makes the board what it was at a clock, by transactions of nobody's on top of the log.

    What people draw meanwhile comes after it and stays.
    """
    now, here = document_now(board.pk)
    if not 0 <= clock <= now:
        raise DeedError(f"the board has been at 0 to {now}, never at {clock}")
    then = document_at(board.pk, clock)
    found = difference(then, here)
    if not found:
        return found
    record(
        actor,
        "rollback",
        board.pk,
        before=now,
        to=clock,
        back=found.back,
        gone=found.gone,
        changed=found.changed,
    )
    for changes in changes_back_to(then, here, known_authors([then])):
        _submit(board, changes)
    announce_notice(board.pk, NoticeCode.ROLLED_BACK)
    return found


def _submit(board: Board, changes: list[Change]) -> None:
    for tries_left in reversed(range(TRIES)):
        try:
            submit(board.pk, None, changes)
        except ValueError as error:
            if not tries_left:
                raise DeedError(str(error)) from error
        else:
            return


def _clock(board: Board) -> int:
    return Board.objects.values_list("clock", flat=True).get(pk=board.pk)


def remove_asset(asset: Asset, actor: Actor) -> None:
    """Elements that show it stay, and say that it is missing."""
    board, media, size = asset.board_id, asset.blob.media, asset.blob.size
    delete_assets(Asset.objects.filter(pk=asset.pk))
    record(actor, "asset.remove", board, asset.person, asset=asset.key, media=media, bytes=size)


# -- whole boards ----------------------------------------------------------------------------------


@transaction.atomic
def set_trashed(board: Board, actor: Actor, *, trashed: bool) -> None:
    """Into the trash, where only its owners see it, or back."""
    boards = Board.objects.filter(pk=board.pk, trashed__isnull=trashed)
    if boards.update(trashed=timezone.now() if trashed else None):
        record(actor, "trash" if trashed else "undelete", board.pk)
        announce_board(board.pk)


def delete_board(board: Board, actor: Actor) -> None:
    """For good, by way of the trash."""
    set_trashed(board, actor, trashed=True)
    delete_for_good([board.pk], actor)


@transaction.atomic
def settle(report: Report, actor: Actor, user: int | None) -> None:
    """Somebody has looked at it."""
    open_report = Report.objects.filter(pk=report.pk, settled=None)
    if open_report.update(settled=timezone.now(), settled_by=user):
        record(actor, "report.settle", report.board_id, report.by)


# -- people ----------------------------------------------------------------------------------------


@transaction.atomic
def rename_person(person: Person, name: str, actor: Actor) -> None:
    if Person.objects.filter(pk=person.pk).exclude(name=name).update(name=name):
        record(actor, "rename", None, person)
        announce_person(person.pk)


@transaction.atomic
def delete_person(person: Person, actor: Actor) -> None:
    """Their boards and what they drew stay, as nobody's."""
    record(actor, "person.delete", number=person.pk)
    announce_access(person.pk)
    person.delete()


def sign_out_everywhere(person: Person, actor: Actor) -> int:
    """Ends the sessions of an account and closes its sockets; returns how many there were.

    A guest is nothing but a session: they would lose their boards. They can be banned instead.
    """
    if person.user_id is None:
        raise DeedError("a guest can't be signed out: they could never come back")
    ended = [session.pk for session in _sessions() if _is_of(session, person)]
    with transaction.atomic():
        for start in range(0, len(ended), CHUNK):
            Session.objects.filter(pk__in=ended[start : start + CHUNK]).delete()
        record(actor, "sign_out", None, person, sessions=len(ended))
        announce_access(person.pk)
    return len(ended)


def _sessions() -> Iterator[Session]:
    # Whose a session is stands only inside it, so all of them are read: 50,000 take some seconds.
    return Session.objects.filter(expire_date__gt=timezone.now()).iterator()


def _is_of(session: Session, person: Person) -> bool:
    content = session.get_decoded()
    user = str(content.get("_auth_user_id", ""))
    return user == str(person.user_id) or content.get(SESSION_KEY) == person.pk


def board_of(text: str) -> Board | None:
    """The board with this id, however it is written."""
    try:
        return Board.objects.filter(pk=uuid.UUID(text)).first()
    except ValueError:
        return None
