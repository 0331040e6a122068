"""What all lists and pages of the admin here have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from boards.deeds import Actor
from boards.models import Board

if TYPE_CHECKING:
    # Only the stubs know that they are generic.
    OfAny = admin.ModelAdmin[Any]
    AnyPaginator = Paginator[Any]
else:
    OfAny = admin.ModelAdmin
    AnyPaginator = Paginator

COUNTED_MAX = 10_000
"""Rows of a list that can be leafed through: nobody does farther, and counting a million costs."""


def actor_of(request: HttpRequest) -> Actor:
    """Who does it, for the audit log."""
    return Actor(staff=request.user.get_username())


class BoundedPaginator(AnyPaginator):
    """Counts no farther than somebody leafs."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[:COUNTED_MAX].count())


class Plain(OfAny):
    """Lists that stay fast with a million rows."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class BriefDeletion(Plain):
    """Asks before deleting without listing every row below: a board has up to 200,000."""

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        found = [str(found) for found in objs]
        return found, {str(self.opts.verbose_name_plural): len(found)}, set(), []


class ReadOnly(Plain):
    """What is written elsewhere: here it is only looked at."""

    actions: Any = None

    def has_change_permission(self, request: HttpRequest, found: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, found: Model | None = None) -> bool:
        return False


def with_more(answer: HttpResponse, about: Callable[[Any], dict[str, Any]]) -> HttpResponse:
    """A row's page with what else is to be said about it; the row is not read once more."""
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        original = answer.context_data.get("original")
        if original is not None:
            answer.context_data.update(about(original))
    return answer


def board_link(board: Board | None, board_id: Any = None) -> SafeString | str:
    """To the board's page in the admin; a board that is gone has only its id."""
    if board is None:
        return str(board_id or "")
    address = reverse("admin:boards_board_change", args=[board.pk])
    return format_html('<a href="{}">{}</a>', address, board)


def list_link(view: str, board: Board) -> SafeString:
    address = reverse(view, query={"board__id__exact": str(board.pk)})
    return format_html('<a href="{}">{}</a>', address, _("Show"))


def number(count: int) -> str:
    """With separators, as people read large ones."""
    return number_format(count, force_grouping=True)
