"""The only place that answers who may do what on a board."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from django.db.models import Q, QuerySet

from .models import Board, Person
from .protocol import Role


class Action(StrEnum):
    """What rights are asked for."""

    SEE = "see"
    DRAW = "draw"
    DRAW_FROZEN = "draw_frozen"
    RENAME = "rename"
    SET_PAPER = "set_paper"
    TRASH = "trash"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.EDITOR: frozenset({Action.SEE, Action.DRAW, Action.RENAME, Action.SET_PAPER}),
    Role.VIEWER: frozenset({Action.SEE}),
}


class HasRights(Protocol):
    """What rights are judged from: a `Board`, or the head of one that the store has read."""

    @property
    def owner_id(self) -> int | None: ...

    @property
    def trashed(self) -> object: ...


def role_on(board: HasRights, person: Person | None) -> Role | None:
    """The person's role; None where they may not even know of the board."""
    return None if person is None else role_of(board, person.pk)


def role_of(board: HasRights, person: int) -> Role | None:
    """The role of the person with this number.

    For now whoever has a board's address may draw on it; in the trash it is its owner's alone.
    """
    if board.owner_id == person:
        return Role.OWNER
    if board.trashed:
        return None
    return Role.EDITOR


def may(role: Role | None, action: Action) -> bool:
    return role is not None and action in ALLOWED[role]


def boards_of(person: Person) -> QuerySet[Board]:
    """The boards a person sees in lists: own ones and visited ones, without the trash."""
    return (
        Board.objects.filter(Q(owner=person) | Q(visits__person=person), trashed=None)
        .distinct()
        .order_by("-changed")
    )


def trash_of(person: Person) -> QuerySet[Board]:
    return Board.objects.filter(owner=person, trashed__isnull=False).order_by("-trashed")
