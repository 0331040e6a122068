"""Pictures and documents on boards: contents, stored once, and what boards they are on."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .boards import Board
from .people import Person

ASSET_KEY_LENGTH = 22
DIGEST_LENGTH = 64
STORED_NAME_LENGTH = 100
MEDIA_LENGTH = 40


class Blob(models.Model):
    """One content, stored once however many boards show it."""

    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True, editable=False)
    """SHA-256 of what was sent, as hexadecimal digits: the same picture is found again by it."""
    stored = models.CharField(max_length=STORED_NAME_LENGTH, unique=True, editable=False)
    """Its name in the storage: random, so that nothing can be guessed from it (S10)."""
    media = models.CharField(_("type"), max_length=MEDIA_LENGTH, editable=False)
    """As `image/png`: found out by decoding, never what the sender said."""
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    """Bytes as stored, after metadata was stripped."""
    width = models.PositiveIntegerField(default=0, editable=False)
    """Pixels, or the points of a PDF's first page."""
    height = models.PositiveIntegerField(default=0, editable=False)
    pages = models.PositiveIntegerField(
        default=1, validators=[MinValueValidator(1)], editable=False
    )
    """Of a PDF; frames of a moving picture."""
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("content")
        verbose_name_plural = _("contents")

    def __str__(self) -> str:
        return f"{self.media} {self.digest[:8]}"


class Asset(models.Model):
    """A content on a board, under the id that elements name in `asset`."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="assets")
    key = models.CharField(_("id"), max_length=ASSET_KEY_LENGTH, editable=False)
    """128 random bits; a copy of the board keeps it, so that its elements need no change."""
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="assets")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who brought it, for quotas, and for erasing what one person left (R17)."""
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        constraints = (models.UniqueConstraint(fields=("board", "key"), name="one_asset_per_id"),)

    def __str__(self) -> str:
        return self.key


class Piece(models.Model):
    """A piece of a file that is kept in the database, where no other storage is set."""

    name = models.CharField(max_length=STORED_NAME_LENGTH, editable=False)
    number = models.PositiveIntegerField(editable=False)
    content = models.BinaryField(editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("name", "number"), name="one_piece_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.name}/{self.number}"
