"""Reports of boards, and the record of what was done about people and boards."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from boards import upkeep
from boards.models import AuditEntry, Board, Report

from .pages import Plain, ReadOnly, actor_of, board_link

SHOWN_TEXT_LENGTH = 80
DEEDS = (
    *("audience", "ban", "ban.lift", "delete", "change", "clear", "duplicate", "erase"),
    *("export", "freeze", "invite.follow", "invite.make", "invite.replace", "invite.revoke"),
    *("kick", "member.leave", "member.remove", "mute", "mute.lift", "own_only", "owner"),
    *("pen.give", "pen.take", "person.delete", "rename", "report.settle", "role", "rollback"),
    *("sign_out", "take_back", "take_back.undo", "token.make", "token.revoke"),
    *("trash", "undelete", "unfreeze"),
)
"""For the filter: asking a million rows which there are would be slow. Others can be searched."""


@admin.register(Report)
class ReportAdmin(Plain):
    list_display = ("at", "on", "short_text", "by", "settled", "settled_by")
    list_filter = (("settled", admin.EmptyFieldListFilter),)
    list_select_related = ("board", "by", "settled_by")
    ordering = ("-at",)
    search_fields = ("text", "board__title", "=board__id", "by__name")
    search_help_text = _("What was written, the board's title or id, or who reported it")
    fields = ("on", "text", "by", "at", "settled", "settled_by")
    readonly_fields = fields
    actions = ("settle",)

    def has_delete_permission(self, request: HttpRequest, found: Report | None = None) -> bool:
        return False

    @admin.display(description=_("board"))
    def on(self, report: Report) -> SafeString | str:
        return board_link(report.board)

    @admin.display(description=_("what is wrong"))
    def short_text(self, report: Report) -> str:
        return Truncator(report.text).chars(SHOWN_TEXT_LENGTH)

    @admin.action(description=_("Settle selected reports"), permissions=["change"])
    def settle(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        waiting = list(reports.filter(settled=None))
        for report in waiting:
            upkeep.settle(report, actor_of(request), request.user.pk)
        text = ngettext(
            "%(count)d report was settled.", "%(count)d reports were settled.", len(waiting)
        )
        self.message_user(request, text % {"count": len(waiting)}, messages.SUCCESS)


class Deed(admin.SimpleListFilter):
    """What was done."""

    title = _("action")
    parameter_name = "action_is"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(deed, deed) for deed in DEEDS]

    def queryset(self, request: HttpRequest, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        deed = self.value()
        return rows.filter(action=deed) if deed else rows


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """Nobody changes it and nobody deletes from it; `prune` forgets what is too old."""

    list_display = ("at", "who", "action", "on", "subject", "readable_details")
    list_filter = (Deed, "at")
    list_select_related = ("by", "subject")
    ordering = ("-pk",)
    search_fields = ("=board", "=staff", "=action", "by__name", "subject__name")
    search_help_text = _("A board's id, a staff member's user name, an action, or a nickname")
    fields = ("at", "who", "action", "on", "subject", "readable_details")
    readonly_fields = fields

    @admin.display(description=_("by"))
    def who(self, entry: AuditEntry) -> str:
        return entry.staff or str(entry.by or "")

    @admin.display(description=_("board"))
    def on(self, entry: AuditEntry) -> SafeString | str:
        """By its id: the record outlives the board, and a list asks for no titles."""
        if entry.board is None:
            return ""
        return board_link(Board(pk=entry.board), entry.board)

    @admin.display(description=_("details"))
    def readable_details(self, entry: AuditEntry) -> str:
        return told(entry)


def told(entry: AuditEntry) -> str:
    """The details as a line."""
    try:
        details = json.loads(entry.details)
    except ValueError:
        return ""
    if not isinstance(details, dict):
        return ""
    # What is not so, or was not given, says nothing.
    said = {name: value for name, value in details.items() if value not in (None, False, "")}
    return ", ".join(f"{name}: {value}" for name, value in said.items())
