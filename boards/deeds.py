"""What is done about people and boards, whoever does it: page, admin or `manage.py`.

Each deed writes the database, leaves an entry in the audit log in the same SQL transaction, and
tells the open boards of all processes. Whether somebody may is asked before, of `access`.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import processes
from .announce import announce_access, announce_board
from .models import AuditEntry, Board, Membership, Pen, Person, Restraint
from .options import option
from .protocol import Audience, Role


class DeedError(ValueError):
    """It can't be done; the text says why and is for logs, not for pages."""


class OwnerStandsError(DeedError):
    """The board's owner can't be acted upon."""


class BoardIsFullError(DeedError):
    """As many members or links as a board can have."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it: a person on the board, or staff by user name, or `manage.py`."""

    person: Person | None = None
    staff: str = ""


def record(
    actor: Actor,
    action: str,
    board: uuid.UUID | None = None,
    subject: Person | None = None,
    **details: Any,
) -> AuditEntry:
    """An entry in the audit log; details never hold tokens, addresses or what was drawn."""
    return AuditEntry.objects.create(
        action=action,
        board=board,
        by=actor.person,
        staff=actor.staff[:150],
        subject=subject,
        details=json.dumps(details, ensure_ascii=False, default=str),
    )


# -- the board -------------------------------------------------------------------------------------


def freeze(board: Board, actor: Actor, *, frozen: bool) -> None:
    """Only owners and those who hold the pen draw on a frozen board."""
    _change(board, actor, "freeze" if frozen else "unfreeze", frozen=frozen)


def set_own_only(board: Board, actor: Actor, *, own_only: bool) -> None:
    """People change only what they drew; owners change everything."""
    _change(board, actor, "own_only", own_only=own_only)


def set_audience(board: Board, actor: Actor, audience: Audience) -> None:
    """What whoever has the address may do."""
    _change(board, actor, "audience", audience=audience.value)


@transaction.atomic
def _change(board: Board, actor: Actor, action: str, **columns: Any) -> None:
    # Only these columns: the writer moves the board's clock at the same time.
    changed = Board.objects.filter(pk=board.pk).exclude(**columns).update(**columns)
    if changed:
        record(actor, action, board.pk, **columns)
        announce_board(board.pk)


# -- the pen ---------------------------------------------------------------------------------------


@transaction.atomic
def give_pen(board: Board, person: Person, actor: Actor, *, seconds: int | None = None) -> None:
    """For a while, or until it is taken back."""
    until = None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    given = {"by": actor.person, "given": timezone.now(), "until": until}
    Pen.objects.update_or_create(board=board, person=person, defaults=given)
    record(actor, "pen.give", board.pk, person, seconds=seconds)
    announce_board(board.pk)


@transaction.atomic
def take_pen(board: Board, actor: Actor, person: Person | None = None) -> None:
    """One person's, or everybody's."""
    pens = Pen.objects.filter(board=board)
    if person is not None:
        pens = pens.filter(person=person)
    if pens.delete()[0]:
        record(actor, "pen.take", board.pk, person)
        announce_board(board.pk)


# -- people on a board -----------------------------------------------------------------------------


@transaction.atomic
def set_role(board: Board, person: Person, role: Role, actor: Actor) -> None:
    """Makes the person a member with this role; the owner stays what they are."""
    _is_not_the_owner(board, person)
    members = Membership.objects.filter(board=board)
    if not members.filter(person=person).exists() and members.count() >= option("MEMBERS_MAX"):
        raise BoardIsFullError(f"a board has at most {option('MEMBERS_MAX')} members")
    # By hand now: revoking the link that they came by doesn't end it, nor does that link undo it.
    with_role = {"role": role.value, "invite": None, "since": timezone.now()}
    Membership.objects.update_or_create(board=board, person=person, defaults=with_role)
    record(actor, "role", board.pk, person, role=role.value)
    announce_board(board.pk)


@transaction.atomic
def remove_member(board: Board, person: Person, actor: Actor) -> None:
    """What the board's audience may do remains; to keep somebody out, ban them."""
    if Membership.objects.filter(board=board, person=person).delete()[0]:
        Pen.objects.filter(board=board, person=person).delete()
        record(actor, "member.remove", board.pk, person)
        announce_board(board.pk)


@transaction.atomic
def leave(board: Board, actor: Actor) -> None:
    """Somebody is no member any more, by their own will."""
    person = actor.person
    if person is None or board.owner_id == person.pk:
        raise OwnerStandsError("the board's owner can't leave it")
    if Membership.objects.filter(board=board, person=person).delete()[0]:
        Pen.objects.filter(board=board, person=person).delete()
        record(actor, "member.leave", board.pk, person)
        announce_board(board.pk)


def kick(board: Board, person: Person, actor: Actor) -> None:
    """Puts somebody out at once; they may come back after a minute."""
    _restrain(board, person, actor, Restraint.BAN, "kick", option("KICK_SECONDS"))


def mute(board: Board, person: Person, actor: Actor, *, seconds: int | None = None) -> None:
    """They see everything, and change, say and show nothing."""
    _restrain(board, person, actor, Restraint.MUTE, "mute", seconds)


def ban(
    board: Board,
    person: Person,
    actor: Actor,
    *,
    seconds: int | None = None,
    reason: str = "",
    also_address: bool = False,
) -> None:
    """Keeps a person out, and if asked for whoever comes from where they are connected from now."""
    addresses = processes.addresses_of(board.pk, person.pk) if also_address else set()
    _restrain(board, person, actor, Restraint.BAN, "ban", seconds, reason, addresses)


@transaction.atomic
def ban_everywhere(
    actor: Actor,
    *,
    person: Person | None = None,
    address: str = "",
    seconds: int | None = None,
    reason: str = "",
) -> Restraint:
    """From all boards: a person, an address, or both."""
    if person is None and not address:
        raise DeedError("a ban is of a person, of an address, or of both")
    laid = Restraint.objects.create(
        board=None,
        kind=Restraint.BAN,
        person=person,
        address=address,
        by=actor.person,
        reason=reason,
        until=_end(seconds),
    )
    record(actor, "ban", None, person, seconds=seconds, by_address=bool(address))
    if person is not None:
        # Their sockets close; where they knock again they are not let in.
        announce_access(person.pk)
    return laid


@transaction.atomic
def lift(restraint: Restraint, actor: Actor) -> None:
    """Ends a ban or a mute."""
    record(actor, f"{restraint.kind}.lift", restraint.board_id, restraint.person)
    board = restraint.board_id
    restraint.delete()
    if board is not None:
        announce_board(board)


def lift_from(board: Board, person: Person, kind: str, actor: Actor) -> None:
    """Everything of this kind that was laid on the person on this board, with its addresses."""
    laid = Restraint.objects.filter(board=board, kind=kind)
    for restraint in laid.filter(person=person):
        lift(restraint, actor)


@transaction.atomic
def _restrain(
    board: Board,
    person: Person,
    actor: Actor,
    kind: str,
    action: str,
    seconds: int | None,
    reason: str = "",
    addresses: AbstractSet[str] = frozenset(),
) -> None:
    _is_not_the_owner(board, person)
    for address in addresses or {""}:
        Restraint.objects.create(
            board=board,
            kind=kind,
            person=person,
            address=address,
            by=actor.person,
            reason=reason,
            until=_end(seconds),
        )
    if kind == Restraint.BAN:
        Pen.objects.filter(board=board, person=person).delete()
    record(actor, action, board.pk, person, seconds=seconds, by_address=bool(addresses))
    announce_board(board.pk)


def _end(seconds: int | None) -> datetime | None:
    return None if seconds is None else timezone.now() + timedelta(seconds=seconds)


def _is_not_the_owner(board: Board, person: Person) -> None:
    if board.owner_id == person.pk:
        raise OwnerStandsError("the board's owner can't be put out, silenced or changed")
