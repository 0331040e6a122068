"""People: whoever draws, and which boards they have been on."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

CURSOR_COLORS = ("red", "orange", "green", "teal", "blue", "violet", "pink", "brown")
"""Names from the ink palette that are told apart by eye and by name on both themes."""

NAME_LENGTH = 40
FOLDER_LENGTH = 60


def new_color() -> str:
    return secrets.choice(CURSOR_COLORS)


class Person(models.Model):
    """Whoever draws: a guest with a nickname or the person behind a user account (R2)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    name = models.CharField(_("nickname"), max_length=NAME_LENGTH)
    color = models.CharField(_("cursor colour"), max_length=16, default=new_color)
    access_version = models.PositiveBigIntegerField(default=1, editable=False)
    created = models.DateTimeField(_("first seen"), auto_now_add=True)
    seen = models.DateField(_("last seen"), null=True, blank=True, editable=False)
    """The day is enough for retention, and is written once a day."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class Folder(models.Model):
    """Where a person keeps boards; their own arrangement, which nobody else sees."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(_("name"), max_length=FOLDER_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "name"), name="one_folder_per_name"),
        )

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """That a person has been on a board: what the list on the first page is made of."""

    board = models.ForeignKey("Board", on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visits")
    seen = models.DateTimeField(auto_now=True)
    folder = models.ForeignKey(
        Folder, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "board"), name="one_visit_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.board_id}"
