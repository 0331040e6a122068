"""One board: who is on it now, its members, links, pens and bans."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from boards import processes
from boards.models import (
    REASON_LENGTH,
    ROLE_NAMES,
    AuditEntry,
    Board,
    Invite,
    Membership,
    Pen,
    Report,
    Restraint,
)
from boards.rights import people_among
from boards.thumbnails.keeper import picture_of
from boards.thumbnails.palette import Theme

from .durations import DURATIONS
from .pages import number

if TYPE_CHECKING:
    from .boards import BoardAdmin

ROWS_SHOWN: Final = 50
ENTRIES_SHOWN: Final = 10
PNG: Final = "image/png"


def about(board: Board) -> dict[str, Any]:
    """What the page shows besides the fields, in eight queries."""
    lasting = Q(until=None) | Q(until__gt=timezone.now())
    restraints = Restraint.objects.filter(lasting, board=board)
    return {
        "board_id": board.pk,
        "now": told_now(board),
        "members": _some(Membership.objects.filter(board=board).select_related("person")),
        "invites": _some(Invite.objects.filter(board=board).defer("token_hash"), "-pk"),
        "pens": _some(Pen.objects.filter(lasting, board=board).select_related("person")),
        "restraints": _some(restraints.select_related("person", "by"), "-pk"),
        "reports": _some(Report.objects.filter(board=board, settled=None).select_related("by")),
        "entries": AuditEntry.objects.filter(board=board.pk)
        .select_related("by", "subject")
        .order_by("-pk")[:ENTRIES_SHOWN],
        "durations": DURATIONS,
        "roles": ROLE_NAMES[1:],
        "reason_length": REASON_LENGTH,
        "is_frozen": board.frozen,
        "is_trashed": board.trashed is not None,
    }


def _some(rows: QuerySet[Any], order: str = "pk") -> QuerySet[Any]:
    return rows.order_by(order)[:ROWS_SHOWN]


def told_now(board: Board) -> dict[str, Any]:
    """Numbers and people as text, for the page and for the script that refreshes them."""
    on = processes.everywhere().on(board.pk)
    people = people_among(one.person for one in on.connections)
    since: dict[int, int] = {}
    counts: dict[int, int] = {}
    for one in on.connections:
        since[one.person] = min(one.since, since.get(one.person, one.since))
        counts[one.person] = counts.get(one.person, 0) + 1
    return {
        "numbers": {
            "people": number(on.people),
            "sockets": number(on.sockets),
            "transactions": number(on.transactions),
            "bytes": filesizeformat(on.transaction_bytes),
        },
        "lists": {
            "here": [
                {
                    "person": one,
                    "name": str(people.get(one, "?")),
                    "link": reverse("admin:boards_person_change", args=[one]),
                    "sockets": number(counts[one]),
                    "since": _minutes(since[one]),
                    "is_owner": gettext("Owner") if one == board.owner_id else "",
                }
                for one in sorted(since, key=lambda one: since[one])
            ]
        },
    }


def _minutes(since: int) -> str:
    minutes = max(0, int(time.time() - since / 1000) // 60)
    return gettext("%(minutes)d min") % {"minutes": minutes}


def now(site: BoardAdmin, request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    return JsonResponse(told_now(get_object_or_404(Board, pk=board_id)))


def thumbnail(site: BoardAdmin, request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    """For staff, who may not be on the board themselves."""
    board = get_object_or_404(Board, pk=board_id)
    theme: Theme = "dark" if request.GET.get("theme") == "dark" else "light"
    picture = picture_of(board, theme).png
    return HttpResponse(picture, content_type=PNG, headers={"Cache-Control": "private, max-age=60"})
