"""What people keep to use again: their own library of elements."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Person

LIBRARY_KEY_LENGTH = 22
LIBRARY_NAME_LENGTH = 80


class LibraryItem(models.Model):
    """Some elements that a person has put aside, to be placed on any board."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="library")
    key = models.CharField(max_length=LIBRARY_KEY_LENGTH, editable=False)
    """128 random bits, made by the browser, so that sending it again adds nothing."""
    name = models.CharField(_("name"), max_length=LIBRARY_NAME_LENGTH, blank=True)
    body = models.TextField(_("body"))
    """JSON: `elements`, each as in a `put` with its `key`, and the `board` of their pictures."""
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("library item")
        verbose_name_plural = _("library items")
        ordering = ("-created",)
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="one_library_item_per_key"),
        )

    def __str__(self) -> str:
        return self.name or self.key
