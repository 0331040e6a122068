"""Keeping order: reports of boards, and the record of what was done about people and boards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .boards import Board
from .people import Person

REPORT_LENGTH = 1000


class Report(models.Model):
    """Somebody thinks that staff should look at a board."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(
        Person,
        verbose_name=_("reported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("what is wrong"), max_length=REPORT_LENGTH, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    settled = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.board_id} {self.at:%Y-%m-%d}"


class AuditEntry(models.Model):
    """One deed about rights, people or whole boards. Never changed; outlives what it is about."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    action = models.CharField(_("action"), max_length=32)
    """A name such as `freeze`, `pen.give`, `ban`, `invite.revoke`, `rollback`."""
    board = models.UUIDField(_("board"), null=True, blank=True, db_index=True)
    """No foreign key: the record stays when the board goes."""
    by = models.ForeignKey(
        Person, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    staff = models.CharField(_("staff"), max_length=150, blank=True)
    """The user name where it was done in the admin; `manage.py` where it was done there."""
    subject = models.ForeignKey(
        Person, verbose_name=_("about"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    details = models.TextField(_("details"), default="{}")
    """JSON object; never a token, an address or what was drawn."""

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
