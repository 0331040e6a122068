"""Lays a picture upon the small picture: cropped, mirrored, turned, seen through. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

from .points import Place


@dataclass(frozen=True, slots=True)
class Pasted:
    """A picture of an element, in board units."""

    asset: str
    middle: Place
    w: float
    h: float
    angle: float
    flip: str
    crop: tuple[float, float, float, float]
    """Left, top, width and height of what is shown, as parts."""


def crop_of(said: str) -> tuple[float, float, float, float]:
    try:
        left, top, width, height = (float(part) for part in said.split(","))
    except ValueError:
        return 0, 0, 1, 1
    parts = (left, top, width, height)
    if not all(0 <= part <= 1 for part in parts) or width < 0.001 or height < 0.001:
        return 0, 0, 1, 1
    return parts


def paste(
    image: Image.Image,
    picture: Image.Image,
    one: Pasted,
    *,
    scale: float,
    middle: Place,
    opacity: float,
) -> None:
    """`scale` and `middle`: in the pixels of the image."""
    w, h = (max(1, min(round(side * scale), max(image.size))) for side in (one.w, one.h))
    small = _cropped(picture, one).resize((w, h), Image.Resampling.BOX)
    if one.angle:
        small = small.rotate(-math.degrees(one.angle), Image.Resampling.BICUBIC, expand=True)
    mask = small.getchannel("A").point([round(value * opacity) for value in range(256)])
    x, y = middle
    place = (round(x - small.width / 2), round(y - small.height / 2))
    image.paste(small.convert("RGB"), place, mask)


def _cropped(picture: Image.Image, one: Pasted) -> Image.Image:
    left, top, width, height = one.crop
    across, down = picture.size
    x, y = min(int(left * across), across - 1), min(int(top * down), down - 1)
    right = min(across, max(x + 1, round((left + width) * across)))
    bottom = min(down, max(y + 1, round((top + height) * down)))
    part = picture.crop((x, y, right, bottom))
    if "x" in one.flip:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if "y" in one.flip:
        part = part.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return part
