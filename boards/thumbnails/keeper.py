"""Keeps each board's picture, and paints another once the board has moved on."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import Final, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from boards import excerpts
from boards.models import Board, Thumbnail
from boards.sight import Sight

from .painter import painted
from .palette import Theme
from .shown import pictures_of

REST_SECONDS: Final = 10.0
"""A board that is drawn on all the time is painted no more often."""
REMEMBERED: Final = 10_000

_brush: Final = threading.Lock()
"""One picture at a time: painting must leave the interpreter to those who draw."""
_painted_at: Final[OrderedDict[UUID, float]] = OrderedDict()


class Picture(NamedTuple):
    """A board as it looked at one clock."""

    epoch: str
    clock: int
    png: bytes

    @property
    def etag(self) -> str:
        return f'"{self.epoch}-{self.clock}"'


def picture_of(board: Board, theme: Theme) -> Picture:
    """The newest there is; somebody who asks too early gets the one before."""
    kept = _kept(board, theme)
    if kept is not None and (_is_current(kept, board) or _rests(board.pk)):
        return kept
    if not connection.in_atomic_block:
        # Whoever waits for the brush needs no connection meanwhile: databases have few.
        connection.close()
    with _brush:
        kept = _kept(board, theme)
        if kept is not None and (_is_current(kept, board) or _rests(board.pk)):
            return kept
        return _paint(board, theme)


def picture_for(sight: Sight, board: Board, theme: Theme) -> Picture:
    """What one reader sees of it; nothing of it is kept."""
    with _brush:
        elements = [
            (key, one)
            for key, one in excerpts.some_elements(board.pk)
            if sight.shows(int(str(one.get("author", 0))))
        ]
        pictures = painted(elements, pictures_of(board.pk))
        return Picture(board.epoch, board.clock, pictures[theme])


def _kept(board: Board, theme: Theme) -> Picture | None:
    found = Thumbnail.objects.filter(board=board).values_list("epoch", "clock", theme).first()
    return None if found is None else Picture(found[0], found[1], bytes(found[2]))


def _is_current(kept: Picture, board: Board) -> bool:
    return kept.epoch == board.epoch and kept.clock >= board.clock


def _rests(board: UUID) -> bool:
    at = _painted_at.get(board)
    return at is not None and time.monotonic() - at < REST_SECONDS


def _paint(board: Board, theme: Theme) -> Picture:
    # What comes while the elements are read may be in the picture already: it is painted again.
    epoch, clock = board.epoch, board.clock
    _painted_at[board.pk] = time.monotonic()
    _painted_at.move_to_end(board.pk)
    if len(_painted_at) > REMEMBERED:
        _painted_at.popitem(last=False)
    pictures = painted(excerpts.some_elements(board.pk), pictures_of(board.pk))
    row = Thumbnail(
        board=board, epoch=epoch, clock=clock, light=pictures["light"], dark=pictures["dark"]
    )
    try:
        with transaction.atomic():
            Thumbnail.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["board"],
                update_fields=["epoch", "clock", "light", "dark"],
            )
    except IntegrityError:
        # The board has been deleted meanwhile; who asked may still see what they could see.
        pass
    return Picture(epoch, clock, pictures[theme])
