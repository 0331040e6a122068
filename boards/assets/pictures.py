"""Pictures as they come in, and what becomes of them: decoded, turned, in sRGB, without metadata.

What a file is, its bytes say, and then a decoder that is only asked about that one type. Nothing
of the file itself is kept: what is stored has been written anew from the pixels (S10).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from PIL import Image

from boards.options import option

from .decoding import decoding
from .refusals import FileRefusedError
from .rewriting import MEDIA, Prepared, moving, smaller_one, still

HEAD_BYTES: Final = 16
GIF_HEAD: Final = 13
GIF_FRAME: Final = 0x2C
GIF_EXTENSION: Final = 0x21
GIF_STEPS_MAX: Final = 200_000
"""Parts of at most 255 bytes: those of 20 MB are 80,000."""
SCAN: Final = b"\xff\xda"
SCANS_MAX: Final = 100
"""Of a JPEG, which looks at all its pixels once for each; progressive ones have about ten."""
BEGINNING: Final = 64
WEBP_LOSSLESS: Final = b"VP8L"
"""Near the beginning of a WebP; elsewhere it says nothing, and nothing is made of it."""


def format_of(head: bytes) -> str | None:
    """Which of the four a file is, by its first bytes."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return "GIF" if head[:6] in {b"GIF87a", b"GIF89a"} else None


def prepared(file: IO[bytes], kind: str) -> Prepared:
    """Raises FileRefusedError. Looks at the header first, and decodes only what isn't too large."""
    with _told_as_refusals():
        file.seek(0)
        content = file.read()
        if kind == "JPEG" and content.count(SCAN) > SCANS_MAX:
            raise FileRefusedError("broken")
        picture = _opened(file, kind)
        frames = _frames_to_keep(picture, content)
        with decoding.room_for(picture.width * picture.height * frames):
            if frames > 1:
                return moving(picture, kind)
            return still(picture, kind, lossless=WEBP_LOSSLESS in content[:BEGINNING])


def variant(file: IO[bytes], side: int) -> IO[bytes] | None:
    """A smaller one of a stored picture; None where that is not larger."""
    picture = Image.open(file, formats=list(MEDIA))
    if max(picture.size) <= side:
        return None
    with decoding.room_for(picture.width * picture.height):
        return smaller_one(picture, side)


# -- looking ---------------------------------------------------------------------------------------


@contextmanager
def _told_as_refusals() -> Iterator[None]:
    """Whatever a decoder stumbles over in a file that somebody sent: it is broken."""
    try:
        yield
    except FileRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise FileRefusedError("too_many_pixels") from error
    except Exception as error:
        # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error, ... by format.
        raise FileRefusedError("broken") from error


def _opened(file: IO[bytes], kind: str) -> Image.Image:
    """Only the header has been read."""
    file.seek(0)
    picture = Image.open(file, formats=[kind])
    width, height = picture.size
    if max(width, height) > option("ASSET_SIDE_MAX"):
        raise FileRefusedError("too_many_pixels")
    if width * height > option("ASSET_PIXELS_MAX"):
        raise FileRefusedError("too_many_pixels")
    return picture


def _frames_to_keep(picture: Image.Image, content: bytes) -> int:
    """All of a moving picture, or only the first where they are too many together."""
    most: int = option("ASSET_FRAMES_MAX")
    match picture.format:
        case "GIF":
            frames = _frames_of_gif(content, most + 1)
        case "WEBP":
            frames = int(getattr(picture, "n_frames", 1))
        case _:
            return 1
    pixels = picture.width * picture.height * frames
    return 1 if frames > most or pixels > option("ASSET_PIXELS_MAX") else max(1, frames)


def _frames_of_gif(content: bytes, most: int) -> int:
    """Counted without decoding, and no farther than to `most`."""
    at = GIF_HEAD + _colors_bytes(content[10])
    frames, in_parts = 0, False
    for _ in range(GIF_STEPS_MAX):
        if at + 10 >= len(content) or frames >= most:
            return frames
        begins = content[at]
        if in_parts:
            at += 1 + begins
            in_parts = begins > 0
        elif begins == GIF_FRAME:
            frames += 1
            at += 11 + _colors_bytes(content[at + 9])
            in_parts = True
        elif begins == GIF_EXTENSION:
            at += 2
            in_parts = True
        else:
            return frames
    return most


def _colors_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
