"""Boards: the list with what happens on them now, and the way to the pages about one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from boards import announce, deeds, processes
from boards.assets.quotas import bytes_of_board
from boards.models import TITLE_LENGTH, Board, Report
from boards.names import clean_line

from . import board_deeds, board_page, control_room, going_back
from .board_actions import BoardActions
from .pages import actor_of, list_link, with_more

SHOWN_TITLE_LENGTH = 40
"""With longer ones the link to the board leaves the screen."""
OPEN_NOW_MAX = 5000
"""Boards named in one query."""


class OpenNow(admin.SimpleListFilter):
    """Those that somebody is on."""

    title = _("open now")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, boards: QuerySet[Board]) -> QuerySet[Board]:
        if not self.value():
            return boards
        on = [board for board, on in processes.everywhere().boards.items() if on.sockets]
        return boards.filter(pk__in=on[:OPEN_NOW_MAX])


class Reported(admin.SimpleListFilter):
    """Those with a report that nobody has settled."""

    title = _("reported")
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, boards: QuerySet[Board]) -> QuerySet[Board]:
        if not self.value():
            return boards
        reported = Report.objects.filter(settled=None)
        return boards.filter(pk__in=reported.values("board"))


@admin.register(Board)
class BoardAdmin(BoardActions):
    list_display = (
        *("picture", "short_title", "owner", "people_now", "sockets", "transactions"),
        *("bytes_a_minute", "living", "size", "changed", "state", "open_link"),
    )
    list_display_links = ("short_title",)
    list_filter = (OpenNow, "frozen", ("trashed", admin.EmptyFieldListFilter), Reported)
    # Sorting by what has no index reads all boards for one page of them.
    sortable_by = ("changed",)
    ordering = ("-changed",)
    search_fields = ("title", "owner__name", "=id")
    search_help_text = _("Title, owner's nickname, or the id in the board's address")
    change_form_template = "admin/boards/board/change_form.html"
    fields = (
        ("title", "open_link"),
        ("owner", "paper"),
        ("frozen", "own_only", "trashed"),
        "audience",
        ("living", "clock", "size"),
        ("created", "changed"),
        ("elements_link", "transactions_link", "assets_link"),
        "id",
    )
    readonly_fields = (
        *("owner", "trashed", "living", "clock", "size", "created", "changed", "id"),
        *("open_link", "elements_link", "transactions_link", "assets_link"),
    )

    def get_urls(self) -> list[URLPattern]:
        seen, done = self._seen, self._done
        return [
            seen("control-room/", control_room.page, "control_room"),
            seen("control-room/now/", control_room.now, "control_room_now"),
            seen("<uuid:board_id>/now/", board_page.now, "now"),
            seen("<uuid:board_id>/thumbnail/", board_page.thumbnail, "thumbnail"),
            seen("<uuid:board_id>/export/", going_back.export, "export"),
            seen("<uuid:board_id>/back/", going_back.preview, "back"),
            done("<uuid:board_id>/back/do/", going_back.do, "go_back"),
            done("<uuid:board_id>/deed/", board_deeds.deed, "deed"),
            *super().get_urls(),
        ]

    def _seen(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """A page for whoever may look at boards."""

        @require_safe
        def allowed(request: HttpRequest, **about: Any) -> HttpResponse:
            if not self.has_view_permission(request):
                return self._refused()
            return view(self, request, **about)

        return path(route, self.admin_site.admin_view(allowed), name=f"boards_board_{name}")

    def _done(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """Something that whoever may change boards does."""

        @require_POST
        def allowed(request: HttpRequest, **about: Any) -> HttpResponse:
            if not self.has_change_permission(request):
                return self._refused()
            return view(self, request, **about)

        return path(route, self.admin_site.admin_view(allowed), name=f"boards_board_{name}")

    def _refused(self) -> HttpResponse:
        return HttpResponse(gettext("You may not do that here."), status=403)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With what happens now on the boards of this page."""
        shown = super().get_changelist_instance(request)
        everywhere = processes.everywhere()
        for board in shown.result_list:
            board.now = everywhere.on(board.pk)
        return shown

    def get_queryset(self, request: HttpRequest) -> QuerySet[Board]:
        reports = Report.objects.filter(board=OuterRef("pk"), settled=None)
        boards: QuerySet[Board] = super().get_queryset(request).select_related("owner")
        return boards.annotate(reported=Exists(reports))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        answer = super().change_view(request, object_id, form_url, extra_context)
        return with_more(answer, board_page.about)

    # -- columns -----------------------------------------------------------------------------------

    @admin.display(description=_("picture"))
    def picture(self, board: Board) -> SafeString:
        address = reverse("admin:boards_board_thumbnail", args=[board.pk])
        return format_html(
            '<img class="thumbnail" src="{}" alt="" width="72" height="48" loading="lazy">', address
        )

    @admin.display(description=_("title"))
    def short_title(self, board: Board) -> str:
        return Truncator(board.title or gettext("Untitled board")).chars(SHOWN_TITLE_LENGTH)

    @admin.display(description=_("people now"))
    def people_now(self, board: Board) -> str:
        return _number(_now(board).people)

    @admin.display(description=_("sockets"))
    def sockets(self, board: Board) -> str:
        return _number(_now(board).sockets)

    @admin.display(description=_("transactions a minute"))
    def transactions(self, board: Board) -> str:
        return _number(_now(board).transactions)

    @admin.display(description=_("bytes a minute"))
    def bytes_a_minute(self, board: Board) -> str:
        size = _now(board).transaction_bytes
        return filesizeformat(size) if size else ""

    @admin.display(description=_("size"), ordering="log_bytes")
    def size(self, board: Board) -> str:
        return filesizeformat(board.log_bytes)

    @admin.display(description=_("state"))
    def state(self, board: Board) -> str:
        said = {
            gettext("Frozen"): board.frozen,
            gettext("In the trash"): board.trashed is not None,
            gettext("Reported"): bool(getattr(board, "reported", False)),
        }
        return ", ".join(word for word, is_so in said.items() if is_so)

    @admin.display(description=_("board"))
    def open_link(self, board: Board) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("board", args=[board.pk]), _("Open"))

    @admin.display(description=_("elements"))
    def elements_link(self, board: Board) -> SafeString:
        return list_link("admin:boards_element_changelist", board)

    @admin.display(description=_("transactions"))
    def transactions_link(self, board: Board) -> SafeString:
        return list_link("admin:boards_transaction_changelist", board)

    @admin.display(description=_("pictures and documents"))
    def assets_link(self, board: Board) -> SafeString:
        link = list_link("admin:boards_asset_changelist", board)
        return format_html("{} ({})", link, filesizeformat(bytes_of_board(board.pk)))

    # -- saving ------------------------------------------------------------------------------------

    def save_model(
        self, request: HttpRequest, board: Board, form: ModelForm[Board], change: bool
    ) -> None:
        columns = {name: form.cleaned_data[name] for name in form.changed_data}
        if "title" in columns:
            columns["title"] = clean_line(columns["title"], TITLE_LENGTH)
        if not columns:
            return
        # Only these columns: the writer moves the clock at the same time.
        Board.objects.filter(pk=board.pk).update(**columns)
        # A title may be private; that it was changed is what counts.
        told = {name: value for name, value in columns.items() if name != "title"}
        deeds.record(actor_of(request), "change", board.pk, what=sorted(columns), **told)
        announce.announce_board(board.pk)


def _now(board: Board) -> Any:
    """What `get_changelist_instance` has put there."""
    return board.now  # type: ignore[attr-defined]  # as said above


def _number(count: int) -> str:
    """Nothing for nobody: most boards are quiet, and zeros would hide those that are not."""
    return str(count) if count else ""
