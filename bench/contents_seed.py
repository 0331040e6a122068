"""Makes two boards of twenty pages in the database that the environment names; prints JSON.

One is full of pictures, frames, connectors and strokes, each page of the other has three strokes.
"""

from __future__ import annotations

import io
import json
import math
import os
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tests.gallery.elements import Element, line, placed, shape, stroke

from .seed import seeded

if TYPE_CHECKING:
    from boards.models import Board

PAGES: Final = 20
PICTURES: Final = 10
"""On a page, as all that follow."""
STROKES: Final = 100
CONNECTED: Final = 5
SIDES: Final = ((1600, 1200), (1200, 1600), (1024, 1024), (800, 600))
COLUMNS: Final = 5
STEP: Final = 460
SHOWN: Final = 400
"""The longer side of a picture on the board."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whiteboard.settings")
    import django

    django.setup()
    made = seeded(1, 2)
    full, empty = made["boards"]
    _fill(full, with_contents=True)
    _fill(empty, with_contents=False)
    print(json.dumps({"cookie": made["cookies"][0], "full": full, "empty": empty}))


def _fill(board: str, *, with_contents: bool) -> None:
    from boards.duplicates import draw
    from boards.models import Board

    found = Board.objects.get(pk=board)
    elements = _pages()
    for number in range(PAGES):
        elements |= _contents(found, number) if with_contents else _little(number)
    draw(found, found.owner_id, elements)


def page_key(number: int) -> str:
    return f"page-{number:04}" if number else "first-page"


def _pages() -> dict[str, Element]:
    return {
        page_key(number): {
            "kind": "page",
            "z": f"a{number + 1:03}V",
            "name": f"Lesson {number + 1}",
        }
        for number in range(PAGES)
    }


def _little(number: int) -> dict[str, Element]:
    """Something that is seen to move."""
    chance = random.Random(number)
    strokes = [stroke(_wander(x, x, chance), width=4) for x in (-200.0, 0.0, 200.0)]
    return {
        f"stroke{i:03}-{number:04}": one | _on(number) | {"z": f"a{i:06}V"}
        for i, one in enumerate(strokes)
    }


def _on(number: int) -> dict[str, str]:
    return {"page": page_key(number)} if number else {}


def _contents(board: Board, number: int) -> dict[str, Element]:
    chance = random.Random(number)
    elements: dict[str, Element] = {}
    for i, (name, element) in enumerate(_elements(board, number, chance)):
        elements[f"{name}-{number:04}"] = element | _on(number) | {"z": f"a{i:06}V"}
    return elements


def _elements(board: Board, number: int, chance: random.Random) -> Iterator[tuple[str, Element]]:
    frame = f"frame-{number:04}"
    yield "frame", placed("frame", -30, -30, w=2 * STEP, h=2 * STEP, name="Look closely")
    for i in range(PICTURES):
        left, top = i % COLUMNS * STEP, i // COLUMNS * STEP
        within = {"frame": frame} if i % COLUMNS < 2 else {}
        yield f"picture{i}", _picture(board, number * PICTURES + i) | {"x": left, "y": top} | within
    for i in range(CONNECTED):
        yield from _connected(number, i)
    for i in range(STROKES):
        x, y = chance.uniform(0, COLUMNS * STEP), chance.uniform(0, 3 * STEP)
        yield f"stroke{i:03}", stroke(_wander(x, y, chance), width=4)


def _connected(number: int, i: int) -> Iterator[tuple[str, Element]]:
    """A box below each picture of the upper row and the way between them; half have words."""
    x, y = i * STEP, 2 * STEP
    yield f"shape{i}", shape("rectangle", x, y, 200, 90, fill="yellow")
    ends = {"from": f"picture{i}-{number:04}", "to": f"shape{i}-{number:04}"}
    words = {"text": "is part of"} if i % 2 else {}
    looks: dict[str, Any] = {"route": "elbow"} if i % 3 else {"curve": True}
    way = line("arrow", [(x, y - 90), (x + 100, y)], head="arrow")
    yield f"way{i}", way | ends | words | looks


def _wander(x: float, y: float, chance: random.Random) -> list[tuple[float, float]]:
    places, angle = [(x, y)], chance.uniform(0, math.tau)
    for _ in range(59):
        angle += chance.uniform(-0.45, 0.45)
        x, y = x + 4 * math.cos(angle), y + 4 * math.sin(angle)
        places.append((x, y))
    return places


# -- pictures --------------------------------------------------------------------------------------


def _picture(board: Board, number: int) -> Element:
    """Kept as an upload is."""
    from boards.assets.keeping import keep, received

    width, height = SIDES[number % len(SIDES)]
    asset = keep(board, board.owner_id, received([_file(number, width, height)]))
    part = SHOWN / max(width, height)
    return {
        "kind": "image",
        "w": round(width * part),
        "h": round(height * part),
        "asset": asset.key,
        "alt": f"Picture {number + 1}",
    }


def _file(number: int, width: int, height: int) -> bytes:
    """Every third is a PNG with see-through parts; grain makes them as large as photographs."""
    from PIL import Image

    hue = Image.new("HSV", (width, height), (number * 37 % 256, 150, 210)).convert("RGB")
    grain = Image.effect_noise((width // 4, height // 4), 40).resize((width, height))
    picture = Image.blend(hue, Image.merge("RGB", (grain, grain, grain)), 0.35)
    file = io.BytesIO()
    if number % 3:
        picture.save(file, "JPEG", quality=85)
    else:
        picture.putalpha(Image.radial_gradient("L").resize((width, height)))
        picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


if __name__ == "__main__":
    main()
