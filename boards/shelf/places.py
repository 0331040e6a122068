"""Which boards are looked at, in which order; read from an address and written into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from boards.models import Board, Folder, Membership, Person
from boards.protocol import Role
from boards.rights import boards_of

WORDS_MAX: Final = 100


class Show(StrEnum):
    """A part of a person's boards; its value stands in the address."""

    ALL = "all"
    RECENT = "recent"
    MINE = "mine"
    SHARED = "shared"


class Sort(StrEnum):
    """An order of the list; its value stands in the address."""

    CHANGED = "changed"
    TITLE = "title"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is among their boards."""

    show: Show = Show.ALL
    folder: Folder | None = None
    sort: Sort = Sort.CHANGED
    words: str = ""
    """What is searched for, which is everywhere."""

    def address(self) -> str:
        """Of its first page; what is as usual isn't said."""
        fields: dict[str, object] = {}
        if self.folder is not None:
            fields["folder"] = self.folder.pk
        elif self.show is not Show.ALL:
            fields["show"] = self.show.value
        if self.words:
            fields["q"] = self.words
        if self.sort is not Sort.CHANGED:
            fields["sort"] = self.sort.value
        return reverse("home") + (f"?{urlencode(fields)}" if fields else "")

    def shown(self, show: Show) -> Place:
        return replace(self, show=show, folder=None, words="")

    def inside(self, folder: Folder) -> Place:
        return replace(self, show=Show.ALL, folder=folder, words="")

    def sorted_by(self, sort: Sort) -> Place:
        return replace(self, sort=sort)


def place_in(fields: Mapping[str, str], folders: list[Folder]) -> Place:
    """What can't be read, or is a folder of somebody else's, is as usual."""
    words = " ".join(fields.get("q", "").replace("\0", " ").split())[:WORDS_MAX]
    sort = fields.get("sort", "")
    found = Place(sort=Sort(sort) if sort in set(Sort) else Sort.CHANGED, words=words)
    if words:
        return found
    inside = next((one for one in folders if str(one.pk) == fields.get("folder")), None)
    if inside is not None:
        return found.inside(inside)
    show = fields.get("show", "")
    return found.shown(Show(show)) if show in set(Show) else found


def boards_in(place: Place, person: Person) -> QuerySet[Board]:
    """In its order, but for the search."""
    boards = boards_of(person)
    if place.folder is not None:
        boards = boards.filter(visits__person=person, visits__folder=place.folder)
    match place.show:
        case Show.RECENT:
            return boards.filter(visits__person=person).order_by("-visits__seen")
        case Show.MINE:
            boards = boards.filter(pk__in=_owned(person))
        case Show.SHARED:
            boards = boards.exclude(pk__in=_owned(person))
        case Show.ALL:
            pass
    return boards.order_by(*ORDERS[place.sort])


def _owned(person: Person) -> QuerySet[Board, Any]:
    own = Board.objects.filter(owner=person).order_by().values("pk")
    joint = Membership.objects.filter(person=person, role=Role.OWNER.value)
    return own.union(joint.values("board"))


ORDERS: Final[Mapping[Sort, tuple[str | Lower, ...]]] = {
    Sort.CHANGED: ("-changed", "pk"),
    # Untitled boards come first: whoever sorts by titles is about to name them.
    Sort.TITLE: (Lower("title"), "-changed"),
    Sort.CREATED: ("-created", "pk"),
}
