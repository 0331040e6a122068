"""A board as it was: back to a moment, after a look at what changes; and all of it as a file."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from asgiref.sync import sync_to_async
from django import forms
from django.contrib import messages
from django.core.handlers.asgi import ASGIRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from boards import deeds, upkeep
from boards.history import export as exporting
from boards.history.rollback import clock_at, difference, document_at, document_now
from boards.models import Board, Transaction

from .pages import actor_of

if TYPE_CHECKING:
    from .boards import BoardAdmin

STEPS_SHOWN: Final = 20
AGO: Final = (60, 10 * 60, 60 * 60, 24 * 60 * 60)
"""Seconds: the moments that are offered."""


class MomentForm(forms.Form):
    """Where to: a clock, or else a moment."""

    clock = forms.IntegerField(min_value=0, required=False)
    at = forms.DateTimeField(required=False)
    ago = forms.IntegerField(min_value=0, required=False)

    def chosen(self, board: Board) -> int | None:
        if not self.is_valid():
            return None
        said = self.cleaned_data
        if said["clock"] is not None:
            return min(int(said["clock"]), board.clock)
        if said["ago"] is not None:
            return clock_at(board.pk, int((time.time() - said["ago"]) * 1000))
        if said["at"] is not None:
            return clock_at(board.pk, int(said["at"].timestamp() * 1000))
        return None


def preview(site: BoardAdmin, request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    """Choosing a moment, and what going back there would change."""
    board = get_object_or_404(Board, pk=board_id)
    form = MomentForm(request.GET)
    clock = form.chosen(board)
    context: dict[str, Any] = {
        **site.admin_site.each_context(request),
        "title": gettext("Roll back"),
        "subtitle": str(board),
        "opts": site.opts,
        "board": board,
        "form": form,
        "clock": clock,
        "may_do": site.has_change_permission(request),
        "steps": _steps(board, clock),
        "ago": [(seconds, _words(seconds)) for seconds in AGO],
    }
    if clock is not None:
        here, now = document_now(board.pk)
        then = document_at(board.pk, clock)
        context |= {
            "difference": difference(then, now),
            "elements_then": len(then),
            "elements_now": len(now),
            "clock_now": here,
            "at": _moment(board, clock),
        }
    return TemplateResponse(request, "admin/boards/roll_back.html", context)


def _steps(board: Board, clock: int | None) -> list[dict[str, Any]]:
    """The transactions around the chosen one, the newest first."""
    last = board.clock if clock is None else min(board.clock, clock + STEPS_SHOWN // 2)
    log = Transaction.objects.filter(board=board, clock__lte=last, clock__gt=last - STEPS_SHOWN)
    rows = log.select_related("author").order_by("-clock").defer("body", "digest")
    return [
        {"clock": row.clock, "who": row.author, "at": _as_datetime(row.at), "uid": row.uid}
        for row in rows
    ]


def _moment(board: Board, clock: int) -> datetime | None:
    at = Transaction.objects.filter(board=board, clock=clock).values_list("at", flat=True).first()
    return None if at is None else _as_datetime(at)


def _as_datetime(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, tz=UTC)


def _words(seconds: int) -> str:
    words = {
        AGO[0]: gettext("1 minute ago"),
        AGO[1]: gettext("10 minutes ago"),
        AGO[2]: gettext("1 hour ago"),
        AGO[3]: gettext("1 day ago"),
    }
    return words[seconds]


def do(site: BoardAdmin, request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    board = get_object_or_404(Board, pk=board_id)
    form = MomentForm(request.POST)
    clock = form.chosen(board)
    if clock is None:
        site.message_user(request, gettext("Choose a moment."), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:boards_board_back", args=[board.pk]))
    back = HttpResponseRedirect(reverse("admin:boards_board_change", args=[board.pk]))
    try:
        found = upkeep.roll_back(board, actor_of(request), clock)
    except deeds.DeedError:
        site.message_user(request, gettext("That could not be done."), messages.ERROR)
        return back
    if not found:
        text = gettext("The board is as it was then; nothing was changed.")
        site.message_user(request, text, messages.INFO)
        return back
    site.log_change(request, board, [{"changed": {"name": "rollback", "object": str(clock)}}])
    text = gettext(
        "Rolled back: %(back)d elements came back, %(gone)d went, %(changed)d changed. "
        "To undo it, roll back to transaction %(before)d."
    )
    numbers = {"back": found.back, "gone": found.gone, "changed": found.changed}
    site.message_user(request, text % {**numbers, "before": board.clock}, messages.SUCCESS)
    return back


# -- the file --------------------------------------------------------------------------------------


def export(site: BoardAdmin, request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    """The document and the whole log, streamed: a long log is hundreds of megabytes."""
    board = get_object_or_404(Board, pk=board_id)
    deeds.record(actor_of(request), "export", board.pk)
    parts = exporting.parts(board)
    # Either server takes only its own kind of iterator without gathering all of it first.
    streamed = _one_by_one(parts) if isinstance(request, ASGIRequest) else parts
    answer = StreamingHttpResponse(streamed, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="board-{board.pk}.json"'
    return answer  # type: ignore[return-value]  # Django's views may answer with either


async def _one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    following = sync_to_async(lambda: next(parts, b""))
    while part := await following():
        yield part
