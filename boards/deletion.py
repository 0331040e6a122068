"""Deletes boards for good: out of reach at once, their contents in parts that lock nothing long."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from . import announce
from .assets.sweeping import delete_some
from .deeds import Actor, record
from .models import Asset, Board, Element, Membership, Transaction

ROWS: Final = 1000
"""Deleted in one statement: some 10 ms, for which others wait on SQLite."""
PATIENCE_SECONDS: Final = 5.0
"""What a page waits for; the rest goes with the next deletion."""
CONDEMNED: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""In the trash since then, and nobody's: only what is being deleted."""


def delete_for_good(boards: Iterable[UUID], actor: Actor) -> int:
    """Deletes these boards from the trash, each with an entry in the record; returns how many."""
    doomed = [board for board in boards if _condemn(board, actor)]
    finish_deletions()
    return len(doomed)


def _condemn(board: UUID, actor: Actor) -> bool:
    """Takes the board from everybody, in one moment. Only out of the trash."""
    with transaction.atomic():
        rows = Board.objects.filter(pk=board, trashed__isnull=False).exclude(trashed=CONDEMNED)
        found = rows.select_for_update().values("living", "clock").first()
        if found is None:
            return False
        Membership.objects.filter(board=board).delete()
        # What is on its way into the log is judged again by the new version, and refused.
        Board.objects.filter(pk=board).update(
            owner=None, trashed=CONDEMNED, access_version=F("access_version") + 1
        )
        record(actor, "delete", board, elements=found["living"], transactions=found["clock"])
    return True


def finish_deletions(patience: float | None = None) -> int:
    """Deletes what condemned boards hold, and them; returns how many are left for another time."""
    until = time.monotonic() + (PATIENCE_SECONDS if patience is None else patience)
    condemned = Board.objects.filter(owner=None, trashed=CONDEMNED).order_by()
    for board in list(condemned.values_list("pk", flat=True)):
        if not _empty(board, until):
            break
        Board.objects.filter(pk=board).delete()
    announce.announce_deletion()
    return condemned.count()


def _empty(board: UUID, until: float) -> bool:
    """Whether nothing is left of its contents; at least one part of them goes each time."""
    contents: tuple[QuerySet[Any], ...] = (
        Transaction.objects.filter(board=board).order_by(),
        Element.objects.filter(board=board).order_by(),
    )
    for rows in contents:
        while rows.filter(pk__in=rows.values("pk")[:ROWS]).delete()[0]:
            if time.monotonic() > until:
                return False
    while delete_some(Asset.objects.filter(board=board)):
        if time.monotonic() > until:
            return False
    return True
