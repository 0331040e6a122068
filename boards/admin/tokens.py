"""Access tokens of programs: whose they are and what they are for, never the tokens themselves."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from boards import token_deeds
from boards.models import Token

from .pages import Plain, actor_of


@admin.register(Token)
class TokenAdmin(Plain):
    list_display = ("name", "person", "scopes", "hint", "created", "used", "expires", "revoked")
    list_filter = (("revoked", admin.EmptyFieldListFilter),)
    list_select_related = ("person",)
    ordering = ("-pk",)
    search_fields = ("name", "person__name", "=hint")
    search_help_text = _("The token's name, its last four characters, or a nickname")
    fields = list_display
    readonly_fields = fields
    actions = ("revoke",)

    def has_delete_permission(self, request: HttpRequest, found: Token | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Token]:
        return super().get_queryset(request).defer("digest")

    @admin.action(description=_("Revoke selected tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[Token]) -> None:
        count = token_deeds.revoke(tokens, actor_of(request))
        text = ngettext("%(count)d token was revoked.", "%(count)d tokens were revoked.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
