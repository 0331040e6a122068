"""The outlines of closed shapes in their boxes, as corners of a polygon. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from .points import Place

Outline = Callable[[float, float], list[Place]]

STEPS: Final = 40
"""Of a whole turn; finer isn't seen at this size."""
SLANT: Final = 1 / (2 * math.sqrt(3))
STAR_INNER: Final = 0.43
ROUNDING: Final = 0.25
LARGE: Final = 96
BEND: Final = 2.5
"""What part of a circle a bow of a cloud is, in radians."""
BOWS: Final = 8
BOWS_MAX: Final = 20
BOW_STEPS: Final = 6
BOW_SIZES: Final = (1.25, 0.95, 1.15, 0.85)
TAIL: Final = 0.24
CORNER_STEPS: Final = 4


def outline(kind: str, w: float, h: float, *, is_round: bool) -> list[Place]:
    """Of a kind that isn't known, its box."""
    places = OUTLINES.get(kind, _rectangle)(w, h)
    if is_round and kind in ROUNDED:
        return rounded(places, ROUNDED[kind] * _rounding(w, h))
    return places


def _rectangle(w: float, h: float) -> list[Place]:
    return [(0, 0), (w, 0), (w, h), (0, h)]


def _diamond(w: float, h: float) -> list[Place]:
    return [(w / 2, 0), (w, h / 2), (w / 2, h), (0, h / 2)]


def _triangle(w: float, h: float) -> list[Place]:
    return [(w / 2, 0), (w, h), (0, h)]


def _hexagon(w: float, h: float) -> list[Place]:
    inset = min(w / 4, h * SLANT)
    return [(inset, 0), (w - inset, 0), (w, h / 2), (w - inset, h), (inset, h), (0, h / 2)]


def _star(w: float, h: float) -> list[Place]:
    width, height = 2 * math.cos(math.pi / 10), 1 + math.cos(math.pi / 5)
    places: list[Place] = []
    for i in range(10):
        angle, radius = i * math.pi / 5, STAR_INNER if i % 2 else 1.0
        x = w * (0.5 + radius * math.sin(angle) / width)
        places.append((x, h * (1 - radius * math.cos(angle)) / height))
    return places


def _ellipse(w: float, h: float) -> list[Place]:
    return [_on_oval(w, h, i / STEPS) for i in range(STEPS)]


def _on_oval(w: float, h: float, part: float) -> Place:
    """From the top clockwise."""
    angle = math.tau * part
    return w / 2 * (1 + math.sin(angle)), h / 2 * (1 - math.cos(angle))


def _cloud(w: float, h: float) -> list[Place]:
    """Bows along an oval, larger and smaller in turn, stretched to touch the sides of the box."""
    if min(w, h) <= 0:
        return _rectangle(w, h)
    long = min(12.0, max(w, h) / min(w, h))
    count = min(BOWS_MAX, 2 * round(BOWS * math.sqrt(long) / 2))
    sizes = [BOW_SIZES[i % len(BOW_SIZES)] for i in range(count)]
    unit, along = 1 / sum(sizes), -sizes[0] / sum(sizes) / 2
    ends: list[Place] = []
    for size in sizes:
        ends.append(_on_oval(w, h, along))
        along += size * unit
    places = [place for i, end in enumerate(ends) for place in _bow(end, ends[(i + 1) % count])]
    return _fitted(places, w, h)


def _bow(start: Place, end: Place) -> list[Place]:
    """The arc of a circle, to the left of the way from one end to the other."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    radius = 1 / (2 * math.sin(BEND / 2))
    off = radius * math.cos(BEND / 2)
    places: list[Place] = []
    for i in range(BOW_STEPS):
        angle = -BEND / 2 + BEND * i / BOW_STEPS
        along, aside = 0.5 + radius * math.sin(angle), radius * math.cos(angle) - off
        places.append((start[0] + dx * along + dy * aside, start[1] + dy * along - dx * aside))
    return places


def _fitted(places: list[Place], w: float, h: float) -> list[Place]:
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    across, down = w / ((right - left) or 1), h / ((bottom - top) or 1)
    return [((x - left) * across, (y - top) * down) for x, y in places]


def _bubble(w: float, h: float) -> list[Place]:
    tail = min(h * TAIL, w * 0.3)
    bottom = h - tail
    radius = 1.3 * min(_rounding(w, bottom), w / 3)
    box = rounded(_rectangle(w, bottom), radius)
    start = radius + tail * 0.35
    tip = [(start + tail * 0.85, bottom), (radius * 0.9, h), (start, bottom)]
    # The lower side goes from right to left: the tail stands between its two round corners.
    turn = 3 * (CORNER_STEPS + 1)
    return [*box[:turn], *tip, *box[turn:]]


def _rounding(w: float, h: float) -> float:
    side = min(w, h)
    return ROUNDING * (side if side <= LARGE else math.sqrt(side * LARGE))


def rounded(corners: list[Place], reach: float) -> list[Place]:
    """Each corner becomes a small curve."""
    places: list[Place] = []
    for i, corner in enumerate(corners):
        start = _towards(corner, corners[i - 1], reach)
        end = _towards(corner, corners[(i + 1) % len(corners)], reach)
        places += [
            _curve(start, corner, end, step / CORNER_STEPS) for step in range(CORNER_STEPS + 1)
        ]
    return places


def _towards(corner: Place, other: Place, reach: float) -> Place:
    length = math.dist(corner, other)
    part = min(0.45, reach / length) if length else 0.0
    return (
        corner[0] + (other[0] - corner[0]) * part,
        corner[1] + (other[1] - corner[1]) * part,
    )


def _curve(start: Place, pull: Place, end: Place, t: float) -> Place:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return (
        start[0] * a + pull[0] * b + end[0] * c,
        start[1] * a + pull[1] * b + end[1] * c,
    )


OUTLINES: Final[Mapping[str, Outline]] = {
    "rectangle": _rectangle,
    "ellipse": _ellipse,
    "diamond": _diamond,
    "triangle": _triangle,
    "hexagon": _hexagon,
    "star": _star,
    "cloud": _cloud,
    "bubble": _bubble,
}
ROUNDED: Final[Mapping[str, float]] = {
    "rectangle": 1.0,
    "diamond": 0.8,
    "triangle": 0.8,
    "hexagon": 0.6,
    "star": 0.5,
}
"""Kinds whose corners can be rounded, as a part of a rectangle's."""
