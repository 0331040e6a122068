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
from .deeds import Actor, DeedError, record
from .history.rollback import (
    Difference,
    changes_back_to,
    difference,
    document_at,
    document_now,
    known_authors,
)
from .models import Board, Element, Invite, Membership, Person, Report, Transaction
from .people import SESSION_KEY
from .protocol import Audience, Change, Clear, NoticeCode, Role

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


# -- whole boards ----------------------------------------------------------------------------------


@transaction.atomic
def set_trashed(board: Board, actor: Actor, *, trashed: bool) -> None:
    """Into the trash, where only its owners see it, or back."""
    boards = Board.objects.filter(pk=board.pk, trashed__isnull=trashed)
    if boards.update(trashed=timezone.now() if trashed else None):
        record(actor, "trash" if trashed else "undelete", board.pk)
        announce_board(board.pk)


@transaction.atomic
def hand_over(board: Board, person: Person, actor: Actor) -> None:
    """Makes the person the owner; who owned it stays as an editor."""
    before = board.owner
    if before == person:
        return
    Board.objects.filter(pk=board.pk).update(owner=person)
    Membership.objects.filter(board=board, person=person).delete()
    if before is not None:
        as_editor = {"role": Role.EDITOR.value, "invite": None}
        Membership.objects.update_or_create(board=board, person=before, defaults=as_editor)
    record(actor, "owner", board.pk, person, before=before and before.pk)
    announce_board(board.pk)


def delete_board(board: Board, actor: Actor) -> None:
    """For good. First nobody has any right to it, then it goes in pieces, then its last row.

    One SQL statement for a million transactions would hold up everybody's drawing. Where it is
    broken off, what remains is a board in nobody's trash, which can be deleted again.
    """
    _take_from_everybody(board, actor)
    for clock in range(0, _clock(board) + 1, CHUNK):
        Transaction.objects.filter(board=board, clock__gte=clock, clock__lt=clock + CHUNK).delete()
    for key in _last_keys(board):
        Element.objects.filter(board=board, key__lte=key).delete()
    Board.objects.filter(pk=board.pk).delete()


@transaction.atomic
def _take_from_everybody(board: Board, actor: Actor) -> None:
    Membership.objects.filter(board=board).delete()
    Invite.objects.filter(board=board).delete()
    Board.objects.filter(pk=board.pk).update(
        owner=None, audience=Audience.NOBODY.value, trashed=timezone.now()
    )
    record(actor, "board.delete", board.pk, elements=board.living, transactions=board.clock)
    announce_board(board.pk)


def _last_keys(board: Board) -> Iterator[str]:
    """The last key of each chunk, asked for as the ones before have gone."""
    keys = Element.objects.filter(board=board).order_by("key").values_list("key", flat=True)
    while chunk := list(keys[:CHUNK]):
        yield chunk[-1]


@transaction.atomic
def revoke_invite(invite: Invite, actor: Actor) -> None:
    """Nobody comes in by it any more, and whoever came by it is no member now."""
    if not Invite.objects.filter(pk=invite.pk, revoked=None).update(revoked=timezone.now()):
        return
    members = Membership.objects.filter(invite=invite).delete()[0]
    record(actor, "invite.revoke", invite.board_id, invite=invite.pk, members=members)
    announce_board(invite.board_id)


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
