"""Boards: each an ordered log of transactions over a flat set of elements."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from boards.protocol import Audience, Paper

from .people import Person

TITLE_LENGTH = 120
INK_KINDS = ("stroke", "highlight", "line", "arrow")
"""Kinds that hardly ever have text: most of a board, and nothing to search in."""
LABELLED_KINDS = ("line", "arrow")
"""Those of them beside which something may be written."""


def new_epoch() -> str:
    """128 random bits as 22 characters."""
    return secrets.token_urlsafe(16)


def new_transaction_id() -> str:
    """128 random bits as 22 characters, like a browser's."""
    return secrets.token_urlsafe(16)


class Board(models.Model):
    """A board: the head of an ordered log of transactions over a flat set of elements."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    epoch = models.CharField(max_length=22, default=new_epoch, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    owner = models.ForeignKey(
        Person,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="boards",
    )
    clock = models.PositiveBigIntegerField(_("transactions"), default=0, editable=False)
    access_version = models.PositiveBigIntegerField(default=1, editable=False)
    frozen = models.BooleanField(_("frozen"), default=False)
    # The version before makes boards that are open to whoever has their address.
    audience = models.CharField(
        _("who has the address"),
        max_length=8,
        choices=[
            (Audience.NOBODY.value, _("may not see it")),
            (Audience.VIEW.value, _("may look")),
            (Audience.DRAW.value, _("may draw")),
        ],
        default=Audience.DRAW.value,
        db_default=Audience.DRAW.value,
    )
    own_only = models.BooleanField(
        _("people change only what they drew"), default=False, db_default=False
    )
    talk = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    """Version of its comments: grows whenever one comes, changes or goes."""
    notice = models.CharField(max_length=16, blank=True, default="", db_default="", editable=False)
    """What was last done to it from outside, for a sentence to those on it; a `NoticeCode`."""
    noticed = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    """When, in milliseconds since 1970."""
    # The database knows the default too: the version before writes rows without it (R15).
    paper = models.CharField(
        _("paper"),
        max_length=16,
        choices=[
            (Paper.BLANK.value, pgettext_lazy("paper", "Blank")),
            (Paper.GRID.value, pgettext_lazy("paper", "Grid")),
            (Paper.RULED.value, pgettext_lazy("paper", "Ruled")),
            (Paper.GRAPH.value, pgettext_lazy("paper", "Graph paper")),
            (Paper.DOTTED.value, pgettext_lazy("paper", "Dotted")),
            (Paper.ISOMETRIC.value, pgettext_lazy("paper", "Isometric")),
        ],
        default=Paper.BLANK.value,
        db_default=Paper.BLANK.value,
    )
    # Kept by the store with each commit, so that lists and limits need no counting.
    living = models.PositiveIntegerField(_("elements"), default=0, editable=False)
    log_bytes = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    changed = models.DateTimeField(_("last change"), auto_now_add=True, db_index=True)
    trashed = models.DateTimeField(_("in the trash since"), null=True, blank=True)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("-changed",)

    def __str__(self) -> str:
        return self.title or str(self.id)


class Element(models.Model):
    """An element as it is now; removed ones stay, so that a key can revive (R4)."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="elements")
    key = models.CharField(_("key"), max_length=32)
    kind = models.CharField(_("kind"), max_length=32)
    clock = models.PositiveBigIntegerField(_("last changed at"))
    removed = models.BooleanField(_("removed"), default=False)
    body = models.TextField(_("body"))
    """The JSON exactly as the document shows it, the author's number included."""
    author = models.ForeignKey(
        Person, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("element")
        verbose_name_plural = _("elements")
        constraints = (
            models.UniqueConstraint(fields=("board", "key"), name="one_element_per_key"),
        )
        indexes = (
            # Searching boards by their text would read every stroke without it.
            models.Index(
                fields=("board",),
                condition=models.Q(removed=False) & ~models.Q(kind__in=INK_KINDS),
                name="elements_that_may_have_text",
            ),
            # Few lines have a label, and the others are to cost a search nothing.
            models.Index(
                fields=("board",),
                condition=models.Q(removed=False)
                & models.Q(kind__in=LABELLED_KINDS)
                & models.Q(body__contains='"text":"'),
                name="lines_with_a_label",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Transaction(models.Model):
    """One committed transaction of a board's log (R1, R2)."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="transactions")
    clock = models.PositiveBigIntegerField(_("clock"))
    uid = models.CharField(_("id"), max_length=22)
    digest = models.CharField(max_length=22)
    """Of the content, so that another content under the same id is noticed."""
    author = models.ForeignKey(
        Person, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.PositiveBigIntegerField(_("at"))
    """Milliseconds since 1970 by the server's clock."""
    body = models.TextField(_("changes"))
    """The JSON array of changes exactly as it goes out."""

    class Meta:
        verbose_name = _("transaction")
        verbose_name_plural = _("transactions")
        constraints = (
            # R1: a clock is given once per board; also the index for reading a tail.
            models.UniqueConstraint(fields=("board", "clock"), name="one_transaction_per_clock"),
            # R2: an id has an effect once per board.
            models.UniqueConstraint(fields=("board", "uid"), name="one_transaction_per_id"),
        )

    def __str__(self) -> str:
        return f"{self.clock}"
