"""Server processes."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ServerProcess(models.Model):
    """A server process that is alive, as far as the database knows; momentary, never backed up."""

    origin = models.CharField(_("name"), max_length=32, unique=True)
    lane = models.PositiveIntegerField(_("number"), unique=True)
    """The smallest that is free; connections of different processes get different slots by it."""
    host = models.CharField(_("machine"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    shared_layer = models.BooleanField(_("reaches other processes"))
    """Whether its channel layer reaches other processes."""
    started = models.DateTimeField(_("started"), db_default=Now())
    seen = models.DateTimeField(_("last seen"), db_default=Now())
    load = models.TextField(_("load"), default="{}", db_default="{}", editable=False)
    """JSON: what it does at the moment, with each beat; the control room adds it up."""

    class Meta:
        verbose_name = _("server process")
        verbose_name_plural = _("server processes")

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
