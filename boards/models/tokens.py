"""Access tokens: what a program shows instead of a session; only a hash of one is kept."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Person

TOKEN_NAME_LENGTH = 60


class Token(models.Model):
    """Lets a program do what its person may, within its scopes, until it is revoked."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(_("name"), max_length=TOKEN_NAME_LENGTH)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of 256 random bits, as hexadecimal digits: with so many a slow hash adds nothing."""
    hint = models.CharField(_("ends in"), max_length=4, editable=False)
    """The last characters, by which people tell their tokens apart."""
    scopes = models.CharField(_("scopes"), max_length=60)
    """Names with spaces between them; a version that doesn't know one takes no notice of it."""
    created = models.DateTimeField(_("created"), default=timezone.now)
    used = models.DateTimeField(_("last used"), null=True, blank=True)
    """To the minute: to be written at every request it would be too dear."""
    expires = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return self.name
