"""Pictures of a board for its small picture: their smallest variants, a few, in bounded time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

from PIL import Image

from boards.assets.keeping import asset_of, variant_of
from boards.assets.refusals import FileRefusedError
from boards.assets.rewriting import SIDES
from boards.assets.storage import parts_of
from boards.models import Blob

SHOWN: Final = 40
"""Of a board with more the rest are grey: each is a row, a file and a decoding."""
SECONDS: Final = 0.6
"""For those whose variant nobody has asked for yet, which is dear to make."""
BYTES: Final = 512 * 1024
SIDE: Final = min(SIDES)

Show = Callable[[str], Image.Image | None]


def pictures_of(board: UUID) -> Show:
    """Finds a picture by its asset; None where there is none, or no time for it."""
    known: dict[str, Image.Image | None] = {}
    give_up = time.monotonic() + SECONDS

    def show(key: str) -> Image.Image | None:
        if key not in known and len(known) < SHOWN and time.monotonic() < give_up:
            known[key] = _small(board, key)
        return known.get(key)

    return show


def _small(board: UUID, key: str) -> Image.Image | None:
    found = asset_of(board, key)
    try:
        return None if found is None else _decoded(found.blob)
    except (FileRefusedError, OSError, ValueError, SyntaxError):
        # Unreadable for now; the board's small picture is there all the same.
        return None


def _decoded(blob: Blob) -> Image.Image | None:
    parts = variant_of(blob, SIDE)
    if parts is None:
        if max(blob.width, blob.height) > SIDE or blob.size > BYTES:
            return None
        parts = parts_of(blob.stored)
    with Image.open(io.BytesIO(b"".join(parts)), formats=["WEBP", "PNG", "JPEG", "GIF"]) as file:
        return file.convert("RGBA")
