"""Elements and transactions: what the store alone writes; here it is only looked at."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from boards.models import Element, Transaction

from .pages import ReadOnly

SHOWN_TEXT_LENGTH = 120
"""A stroke's points are thousands of characters that nobody reads."""


@admin.register(Element)
class ElementAdmin(ReadOnly):
    list_display = ("key", "kind", "board", "author", "clock", "removed")
    list_filter = ("removed",)
    list_select_related = ("board", "author")
    ordering = ("-pk",)
    search_fields = ("=board__id", "=key", "author__name")
    search_help_text = _("A board's id, an element's key, or its author's nickname")
    fields = ("board", "key", "kind", "author", "clock", "removed", "readable_body")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Element]:
        return _without_bodies(super().get_queryset(request), request)

    @admin.display(description=_("body"))
    def readable_body(self, element: Element) -> SafeString:
        return _readable(element.body)


@admin.register(Transaction)
class TransactionAdmin(ReadOnly):
    list_display = ("clock", "board", "author", "moment", "uid")
    list_select_related = ("board", "author")
    ordering = ("-pk",)
    search_fields = ("=board__id", "=uid", "author__name")
    search_help_text = _("A board's id, a transaction's id, or its author's nickname")
    fields = ("board", "clock", "author", "moment", "uid", "readable_body")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transaction]:
        return _without_bodies(super().get_queryset(request), request)

    @admin.display(description=_("at"), ordering="at")
    def moment(self, transaction: Transaction) -> datetime:
        return datetime.fromtimestamp(transaction.at / 1000, tz=UTC)

    @admin.display(description=_("changes"))
    def readable_body(self, transaction: Transaction) -> SafeString:
        return _readable(transaction.body)


def _without_bodies(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Lists don't show bodies, and a page of them can be megabytes."""
    match = request.resolver_match
    if match is not None and (match.url_name or "").endswith("_changelist"):
        return rows.defer("body")
    return rows


def _readable(body: str) -> SafeString:
    try:
        text = json.dumps(_shortened(json.loads(body)), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = body[:SHOWN_TEXT_LENGTH]
    return format_html("<pre>{}</pre>", text)


def _shortened(value: object) -> object:
    match value:
        case str() if len(value) > SHOWN_TEXT_LENGTH:
            return f"{value[:SHOWN_TEXT_LENGTH]}… ({len(value)})"
        case dict():
            return {name: _shortened(part) for name, part in value.items()}
        case list():
            return [_shortened(part) for part in value]
        case _:
            return value
