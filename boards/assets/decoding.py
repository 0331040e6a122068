"""How much is decoded at once in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Final

from boards.options import option

from .refusals import FileRefusedError

PATIENCE_SECONDS: Final = 20.0
"""That an upload waits for others' pictures to be decoded."""


class _Decoding:
    """Of all that this process decodes at once there are no more pixels than one may have."""

    def __init__(self) -> None:
        self._pixels = 0
        self._changed = Condition()

    @contextmanager
    def room_for(self, pixels: int) -> Iterator[None]:
        with self._changed:
            if not self._changed.wait_for(lambda: self._has_room(pixels), PATIENCE_SECONDS):
                raise FileRefusedError("too_fast")
            self._pixels += pixels
        try:
            yield
        finally:
            with self._changed:
                self._pixels -= pixels
                self._changed.notify_all()

    def _has_room(self, pixels: int) -> bool:
        most: int = option("ASSET_PIXELS_MAX")
        return self._pixels == 0 or self._pixels + pixels <= most


decoding: Final = _Decoding()
