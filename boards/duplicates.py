"""Copies of boards: the elements as they are now, drawn again by whoever copies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import msgspec
from django.utils import timezone
from django.utils.translation import gettext

from . import store
from .assets.copying import copy_assets
from .deeds import Actor
from .deletion import delete_for_good
from .models import TITLE_LENGTH, Board, Person, Visit, new_transaction_id
from .options import option
from .protocol import CHANGES_PER_TRANSACTION, Put

BYTES: Final = 48 * 1024
"""Of a transaction, which readers take whole."""
BATCH: Final = 16
"""Transactions committed at once."""

_encode: Final = msgspec.json.Encoder().encode


def duplicate(board: Board, person: Person) -> Board:
    """A new board of this person's with all that is on the other one, in the same folder.

    It waits in the trash until it is whole: a copy of which a part is missing must not look like
    one.
    """
    snapshot = store.document(board.pk)
    elements = {} if snapshot is None else store.living_of(snapshot.body)
    copy = Board.objects.create(
        owner=person,
        title=title_of_copy(board.title),
        paper=board.paper,
        audience=option("MEMBER_BOARD_AUDIENCE" if person.user_id else "GUEST_BOARD_AUDIENCE"),
        trashed=timezone.now(),
    )
    try:
        copy_assets(board.pk, copy.pk, person.pk)
        draw(copy, person.pk, elements)
    except BaseException:
        delete_for_good([copy.pk], Actor(person))
        raise
    visit = Visit.objects.filter(board=board, person=person).first()
    folder = None if visit is None else visit.folder
    Visit.objects.create(board=copy, person=person, folder=folder)
    Board.objects.filter(pk=copy.pk).update(trashed=None)
    copy.refresh_from_db()
    return copy


def title_of_copy(title: str) -> str:
    """Untitled stays untitled; a long title is cut, so that it is still seen to be a copy."""
    if not title:
        return ""
    room = TITLE_LENGTH - len(gettext("%(title)s (copy)") % {"title": ""})
    return gettext("%(title)s (copy)") % {"title": title[:room].rstrip()}


def draw(copy: Board, person: int | None, elements: dict[str, dict[str, Any]]) -> None:
    """Takes them out of `elements`."""
    transactions = _transactions(elements)
    while batch := list(islice(transactions, BATCH)):
        outcomes = store.commit(
            [
                store.Submission(
                    board=copy.pk,
                    person=person,
                    uid=new_transaction_id(),
                    changes=changes,
                    access_version=copy.access_version,
                )
                for changes in batch
            ]
        )
        for outcome in outcomes:
            if not isinstance(outcome, store.Committed):
                raise ValueError(f"the copy refused a transaction: {outcome}")


def _transactions(elements: dict[str, dict[str, Any]]) -> Iterator[list[Put]]:
    """As many elements in each as a transaction holds. Each is taken out of `elements`."""
    changes: list[Put] = []
    size = 0
    while elements:
        key, element = elements.popitem()
        # Whoever copies has drawn it: who drew the original isn't on this board.
        element.pop("author", None)
        put = Put(key, element)
        weight = len(_encode(put))
        if changes and (size + weight > BYTES or len(changes) == CHANGES_PER_TRANSACTION):
            yield changes
            changes, size = [], 0
        changes.append(put)
        size += weight
    if changes:
        yield changes
