"""What `manage.py board` understands and says."""

from __future__ import annotations

import json
import time
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from boards.load import Everywhere
from boards.models import AuditEntry, Board

UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}

Told = dict[str, Any]


def board_of(text: str) -> Board:
    try:
        found = Board.objects.select_related("owner").filter(pk=UUID(text)).first()
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no board's id") from None
    if found is None:
        raise ArgumentTypeError(f"there is no board {text}")
    return found


def moment(text: str) -> datetime:
    """`2026-05-04 10:30`, or `10m` for ten minutes ago."""
    if text[-1:] in UNITS and text[:-1].isdecimal():
        ago = int(text[:-1]) * UNITS[text[-1]]
        return datetime.fromtimestamp(time.time() - ago, tz=timezone.get_current_timezone())
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None:
        raise ArgumentTypeError(f"{text!r} is no moment; 2026-05-04T10:30 is one, and so is 10m")
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def told_of(found: Board, everywhere: Everywhere) -> Told:
    on = everywhere.on(found.pk)
    return {
        "id": str(found.pk),
        "title": found.title,
        "owner": None if found.owner is None else {"id": found.owner.pk, "name": found.owner.name},
        "people": on.people,
        "sockets": on.sockets,
        "transactions_a_minute": on.transactions,
        "bytes_a_minute": on.transaction_bytes,
        "elements": found.living,
        "clock": found.clock,
        "bytes": found.log_bytes,
        "frozen": found.frozen,
        "trashed": found.trashed,
        "changed": found.changed,
    }


def line_of(row: Told) -> str:
    state = " frozen" * row["frozen"] + " in the trash" * bool(row["trashed"])
    owner = row["owner"]["name"] if row["owner"] else "nobody"
    return (
        f"{row['id']}  {row['people']} people  {row['elements']} elements  "
        f"{row['changed']:%Y-%m-%d %H:%M}  {owner}  {row['title']}{state}"
    )


def entry_of(entry: AuditEntry) -> Told:
    return {
        "at": f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        "by": entry.staff or str(entry.by or ""),
        "action": entry.action,
        "board": str(entry.board or ""),
        "about": str(entry.subject or ""),
        "details": json.loads(entry.details),
    }
