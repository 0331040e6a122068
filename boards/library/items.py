"""Items of a person's library: checked as elements of a board are, counted, kept.

Pictures stay with the board that an item comes from, which it remembers: whoever places it asks
for them by `assets/from`. Where that board can't be seen any more, the picture is missing.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Final

import msgspec
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Length
from msgspec import Meta, Struct

from boards.elements import PAGE, Refusal, check_change
from boards.models import LIBRARY_NAME_LENGTH, LibraryItem, Person
from boards.names import clean_line
from boards.options import option
from boards.protocol import CHANGES_PER_TRANSACTION, ElementKey, PropertyName, Put, Scalar

ItemKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]
Name = Annotated[str, Meta(max_length=4 * LIBRARY_NAME_LENGTH)]
OWN_KEY: Final = "key"
"""By which elements of the item name each other; placed, they get new ones."""
UNNAMED: Final = "unnamed0"

_key: Final = msgspec.json.Decoder(ElementKey).decode
_encode: Final = msgspec.json.Encoder().encode


class NewItem(Struct, frozen=True, forbid_unknown_fields=True):
    """What is put aside."""

    key: ItemKey
    elements: Annotated[
        list[dict[PropertyName, Scalar]], Meta(min_length=1, max_length=CHANGES_PER_TRANSACTION)
    ]
    name: Name = ""
    board: uuid.UUID | None = None
    """Where its pictures are."""


class NewName(Struct, frozen=True, forbid_unknown_fields=True):
    name: Name


class ItemRefusedError(Exception):
    """It is not kept; the code has a sentence on the page."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


def items_of(person: Person) -> QuerySet[LibraryItem]:
    return LibraryItem.objects.filter(person=person)


def told(item: LibraryItem) -> dict[str, Any]:
    return {"key": item.key, "name": item.name, **msgspec.json.decode(item.body)}


def put_aside(person: Person, given: NewItem) -> LibraryItem:
    """The same once more adds nothing; another content under its key is refused."""
    for element in given.elements:
        _check(element)
    body: dict[str, Any] = {"elements": given.elements}
    if given.board is not None:
        body["board"] = str(given.board)
    text = _encode(body).decode()
    if len(text.encode()) > option("LIBRARY_ITEM_BYTES_MAX"):
        raise ItemRefusedError("too_big", 413)
    with transaction.atomic():
        # One after the other: each counts those before it.
        Person.objects.select_for_update().get(pk=person.pk)
        there = items_of(person).filter(key=given.key).first()
        if there is not None:
            if there.body != text:
                raise ItemRefusedError("key", 409)
            return there
        _check_room(person, len(text))
        name = clean_line(given.name, LIBRARY_NAME_LENGTH)
        return LibraryItem.objects.create(person=person, key=given.key, name=name, body=text)


def _check(element: dict[str, Any]) -> None:
    properties = dict(element)
    own = properties.pop(OWN_KEY, UNNAMED)
    try:
        _key(_encode(own))
        check_change(Put(str(own), properties))
    except (msgspec.MsgspecError, Refusal) as error:
        raise ItemRefusedError("elements") from error
    if properties["kind"] == PAGE:
        raise ItemRefusedError("elements")


def _check_room(person: Person, size: int) -> None:
    there = items_of(person).aggregate(items=Count("pk"), bytes=Sum(Length("body")))
    if there["items"] >= option("LIBRARY_ITEMS_MAX"):
        raise ItemRefusedError("full", 409)
    if (there["bytes"] or 0) + size > option("LIBRARY_BYTES_MAX"):
        raise ItemRefusedError("full", 409)
