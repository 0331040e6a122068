"""Takes away what no board needs any more: contents, and files that a crash has left over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from boards.models import Asset, Blob, Element

from .keeping import delete_files
from .storage import is_older, name_of_whole, storage

BATCH: Final = 200
GRACE: Final = timedelta(days=1)
"""A file without a row is younger while its upload is under way; an hour would do, but the clocks
of several machines may differ."""


def delete_assets(assets: QuerySet[Asset]) -> int:
    """Takes these from their boards, some at a time, and with them what nothing else shows."""
    count = 0
    while deleted := delete_some(assets):
        count += deleted
    return count


def delete_some(assets: QuerySet[Asset]) -> int:
    part = list(assets.order_by("pk").values_list("pk", "blob")[:BATCH])
    Asset.objects.filter(pk__in=[pk for pk, _ in part]).delete()
    sweep_contents({blob for _, blob in part})
    return len(part)


def sweep_contents(blobs: Iterable[int]) -> int:
    """Deletes those of these that are on no board, and then their files."""
    return sum(_sweep_content(blob) for blob in sorted(blobs))


def _sweep_content(blob: int) -> bool:
    with transaction.atomic():
        # Locked first: who just now places the same content waits, and then stores it anew.
        found = Blob.objects.select_for_update().filter(pk=blob).first()
        if found is None or Asset.objects.filter(blob=blob).exists():
            return False
        found.delete()
        stored = found.stored
        # A row without its file would show nothing; a file without its row is swept later.
        transaction.on_commit(lambda: delete_files(stored))
    return True


# -- all there is ----------------------------------------------------------------------------------


def sweep(*, dry_run: bool) -> int:
    """Contents on no board, and old files of no content; returns how many."""
    unused = Blob.objects.exclude(Exists(Asset.objects.filter(blob=OuterRef("pk"))))
    if dry_run:
        return unused.count() + len(_leftovers())
    count = 0
    for blob in list(unused.values_list("pk", flat=True)):
        count += _sweep_content(blob)
    for name in _leftovers():
        storage().delete(name)
        count += 1
    return count


def lost_files() -> int:
    """Contents whose file isn't where it should be."""
    names = set(_stored_names())
    stored = Blob.objects.values_list("stored", flat=True)
    return sum(name not in names for name in stored.iterator())


def _stored_names() -> list[str]:
    """Of the whole storage; one on disk has no folder before the first file."""
    try:
        return storage().listdir("")[1]
    except FileNotFoundError:
        return []


def _leftovers() -> list[str]:
    names = _stored_names()
    old = [name for name in names if is_older(name, GRACE)]
    wholes = {name_of_whole(name) for name in old}
    known: set[str] = set()
    for start in range(0, len(wholes), BATCH):
        asked = sorted(wholes)[start : start + BATCH]
        known.update(Blob.objects.filter(stored__in=asked).values_list("stored", flat=True))
    return [name for name in old if name_of_whole(name) not in known]


# -- what one person leaves ------------------------------------------------------------------------


def erase_assets(board: UUID, person: int, shown: AbstractSet[str]) -> int:
    """What the person brought, and what only elements of theirs have `shown`; what others' elements
    show stays, and is nobody's (R17)."""
    assets = Asset.objects.filter(board=board)
    candidates = shown | set(assets.filter(person=person).values_list("key", flat=True))
    if not candidates:
        return 0
    gone = candidates - named_in(Element.objects.filter(board=board))
    assets.filter(person=person).exclude(key__in=gone).update(person=None)
    return delete_assets(assets.filter(key__in=gone))


def boards_with_assets_of(person: int) -> set[UUID]:
    return set(Asset.objects.filter(person=person).order_by().values_list("board", flat=True))


def named_in(elements: QuerySet[Element]) -> set[str]:
    """The ids that these elements show, removed ones too: they may be taken back."""
    showing = elements.filter(Q(body__contains='"asset":') | Q(body__contains='"source":'))
    found: set[str] = set()
    for body in showing.values_list("body", flat=True).iterator():
        found.update(_named(body))
    return found


_named: Final = re.compile(r'"(?:asset|source)":"([A-Za-z0-9_-]{22})[#"]').findall
