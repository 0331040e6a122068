"""What the first page and the trash show of each board, read in a fixed number of queries."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext

from boards.access import Action, Standing, may, standing
from boards.models import Board, Person, Visit
from boards.names import initials
from boards.rights import rules_of_all

from .snippets import Snippet

CARDS_PER_PAGE = 35
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
    clock: int
    """Of the board as its picture should show it."""
    snippet: Snippet | None


def page_of(boards: QuerySet[Board], page: str) -> Page[Board]:
    return Paginator(_with_people(boards), CARDS_PER_PAGE).get_page(page)


def cards(
    boards: Page[Board], person: Person, snippets: Mapping[UUID, Snippet] | None = None
) -> list[Card]:
    now = time.time()
    rules = rules_of_all(list(boards), person.pk)
    found = snippets or {}
    return [
        _card(board, standing(rules[board.pk], person.pk, now), found.get(board.pk))
        for board in boards
    ]


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


def _card(board: Board, mine: Standing | None, snippet: Snippet | None) -> Card:
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
        clock=board.clock,
        snippet=snippet,
    )
