"""The control room: what happens now on all boards in all processes, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import date, filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext

from boards import processes
from boards.load import Everywhere, Load, added_up, load_of
from boards.models import AuditEntry, Board, Report, ServerProcess

from .order import told
from .pages import number

if TYPE_CHECKING:
    from .boards import BoardAdmin

BOARDS_SHOWN: Final = 20
REPORTS_SHOWN: Final = 8
ENTRIES_SHOWN: Final = 12
TEXT_SHOWN: Final = 80
REFRESH_SECONDS: Final = 5
COUNTED_MAX: Final = 1000

Row = dict[str, Any]


def page(site: BoardAdmin, request: HttpRequest) -> HttpResponse:
    """Complete as it comes; the script only keeps it fresh."""
    context = {
        **site.admin_site.each_context(request),
        "title": gettext("Control room"),
        "opts": site.opts,
        "refresh_seconds": REFRESH_SECONDS,
        "now": told_now(request),
    }
    return TemplateResponse(request, "admin/boards/control_room.html", context)


def now(site: BoardAdmin, request: HttpRequest) -> HttpResponse:
    return JsonResponse(told_now(request))


def told_now(request: HttpRequest) -> dict[str, Any]:
    """Texts as they stand on the page: numbers by name, lists by name and field.

    Each list only for whoever may see that kind in the admin; six queries in all.
    """
    alive = processes.alive()
    loads = [load_of(process.load) for process in alive]
    everywhere = added_up(loads)
    lists: dict[str, list[Row]] = {"boards": _boards(everywhere)}
    numbers: dict[str, Any] = _numbers(everywhere, len(alive))
    if request.user.has_perm("boards.view_serverprocess"):
        lists["processes"] = [_process(*one) for one in zip(alive, loads, strict=True)]
    if request.user.has_perm("boards.view_report"):
        waiting = Report.objects.filter(settled=None)
        numbers["reports"] = number(waiting[:COUNTED_MAX].count())
        newest = waiting.select_related("board", "by").order_by("-at")[:REPORTS_SHOWN]
        lists["reports"] = [_report(report) for report in newest]
    if request.user.has_perm("boards.view_auditentry"):
        lists["entries"] = _entries()
    at = date(timezone.localtime(), "H:i:s")
    return {"numbers": numbers, "lists": lists, "at": at}


def _numbers(everywhere: Everywhere, count: int) -> dict[str, Any]:
    return {
        "people": number(everywhere.people),
        "sockets": number(everywhere.sockets),
        "boards": number(sum(bool(on.sockets) for on in everywhere.boards.values())),
        "transactions": number(everywhere.transactions),
        "bytes": filesizeformat(everywhere.transaction_bytes),
        "live": number(everywhere.live_frames),
        "processes": count,
    }


def _boards(everywhere: Everywhere) -> list[Row]:
    """Those with most sockets."""
    fullest = sorted(everywhere.boards.items(), key=lambda one: -one[1].sockets)[:BOARDS_SHOWN]
    found = Board.objects.select_related("owner").in_bulk([board for board, _ in fullest])
    return [
        {
            "title": found[board].title or gettext("Untitled board"),
            "link": reverse("admin:boards_board_change", args=[board]),
            "owner": str(found[board].owner or ""),
            "people": number(on.people),
            "sockets": number(on.sockets),
            "transactions": number(on.transactions),
            "bytes": filesizeformat(on.transaction_bytes),
            "state": gettext("Frozen") if found[board].frozen else "",
        }
        for board, on in fullest
        if board in found
    ]


def _process(process: ServerProcess, load: Load) -> Row:
    return {
        "name": str(process),
        "lane": process.lane,
        "sockets": number(load.sockets),
        "boards": number(load.open),
        "transactions": number(load.tx),
        "live": number(load.live),
        "cpu": f"{load.cpu} %",
        "memory": filesizeformat(load.rss),
        "started": date(timezone.localtime(process.started), "DATETIME_FORMAT"),
    }


def _report(report: Report) -> Row:
    return {
        "title": report.board.title or gettext("Untitled board"),
        "link": reverse("admin:boards_board_change", args=[report.board_id]),
        "text": Truncator(report.text).chars(TEXT_SHOWN),
        "who": str(report.by or ""),
        "at": date(timezone.localtime(report.at), "DATETIME_FORMAT"),
    }


def _entries() -> list[Row]:
    newest = list(
        AuditEntry.objects.select_related("by", "subject").order_by("-pk")[:ENTRIES_SHOWN]
    )
    titles = Board.objects.only("title").in_bulk(
        {entry.board for entry in newest if entry.board is not None}
    )
    return [
        {
            "at": date(timezone.localtime(entry.at), "DATETIME_FORMAT"),
            "who": entry.staff or str(entry.by or ""),
            "action": entry.action,
            "board": _title(titles, entry),
            "link": reverse("admin:boards_auditentry_change", args=[entry.pk]),
            "about": str(entry.subject or ""),
            "details": told(entry),
        }
        for entry in newest
    ]


def _title(titles: dict[Any, Board], entry: AuditEntry) -> str:
    if entry.board is None:
        return ""
    board = titles.get(entry.board)
    return str(entry.board)[:8] if board is None else board.title or gettext("Untitled board")
