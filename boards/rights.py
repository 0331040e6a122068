"""Reads from the database what rights are judged from, for one person or for all of a board."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from . import access
from .models import Board, Membership, Pen, Person, Restraint, Visit
from .protocol import Audience, Role

PEOPLE_PER_QUERY = 500


def standing_on(board: Board, person: Person | None) -> access.Standing | None:
    """What this person is on this board now."""
    if person is None:
        return None
    return access.standing(rules_of(board, person.pk), person.pk, time.time())


def rules_of(board: Board, person: int | None = None) -> access.Rules:
    """With the rows of this person alone, or of everybody."""
    return rules_of_all([board], person)[board.pk]


def rules_of_all(boards: Sequence[Board], person: int | None = None) -> dict[UUID, access.Rules]:
    """The same for many boards in three queries."""
    which: dict[str, Any] = {} if person is None else {"person": person}
    ids = [board.pk for board in boards]
    members: defaultdict[UUID, dict[int, Role]] = defaultdict(dict)
    for board, who, role in Membership.objects.filter(board__in=ids, **which).values_list(
        "board", "person", "role"
    ):
        members[board][who] = _role(role)
    pens: defaultdict[UUID, dict[int, float | None]] = defaultdict(dict)
    for board, who, until in Pen.objects.filter(board__in=ids, **which).values_list(
        "board", "person", "until"
    ):
        pens[board][who] = None if until is None else until.timestamp()
    laid = _restraints(ids, person)
    return {
        board.pk: access.Rules(
            owner_id=board.owner_id,
            trashed=board.trashed is not None,
            frozen=board.frozen,
            own_only=board.own_only,
            audience=audience_of(board),
            members=members[board.pk],
            restraints=laid[board.pk],
            pens=pens[board.pk],
        )
        for board in boards
    }


def _restraints(
    boards: Sequence[UUID], person: int | None
) -> defaultdict[UUID, dict[int, tuple[access.Until, ...]]]:
    """Those that last; what is laid on a person everywhere counts on each of the boards."""
    rows = _lasting(Restraint.objects.filter(Q(board__in=boards) | Q(board=None)))
    rows = rows.filter(person__isnull=False) if person is None else rows.filter(person=person)
    found: defaultdict[UUID, dict[int, tuple[access.Until, ...]]] = defaultdict(dict)
    for board, who, kind, until in rows.values_list("board", "person", "kind", "until"):
        end = None if until is None else until.timestamp()
        one = access.Until(access.Restrained(kind), end)
        for where in boards if board is None else (board,):
            found[where][who] = (*found[where].get(who, ()), one)
    return found


def is_banned_from(board: UUID | None, address: str) -> bool:
    """Whether this address is kept out of the board, or of all boards (None)."""
    where = Q(board=None) if board is None else Q(board=None) | Q(board=board)
    rows = Restraint.objects.filter(where, address=address, kind=Restraint.BAN)
    return _lasting(rows).exists()


def _lasting(rows: QuerySet[Restraint]) -> QuerySet[Restraint]:
    return rows.filter(Q(until=None) | Q(until__gt=timezone.now()))


def audience_of(board: Board) -> Audience:
    """Nobody where a newer version has written what this one doesn't know."""
    return Audience(board.audience) if board.audience in set(Audience) else Audience.NOBODY


def _role(role: str) -> Role:
    return Role(role) if role in set(Role) else Role.VIEWER


# -- lists -----------------------------------------------------------------------------------------


def boards_of(person: Person) -> QuerySet[Board]:
    """The boards a person sees in lists, without the trash: own ones, those they are a member of,
    and visited ones that are still open to them."""
    kept_out = _lasting(Restraint.objects.filter(person=person, kind=Restraint.BAN))
    banned = set(kept_out.values_list("board", flat=True))
    mine = Board.objects.filter(owner=person).order_by().values("pk")
    if None in banned:
        return Board.objects.filter(pk__in=mine, trashed=None).order_by("-changed")
    joined = Membership.objects.filter(person=person).exclude(board__in=banned)
    visited = Visit.objects.filter(person=person).exclude(board__in=banned)
    visited = visited.exclude(board__audience=Audience.NOBODY.value)
    # A union of three short lists, each read from an index. With OR all boards there are would be
    # looked at: with 1,000 of 10,000 boards that takes five times as long.
    known = mine.union(joined.values("board"), visited.values("board"))
    return Board.objects.filter(pk__in=known, trashed=None).order_by("-changed")


def trash_of(person: Person) -> QuerySet[Board]:
    """What its owners have thrown away."""
    owned = Membership.objects.filter(person=person, role=Role.OWNER.value).values("board")
    return Board.objects.filter(Q(owner=person) | Q(pk__in=owned), trashed__isnull=False).order_by(
        "-trashed"
    )


def people_among(ids: Iterable[int]) -> dict[int, Person]:
    """People by number."""
    asked = sorted(set(ids))
    found: dict[int, Person] = {}
    for start in range(0, len(asked), PEOPLE_PER_QUERY):
        for person in Person.objects.filter(pk__in=asked[start : start + PEOPLE_PER_QUERY]):
            found[person.pk] = person
    return found
