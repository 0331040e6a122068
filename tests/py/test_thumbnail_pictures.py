"""Pictures in a board's small picture: cropped, mirrored and turned as on the board, or grey."""

from __future__ import annotations

import io
import math
from typing import Any

import pytest
from PIL import Image

from boards.assets.keeping import keep, received
from boards.models import Board
from boards.thumbnails.painter import HEIGHT, WIDTH, Show, painted
from boards.thumbnails.pasting import crop_of
from boards.thumbnails.shown import pictures_of

from .files import png

DARK, LIGHT = (20, 40, 60), (230, 220, 40)
MIDDLE = WIDTH // 2, HEIGHT // 2
ASSET = "a" * 22


def element(**more: Any) -> dict[str, Any]:
    return {"kind": "image", "x": 0, "y": 0, "w": 400, "h": 200, "asset": ASSET, **more}


def small(show: Show, **more: Any) -> Image.Image:
    found = painted([("key-00001", element(**more))], show)["light"]
    return Image.open(io.BytesIO(found)).convert("RGB")


def show(_: str) -> Image.Image:
    """The left half is dark, the right one light."""
    return Image.open(io.BytesIO(png())).convert("RGBA")


def near(image: Image.Image, dx: int, dy: int, color: tuple[int, int, int]) -> bool:
    found = image.getpixel((MIDDLE[0] + dx, MIDDLE[1] + dy))
    assert isinstance(found, tuple)
    return all(abs(one - other) < 16 for one, other in zip(found, color, strict=True))


def test_it_lies_as_on_the_board() -> None:
    plain = small(show)
    assert near(plain, -60, 0, DARK)
    assert near(plain, 60, 0, LIGHT)
    mirrored = small(show, flip="x")
    assert near(mirrored, -60, 0, LIGHT)
    turned = small(show, angle=math.pi / 2)
    assert near(turned, 0, -60, DARK)
    assert near(turned, 0, 60, LIGHT)
    assert near(small(show, crop="0.5,0,0.5,1"), -60, 0, LIGHT)


@pytest.mark.parametrize(
    "crop", ["", "1", "a,b,c,d", "nan,0,1,1", "0,0,0,0", "-1,0,1,1", "1,1,1,1"]
)
def test_a_hostile_crop_is_none_or_harmless(crop: str) -> None:
    assert len(crop_of(crop)) == 4
    small(show, crop=crop, w=1e9, h=1e-9, angle=3)


def test_what_cannot_be_shown_is_grey() -> None:
    grey = small(lambda _: None)
    found = grey.getpixel(MIDDLE)
    assert isinstance(found, tuple)
    assert max(found) - min(found) < 12
    assert found != grey.getpixel((2, 2))


@pytest.mark.django_db
def test_it_is_found_on_its_own_board_alone() -> None:
    board, other = Board.objects.create(), Board.objects.create()
    incoming = received([png(600, 400)])
    with incoming.file:
        asset = keep(board, None, incoming)
    found = pictures_of(board.pk)(asset.key)
    assert found is not None
    assert max(found.size) == 256
    assert pictures_of(other.pk)(asset.key) is None
