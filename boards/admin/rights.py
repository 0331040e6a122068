"""Invite links, never their tokens; and who was put out or silenced."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from boards import deeds, invites
from boards.limits import counted_address
from boards.models import Invite, Restraint

from .pages import BriefDeletion, Plain, actor_of, board_link

if TYPE_CHECKING:
    # As in `pages`.
    OfRestraints = forms.ModelForm[Restraint]
else:
    OfRestraints = forms.ModelForm


@admin.register(Invite)
class InviteAdmin(Plain):
    list_display = ("__str__", "on", "role", "by", "created", "expires", "used", "revoked")
    list_filter = ("role", ("revoked", admin.EmptyFieldListFilter))
    list_select_related = ("board", "by")
    ordering = ("-pk",)
    search_fields = ("label", "board__title", "=board__id", "by__name")
    search_help_text = _("The link's name, the board's title or id, or who made it")
    fields = ("label", "on", "role", "by", "created", "expires", "used", "revoked")
    readonly_fields = fields
    actions = ("revoke",)

    def has_delete_permission(self, request: HttpRequest, found: Invite | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invite]:
        return super().get_queryset(request).defer("token_hash")

    @admin.display(description=_("board"))
    def on(self, invite: Invite) -> SafeString | str:
        return board_link(invite.board)

    @admin.display(description=_("uses"))
    def used(self, invite: Invite) -> str:
        most = "∞" if invite.most_uses is None else str(invite.most_uses)
        return f"{invite.uses} / {most}"

    @admin.action(description=_("Revoke selected links"), permissions=["change"])
    def revoke(self, request: HttpRequest, links: QuerySet[Invite]) -> None:
        standing = list(links.filter(revoked=None))
        for invite in standing:
            invites.revoke(invite, actor_of(request))
        text = ngettext(
            "%(count)d link was revoked.", "%(count)d links were revoked.", len(standing)
        )
        self.message_user(request, text % {"count": len(standing)}, messages.SUCCESS)


class Lasting(admin.SimpleListFilter):
    """Bans end by themselves, and their rows stay."""

    title = _("still lasting")
    parameter_name = "lasting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Restraint]) -> QuerySet[Restraint]:
        lasts = Q(until=None) | Q(until__gt=timezone.now())
        match self.value():
            case "yes":
                return rows.filter(lasts)
            case "no":
                return rows.exclude(lasts)
            case _:
                return rows


class BanForm(OfRestraints):
    """A ban from all boards."""

    class Meta:
        model = Restraint
        fields = ("person", "address", "until", "reason")

    def clean_address(self) -> str:
        written = str(self.cleaned_data["address"]).strip()
        # As sockets and pages are counted: an IPv6 address stands for its household's network.
        address = counted_address(written.partition("/")[0], "") if written else ""
        if address == "unknown":
            raise ValidationError(gettext("This is no address of the internet."))
        return address

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise ValidationError(gettext("This moment has passed."))
        return until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("person") and not cleaned.get("address"):
            raise ValidationError(gettext("Name a person, an address, or both."))
        return cleaned


@admin.register(Restraint)
class RestraintAdmin(BriefDeletion):
    """A ban is lifted by deleting it. Those on one board are laid on that board's page."""

    list_display = ("kind", "person", "address", "on", "since", "until", "by", "reason")
    list_filter = (Lasting, "kind", ("board", admin.EmptyFieldListFilter))
    list_select_related = ("board", "person", "by")
    ordering = ("-pk",)
    search_fields = ("person__name", "=address", "board__title", "=board__id")
    search_help_text = _("Nickname, address, or the board's title or id")
    form = BanForm
    raw_id_fields = ("person",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("boards.add_restraint"))

    def has_change_permission(self, request: HttpRequest, found: Restraint | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, found: Restraint | None = None) -> tuple[str, ...]:
        if found is None:
            return ("person", "address", "until", "reason")
        return ("kind", "person", "address", "on", "since", "until", "by", "reason")

    def get_readonly_fields(
        self, request: HttpRequest, found: Restraint | None = None
    ) -> tuple[str, ...]:
        return () if found is None else self.get_fields(request, found)

    @admin.display(description=_("where"))
    def on(self, restraint: Restraint) -> SafeString | str:
        return gettext("Everywhere") if restraint.board is None else board_link(restraint.board)

    def save_model(
        self, request: HttpRequest, ban: Restraint, form: forms.ModelForm[Restraint], change: bool
    ) -> None:
        seconds = None if ban.until is None else (ban.until - timezone.now()).total_seconds()
        laid = deeds.ban_everywhere(
            actor_of(request),
            person=ban.person,
            address=ban.address,
            seconds=None if seconds is None else max(1, round(seconds)),
            reason=ban.reason,
        )
        ban.pk = laid.pk

    def delete_model(self, request: HttpRequest, ban: Restraint) -> None:
        deeds.lift(ban, actor_of(request))

    def delete_queryset(self, request: HttpRequest, bans: QuerySet[Restraint]) -> None:
        for ban in bans.select_related("person"):
            deeds.lift(ban, actor_of(request))
