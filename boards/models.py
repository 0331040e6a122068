"""What the database keeps: people, boards, and each board's log and elements."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .protocol import Paper

CURSOR_COLORS = ("red", "orange", "green", "teal", "blue", "violet", "pink", "brown")
"""Names from the ink palette that are told apart by eye and by name on both themes."""

NAME_LENGTH = 40
TITLE_LENGTH = 120


def new_epoch() -> str:
    """128 random bits as 22 characters."""
    return secrets.token_urlsafe(16)


def new_transaction_id() -> str:
    """128 random bits as 22 characters, like a browser's."""
    return secrets.token_urlsafe(16)


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

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


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


class Visit(models.Model):
    """That a person has been on a board: what the list on the first page is made of."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="visits")
    seen = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "board"), name="one_visit_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.board_id}"


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

    class Meta:
        verbose_name = _("server process")
        verbose_name_plural = _("server processes")

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
