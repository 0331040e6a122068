"""Whose a board is, when its owner leaves, goes, or can't be reached any more.

An owner who goes is followed by the eldest other owner, else the eldest editor with an account,
else the eldest editor. Where there is none of them the board goes with its owner's account.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from .announce import announce_board
from .deeds import Actor, DeedError, record
from .models import Board, Membership, Pen, Person, Visit
from .options import option
from .protocol import Role


@transaction.atomic
def hand_over(board: Board, person: Person, *, by: Actor, keep: Role | None = Role.EDITOR) -> None:
    """The board is this person's from now on; who had it stays a member, unless `keep` is None."""
    locked = Board.objects.select_for_update().get(pk=board.pk)
    before = locked.owner_id
    if before == person.pk:
        return
    # Only this column: the writer moves the board's clock at the same time.
    Board.objects.filter(pk=board.pk).update(owner=person)
    board.owner = person
    Membership.objects.filter(board=board, person=person).delete()
    Visit.objects.get_or_create(board=board, person=person)
    if before is not None and keep is not None:
        as_member = {"role": keep.value, "invite": None}
        Membership.objects.update_or_create(board=board, person_id=before, defaults=as_member)
    record(by, "owner", board.pk, person, before=before)
    announce_board(board.pk)


@transaction.atomic
def leave(board: Board, person: Person) -> Person | None:
    """A member goes, or the owner does and somebody follows; returns the owner who has followed.

    Raises DeedError where the owner is the last who could have it: that board they can only
    throw away.
    """
    actor = Actor(person)
    heir = None
    if board.owner_id == person.pk:
        heir = heir_of(board)
        if heir is None:
            raise DeedError("nobody else on this board could own it")
        hand_over(board, heir, by=actor, keep=None)
    left, _models = Membership.objects.filter(board=board, person=person).delete()
    Pen.objects.filter(board=board, person=person).delete()
    Visit.objects.filter(board=board, person=person).delete()
    if left or heir is not None:
        record(actor, "member.leave", board.pk, person)
        announce_board(board.pk)
    return heir


def heir_of(board: Board) -> Person | None:
    members = Membership.objects.filter(board=board).exclude(person=board.owner_id)
    eldest = members.select_related("person").order_by("since", "pk")
    editors = eldest.filter(role=Role.EDITOR.value)
    for candidates in (
        eldest.filter(role=Role.OWNER.value),
        editors.exclude(person__user=None),
        editors,
    ):
        found = candidates.first()
        if found is not None:
            return found.person
    return None


# -- boards whose owner nobody can reach -----------------------------------------------------------


def adopt(board: Board, person: Person) -> None:
    """A member with an account takes over what a guest has left behind."""
    if not may_adopt(board, person):
        raise DeedError("this board is not left behind, or the person is no member with an account")
    hand_over(board, person, by=Actor(person))


def may_adopt(board: Board, person: Person) -> bool:
    """Whether this member may take the board over: its guest has lost the cookie, it seems."""
    if person.user_id is None or board.owner_id == person.pk:
        return False
    if not Membership.objects.filter(board=board, person=person).exists():
        return False
    return board.owner is None or _is_out_of_reach(board.owner)


def adoptable_by(person: Person) -> QuerySet[Board]:
    """Boards that this member might take over; `may_adopt` decides."""
    joined = Membership.objects.filter(person=person).values("board")
    return Board.objects.filter(pk__in=joined, owner__user=None, trashed=None).select_related(
        "owner"
    )


def _is_out_of_reach(owner: Person) -> bool:
    if owner.user_id is not None:
        return False
    days: int = option("ORPHAN_DAYS")
    return last_seen(owner) < timezone.now().date() - timedelta(days=days)


def last_seen(person: Person) -> date:
    """By day; of people from before days were kept, when they last opened a board."""
    if person.seen is not None:
        return person.seen
    visited = Visit.objects.filter(person=person).aggregate(last=Max("seen"))["last"]
    last: datetime = max(filter(None, (person.created, visited)))
    return last.date()
