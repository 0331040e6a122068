"""Pictures and documents on boards: looked at, counted, and taken away one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from boards import upkeep
from boards.assets.documents import MEDIA as PDF
from boards.assets.quotas import bytes_of_site
from boards.models import Asset
from boards.options import option
from boards.uploads.views import shown

from .pages import BriefDeletion, actor_of, board_link

PREVIEW_SIDE = "256"
IN_LIST, ON_PAGE = 48, 192
"""How high it is shown."""


@admin.register(Asset)
class AssetAdmin(BriefDeletion):
    list_display = ("picture", "key", "on_briefly", "person", "file", "size", "created")
    list_display_links = ("key",)
    list_filter = ("blob__media",)
    list_select_related = ("board", "person", "blob")
    ordering = ("-pk",)
    search_fields = ("=board__id", "=key", "person__name")
    search_help_text = _("A board's id, the picture's id, or who brought it")
    fields = ("large", "key", "on", "person", "kind", "measures", "size", "created", "elsewhere")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, found: Asset | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        @require_safe
        def preview(request: HttpRequest, number: int) -> HttpResponseBase:
            return self._preview(request, number)

        view = self.admin_site.admin_view(preview)
        name = "boards_asset_preview"
        return [path("<int:number>/preview/", view, name=name), *super().get_urls()]

    def _preview(self, request: HttpRequest, number: int) -> HttpResponseBase:
        if not self.has_view_permission(request):
            return HttpResponse(gettext("You may not do that here."), status=403)
        asset = Asset.objects.filter(pk=number).select_related("board", "blob").first()
        if asset is None or asset.blob.media == PDF:
            raise Http404
        response = shown(asset.board, asset.key, PREVIEW_SIDE)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With how much of the site's room is used."""
        most: int = option("ASSET_SITE_BYTES_MAX")
        used = filesizeformat(bytes_of_site())
        text = gettext("Pictures and documents: %(used)s") % {"used": used}
        if most:
            numbers = {"used": used, "most": filesizeformat(most)}
            text = gettext("Pictures and documents: %(used)s of %(most)s") % numbers
        return super().changelist_view(request, {**(extra_context or {}), "title": text})

    # -- columns -----------------------------------------------------------------------------------

    @admin.display(description=_("picture"))
    def picture(self, asset: Asset) -> SafeString | str:
        return self._seen(asset, IN_LIST)

    @admin.display(description=_("picture"))
    def large(self, asset: Asset) -> SafeString | str:
        return self._seen(asset, ON_PAGE)

    def _seen(self, asset: Asset, height: int) -> SafeString | str:
        if asset.blob.media == PDF:
            return "PDF"
        address = reverse("admin:boards_asset_preview", args=[asset.pk])
        return format_html(
            '<img class="thumbnail" src="{}" alt="" height="{}" loading="lazy">', address, height
        )

    @admin.display(description=_("board"))
    def on(self, asset: Asset) -> SafeString | str:
        return board_link(asset.board)

    @admin.display(description=_("board"))
    def on_briefly(self, asset: Asset) -> SafeString | str:
        """Of one without a title as much of its id as tells it from the others of a list."""
        if asset.board.title:
            return board_link(asset.board)
        address = reverse("admin:boards_board_change", args=[asset.board_id])
        return format_html('<a href="{}">{}…</a>', address, str(asset.board_id)[:8])

    @admin.display(description=_("file"))
    def file(self, asset: Asset) -> str:
        measures = self.measures(asset).replace(" ", "\N{NO-BREAK SPACE}")
        return f"{asset.blob.media.rpartition('/')[2].upper()}, {measures}"

    @admin.display(description=_("type"))
    def kind(self, asset: Asset) -> str:
        return asset.blob.media

    @admin.display(description=_("width and height"))
    def measures(self, asset: Asset) -> str:
        return f"{asset.blob.width} × {asset.blob.height}"

    @admin.display(description=_("size"), ordering="blob__size")
    def size(self, asset: Asset) -> str:
        return filesizeformat(asset.blob.size)

    @admin.display(description=_("boards that show the same"))
    def elsewhere(self, asset: Asset) -> int:
        return Asset.objects.filter(blob=asset.blob_id).values("board").distinct().count()

    # -- deleting ----------------------------------------------------------------------------------

    def delete_model(self, request: HttpRequest, asset: Asset) -> None:
        upkeep.remove_asset(asset, actor_of(request))

    def delete_queryset(self, request: HttpRequest, assets: QuerySet[Asset]) -> None:
        for asset in assets.select_related("blob", "person"):
            upkeep.remove_asset(asset, actor_of(request))
