"""Invite links: made, followed, revoked and replaced; only a hash of a token is kept (S7)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from . import access
from .announce import announce_board
from .deeds import Actor, BoardIsFullError, DeedError, record
from .models import Board, Invite, Membership, Pen, Person
from .options import option
from .protocol import Role
from .rights import is_banned_from, rules_of

TOKEN_BYTES = 24
"""192 bits: nobody guesses one, so that a slow hash would add nothing."""
ROLES = (Role.EDITOR, Role.COMMENTER, Role.LASER, Role.VIEWER)
"""What a link may give. Owners are made by hand, one by one."""


class DeadLinkError(Exception):
    """Unknown, expired, used up, revoked, or of a board that is closed to whoever follows it."""


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def living(board: Board) -> QuerySet[Invite]:
    """Links that still let people in."""
    return _still_good(Invite.objects.filter(board=board))


def _still_good(invites: QuerySet[Invite]) -> QuerySet[Invite]:
    return invites.filter(Q(expires=None) | Q(expires__gt=timezone.now()), revoked=None)


@transaction.atomic
def make(
    board: Board,
    role: Role,
    actor: Actor,
    *,
    seconds: int | None = None,
    most_uses: int | None = None,
    label: str = "",
) -> tuple[Invite, str]:
    """A new link and its token, which is known only now."""
    if role not in ROLES:
        raise DeedError("a link makes nobody an owner")
    _make_room(board)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invite = Invite.objects.create(
        board=board,
        token_hash=hash_of(token),
        role=role.value,
        label=label,
        by=actor.person,
        expires=None if seconds is None else timezone.now() + timedelta(seconds=seconds),
        most_uses=most_uses,
    )
    record(actor, "invite.make", board.pk, role=role.value, invite=invite.pk)
    return invite, token


def _make_room(board: Board) -> None:
    """Dead links go, the oldest first; what still lets people in stays and is bounded."""
    most = option("INVITES_MAX")
    if living(board).count() >= most:
        raise BoardIsFullError(f"a board has at most {most} links")
    dead = Invite.objects.filter(board=board).exclude(pk__in=living(board)).order_by("-pk")
    Invite.objects.filter(pk__in=list(dead.values_list("pk", flat=True)[most - 1 :])).delete()


@transaction.atomic
def follow(token: str, person: Person, address: str) -> Board:
    """Makes the person a member of the link's board and counts that use, once per person."""
    # Locked: two who come at the same moment must not both be the last one.
    found = Invite.objects.select_for_update().filter(token_hash=hash_of(token))
    invite = _still_good(found).first()
    if invite is None:
        raise DeadLinkError
    board = invite.board
    kept_out = board.owner_id != person.pk and is_banned_from(board.pk, address)
    if kept_out or not _is_open_to(board, person):
        raise DeadLinkError
    if _gives_nothing(invite, board, person):
        return board
    if invite.most_uses is not None and invite.uses >= invite.most_uses:
        raise DeadLinkError
    _enter(invite, board, person)
    return board


def _is_open_to(board: Board, person: Person) -> bool:
    """Neither in the trash nor closed to somebody who is banned."""
    rules = rules_of(board, person.pk)
    as_member = access.Rules(
        owner_id=rules.owner_id,
        trashed=rules.trashed,
        members={person.pk: Role.VIEWER},
        restraints=rules.restraints,
    )
    standing = access.standing(as_member, person.pk, timezone.now().timestamp())
    return not rules.trashed and standing is not None


def _gives_nothing(invite: Invite, board: Board, person: Person) -> bool:
    """Whether they are as much already, or were given their role by hand after the link."""
    if board.owner_id == person.pk:
        return True
    member = Membership.objects.filter(board=board, person=person).first()
    if member is None:
        return False
    by_hand_since = member.invite_id is None and member.since >= invite.created
    return by_hand_since or _rank(member.role) <= _rank(invite.role)


def _rank(role: str) -> int:
    order = [one.value for one in Role]
    return order.index(role) if role in order else len(order)


def _enter(invite: Invite, board: Board, person: Person) -> None:
    members = Membership.objects.filter(board=board)
    if not members.filter(person=person).exists() and members.count() >= option("MEMBERS_MAX"):
        raise DeadLinkError
    with_role = {"role": invite.role, "invite": invite, "since": timezone.now()}
    Membership.objects.update_or_create(board=board, person=person, defaults=with_role)
    invite.uses += 1
    invite.save(update_fields=["uses"])
    record(Actor(person), "invite.follow", board.pk, person, role=invite.role, invite=invite.pk)
    announce_board(board.pk)


@transaction.atomic
def revoke(invite: Invite, actor: Actor) -> None:
    """Nobody comes in by it any more, and whoever came by it is no member any more."""
    if not Invite.objects.filter(pk=invite.pk, revoked=None).update(revoked=timezone.now()):
        return
    came = Membership.objects.filter(invite=invite)
    people = list(came.values_list("person", flat=True))
    Pen.objects.filter(board=invite.board_id, person__in=people).delete()
    came.delete()
    record(actor, "invite.revoke", invite.board_id, invite=invite.pk, members=len(people))
    announce_board(invite.board_id)


@transaction.atomic
def replace(invite: Invite, actor: Actor) -> str:
    """Another token for the same link, whose count and time begin anew; its members stay."""
    found = Invite.objects.select_for_update().filter(pk=invite.pk, revoked=None).first()
    if found is None:
        raise DeedError("a revoked link can't be replaced")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    found.token_hash = hash_of(token)
    found.expires = _again(found, timezone.now())
    found.created = timezone.now()
    found.uses = 0
    found.save(update_fields=["token_hash", "expires", "created", "uses"])
    record(actor, "invite.replace", found.board_id, invite=found.pk)
    invite.refresh_from_db()
    return token


def _again(invite: Invite, now: datetime) -> datetime | None:
    return None if invite.expires is None else now + (invite.expires - invite.created)
