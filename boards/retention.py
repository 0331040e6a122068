"""Retention timers: what is deleted by itself when its time has come (options RETENTION_…_DAYS)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from .announce import announce_board
from .assets.sweeping import sweep
from .deeds import Actor, record
from .deletion import delete_for_good
from .models import AuditEntry, Board, Comment, Element, Person, Transaction, Visit
from .options import option

BATCH: Final = 500
"""Rows deleted in one statement: nobody who draws waits long for the lock."""
BY: Final = Actor(staff="manage.py")


def prune(*, dry_run: bool = False) -> dict[str, int]:
    """Carries out all timers; returns how much of what there was."""
    done: dict[str, int] = {}
    for name, timer in TIMERS.items():
        days: int = option(f"RETENTION_{name.upper()}_DAYS")
        if days:
            before = timezone.now() - timedelta(days=days)
            done[name] = timer(before, dry_run)
    done["sessions"] = _expired_sessions(dry_run)
    done["contents"] = sweep(dry_run=dry_run)
    return done


def _idle_guests(before: datetime, dry_run: bool) -> int:
    """Who owns, has drawn and has said nothing; the day kept, or else the last visit, decides."""
    mine = OuterRef("pk")
    visited = Visit.objects.filter(person=mine, seen__gte=before)
    unseen = Q(seen__lt=before.date()) | Q(seen=None) & ~Exists(visited)
    idle = Person.objects.filter(unseen, user=None, created__lt=before).exclude(
        Exists(Board.objects.filter(owner=mine))
        | Exists(Element.objects.filter(author=mine))
        | Exists(Transaction.objects.filter(author=mine))
        | Exists(Comment.objects.filter(author=mine))
    )
    return _delete(idle, dry_run)


def _trash(before: datetime, dry_run: bool) -> int:
    count = 0
    for board in _in_batches(Board.objects.filter(trashed__lt=before), dry_run):
        if not dry_run:
            delete_for_good([board.pk], BY)
        count += 1
    return count


def _guest_boards(before: datetime, dry_run: bool) -> int:
    """To the trash; not where somebody with an account might take the board over."""
    left = Board.objects.filter(owner__user=None, trashed=None, changed__lt=before)
    count = 0
    for board in _in_batches(left.exclude(memberships__person__user__isnull=False), dry_run):
        if not dry_run:
            Board.objects.filter(pk=board.pk).update(trashed=timezone.now())
            record(BY, "trash", board.pk)
            announce_board(board.pk)
        count += 1
    return count


def _audit(before: datetime, dry_run: bool) -> int:
    return _delete(AuditEntry.objects.filter(at__lt=before), dry_run)


TIMERS: Final[dict[str, Callable[[datetime, bool], int]]] = {
    # Boards first: who has none any more may be forgotten, too.
    "guest_boards": _guest_boards,
    "trash": _trash,
    "idle_guests": _idle_guests,
    "audit": _audit,
}


def _expired_sessions(dry_run: bool) -> int:
    """Those that nobody can use any more; only the database keeps them until somebody clears up."""
    if settings.SESSION_ENGINE != "django.contrib.sessions.backends.db":
        return 0
    from django.contrib.sessions.models import Session

    return _delete(Session.objects.filter(expire_date__lt=timezone.now()), dry_run)


def _delete(rows: QuerySet[Any], dry_run: bool) -> int:
    if dry_run:
        return rows.count()
    count = 0
    while part := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._default_manager.filter(pk__in=part).delete()
        count += len(part)
    return count


def _in_batches(boards: QuerySet[Board], dry_run: bool) -> Iterator[Board]:
    """One by one; those done are out of the query, those only counted are passed by."""
    after = 0
    while part := list(boards.order_by("pk")[after : after + BATCH]):
        yield from part
        after += len(part) if dry_run else 0
