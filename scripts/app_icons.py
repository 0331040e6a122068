"""Draws the installed app's icons after static/site/favicon.svg; run it when that changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

SITE: Final = Path(__file__).resolve().parent.parent / "static" / "site"
BLUE: Final = "#3b5bdb"
WHITE: Final = "#ffffff"
VIEW: Final = 32
"""Sides of the favicon's picture, in whose units the curve is."""
FINER: Final = 4
"""Drawn this much larger first, for smooth edges."""
CURVE: Final = (
    ((7, 20.5), (9.5, 13.5), (12, 11), (13.5, 12)),
    ((13.5, 12), (15.7, 13.5), (11, 20.5), (13.2, 21.5)),
    ((13.2, 21.5), (15.7, 22.5), (18.5, 13), (21.2, 14)),
    ((21.2, 14), (23, 14.7), (20.5, 18.5), (21.7, 19.7)),
    ((21.7, 19.7), (22.5, 20.5), (24, 19.8), (25, 18.5)),
)
INK_WIDTH: Final = 2.8
STEPS: Final = 200
Point = tuple[float, float]


def at(bezier: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x = sum(w * p[0] for w, p in zip(weights, bezier, strict=True))
    y = sum(w * p[1] for w, p in zip(weights, bezier, strict=True))
    return x, y


def icon(size: int, *, shrunk: float = 1, rounded: bool = True) -> Image.Image:
    """`shrunk` keeps the ink within what every mask leaves."""
    large = size * FINER
    picture = Image.new("RGBA", (large, large), (0, 0, 0, 0) if rounded else BLUE)
    pencil = ImageDraw.Draw(picture)
    if rounded:
        pencil.rounded_rectangle((0, 0, large - 1, large - 1), radius=large / 4, fill=BLUE)
    scale = large / VIEW * shrunk
    middle = large / 2
    radius = INK_WIDTH / 2 * scale
    for bezier in CURVE:
        for step in range(STEPS + 1):
            x, y = at(bezier, step / STEPS)
            x, y = middle + (x - VIEW / 2) * scale, middle + (y - VIEW / 2) * scale
            pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=WHITE)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    for side in (192, 512):
        icon(side).save(SITE / f"icon-{side}.png", optimize=True)
    icon(512, shrunk=0.72, rounded=False).save(SITE / "icon-maskable-512.png", optimize=True)
