"""Thumbnails, kept so that a list of boards needs no document."""

from __future__ import annotations

from django.db import models

from .boards import Board


class Thumbnail(models.Model):
    """A board as a small picture at one clock."""

    board = models.OneToOneField(Board, on_delete=models.CASCADE, related_name="thumbnail")
    epoch = models.CharField(max_length=22)
    clock = models.PositiveBigIntegerField()
    light = models.BinaryField()
    dark = models.BinaryField()
    """PNG, for either theme."""

    def __str__(self) -> str:
        return f"{self.board_id} at {self.clock}"
