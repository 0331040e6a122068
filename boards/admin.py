"""Django's admin over boards, their logs and people: to look, to find, to put in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from . import announce, protocol
from .models import NAME_LENGTH, TITLE_LENGTH, Board, Element, Person, ServerProcess, Transaction
from .names import clean_line

if TYPE_CHECKING:
    # Only the stubs know that it is generic.
    OfAny = admin.ModelAdmin[Any]
else:
    OfAny = admin.ModelAdmin

SHOWN_TEXT_LENGTH = 120
"""A stroke's points are thousands of characters that nobody reads."""

SHOWN_TITLE_LENGTH = 40
"""With longer ones the link to the board leaves the screen."""

admin.site.site_header = _("Whiteboard")
admin.site.site_title = _("Whiteboard")


class BriefDeletion(OfAny):
    """Asks before deleting without listing every row below: a board has up to 100,000."""

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        found = [str(found) for found in objs]
        return found, {str(self.opts.verbose_name_plural): len(found)}, set(), []


@admin.register(Board)
class BoardAdmin(BriefDeletion):
    list_display = ("short_title", "owner", "living", "clock", "size", "changed", "open_link")
    list_filter = ("frozen", ("trashed", admin.EmptyFieldListFilter))
    list_select_related = ("owner",)
    # Sorting by what has no index reads all boards for one page of them.
    sortable_by = ("changed",)
    ordering = ("-changed",)
    search_fields = ("title", "owner__name", "=id")
    search_help_text = _("Title, owner's nickname, or the id in the board's address")
    show_full_result_count = False
    actions = ("clear_boards",)
    fields = (
        ("title", "open_link"),
        ("owner", "paper"),
        ("frozen", "trashed"),
        ("living", "clock", "size"),
        ("created", "changed"),
        ("elements_link", "transactions_link"),
        "id",
    )
    readonly_fields = (
        *("owner", "trashed", "living", "clock", "size", "created", "changed", "id"),
        *("open_link", "elements_link", "transactions_link"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("title"))
    def short_title(self, board: Board) -> str:
        return Truncator(str(board)).chars(SHOWN_TITLE_LENGTH)

    @admin.display(description=_("size"), ordering="log_bytes")
    def size(self, board: Board) -> str:
        return filesizeformat(board.log_bytes)

    @admin.display(description=_("board"))
    def open_link(self, board: Board) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("board", args=[board.pk]), _("Open"))

    @admin.display(description=_("elements"))
    def elements_link(self, board: Board) -> SafeString:
        return _list_link("admin:boards_element_changelist", board)

    @admin.display(description=_("transactions"))
    def transactions_link(self, board: Board) -> SafeString:
        return _list_link("admin:boards_transaction_changelist", board)

    def save_model(
        self, request: HttpRequest, board: Board, form: ModelForm[Board], change: bool
    ) -> None:
        # Only these columns: the writer moves the clock at the same time.
        Board.objects.filter(pk=board.pk).update(
            title=clean_line(board.title, TITLE_LENGTH),
            frozen=board.frozen,
            paper=board.paper,
        )
        announce.announce_board(board.pk)

    @admin.action(description=_("Clear selected boards"), permissions=["change"])
    def clear_boards(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        """An ordinary transaction: people on the board see it, and it stays in the log."""
        author = Person.objects.filter(user=request.user.pk).values_list("pk", flat=True).first()
        cleared = 0
        for board in boards:
            try:
                announce.submit_from_outside(board.pk, author, [protocol.Clear()])
            except ValueError:
                text = gettext("“%(board)s” could not be cleared.") % {"board": board}
                self.message_user(request, text, messages.ERROR)
                continue
            self.log_change(request, board, [{"changed": {"name": "clear", "object": str(board)}}])
            cleared += 1
        text = ngettext("%(count)d board was cleared.", "%(count)d boards were cleared.", cleared)
        self.message_user(request, text % {"count": cleared}, messages.SUCCESS)


class ReadOnlyAdmin(OfAny):
    """What the store alone writes: here it is only looked at."""

    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, found: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, found: Model | None = None) -> bool:
        return False


@admin.register(Element)
class ElementAdmin(ReadOnlyAdmin):
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
class TransactionAdmin(ReadOnlyAdmin):
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


@admin.register(ServerProcess)
class ServerProcessAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "shared_layer", "started", "seen")
    ordering = ("lane",)


@admin.register(Person)
class PersonAdmin(BriefDeletion):
    list_display = ("name", "color", "user", "created")
    list_select_related = ("user",)
    ordering = ("-pk",)
    search_fields = ("name", "user__username")
    search_help_text = _("Nickname or user name")
    show_full_result_count = False
    fields = ("name", "color", "user", "created")
    readonly_fields = ("color", "user", "created")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, person: Person, form: ModelForm[Person], change: bool
    ) -> None:
        name = clean_line(person.name, NAME_LENGTH)
        if name:
            Person.objects.filter(pk=person.pk).update(name=name)
            announce.announce_person(person.pk)


def _list_link(view: str, board: Board) -> SafeString:
    address = reverse(view, query={"board__id__exact": str(board.pk)})
    return format_html('<a href="{}">{}</a>', address, _("Show"))


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
