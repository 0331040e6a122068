"""Comments: threads pinned to a place or an element of a board."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .boards import Board
from .people import Person

COMMENT_LENGTH = 2000


class Thread(models.Model):
    """A conversation at a place; with `element`, x and y are relative to that element's own."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="threads")
    element = models.CharField(max_length=32, blank=True)
    """The key of the element that it moves with; blank: a place on the board."""
    page = models.CharField(max_length=32, blank=True, default="", db_default="")
    """The key of the page that its place is on; blank: the first."""
    x = models.FloatField()
    y = models.FloatField()
    talk = models.PositiveBigIntegerField(default=0)
    """The board's `talk` when anything in it last changed."""
    created = models.DateTimeField(_("created"), default=timezone.now)
    resolved = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("comment thread")
        verbose_name_plural = _("comment threads")

    def __str__(self) -> str:
        return f"{self.pk} on {self.board_id}"


class Comment(models.Model):
    """What somebody has said in a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    uid = models.CharField(max_length=22)
    """Made by the page, so that sending it again has no second effect."""
    text = models.TextField(_("text"), max_length=COMMENT_LENGTH, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    edited = models.DateTimeField(_("edited"), null=True, blank=True)
    removed = models.DateTimeField(_("removed"), null=True, blank=True)
    """Its text is gone then; the row keeps the thread's order."""
    mentions = models.ManyToManyField(Person, related_name="mentioned_in", blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = (
            models.UniqueConstraint(fields=("thread", "uid"), name="one_comment_per_id"),
        )

    def __str__(self) -> str:
        return self.text[:40]


class ThreadSeen(models.Model):
    """Up to where a person has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="seen_by")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    talk = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "thread"), name="one_mark_per_reader"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.thread_id}"
