"""What the first page and the trash show of each board, read in a fixed number of queries."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from .access import Action, Standing, may, standing
from .models import Board, Person, Visit
from .names import initials
from .rights import boards_of, rules_of_all

CARDS_PER_PAGE = 47
"""With the card for a new board an even number of rows at two, three and four in a row."""
FACES = 4
"""People shown on a card; the rest is a number."""


@dataclass(frozen=True)
class Face:
    """A person as a small round mark."""

    name: str
    initials: str
    color: str


@dataclass(frozen=True)
class Card:
    """A board in a list."""

    id: str
    title: str
    shown_title: str
    """Never empty: untitled boards are called so."""
    elements: int
    changed: datetime
    trashed: datetime | None
    faces: list[Face]
    more_people: int
    may_rename: bool
    may_trash: bool
    url: str
    document: str


def shelf_of(person: Person, query: str, page: str) -> Page[Board]:
    boards = boards_of(person)
    if query:
        boards = boards.filter(title__icontains=query)
    return Paginator(_with_people(boards), CARDS_PER_PAGE).get_page(page)


def trash_shelf_of(person: Person, boards: QuerySet[Board], page: str) -> Page[Board]:
    return Paginator(_with_people(boards), CARDS_PER_PAGE).get_page(page)


def cards(boards: Page[Board], person: Person) -> list[Card]:
    now = time.time()
    rules = rules_of_all(list(boards), person.pk)
    return [_card(board, standing(rules[board.pk], person.pk, now)) for board in boards]


def face(person: Person) -> Face:
    return Face(person.name, initials(person.name), person.color)


def shown_title(board: Board) -> str:
    return board.title or gettext("Untitled board")


def _with_people(boards: QuerySet[Board]) -> QuerySet[Board]:
    visits = Visit.objects.filter(board=OuterRef("pk")).order_by().values("board")
    count = visits.annotate(n=Count("pk")).values("n")
    recent = Visit.objects.select_related("person").order_by("-seen")[:FACES]
    return boards.annotate(people_count=Coalesce(Subquery(count), 0)).prefetch_related(
        Prefetch("visits", recent, to_attr="recent_visits")
    )


def _card(board: Board, mine: Standing | None) -> Card:
    faces = [face(visit.person) for visit in board.recent_visits]  # type: ignore[attr-defined]  # prefetched
    return Card(
        id=str(board.pk),
        title=board.title,
        shown_title=shown_title(board),
        elements=board.living,
        changed=board.changed,
        trashed=board.trashed,
        faces=faces,
        more_people=max(0, board.people_count - len(faces)),  # type: ignore[attr-defined]  # annotated
        may_rename=may(mine, Action.RENAME),
        may_trash=may(mine, Action.TRASH),
        url=reverse("board", args=[board.pk]),
        document=reverse("document", args=[board.pk]),
    )
