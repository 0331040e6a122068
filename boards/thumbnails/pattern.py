"""Dashes of lines and the patterns that areas are filled with, in pixels. Pure."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Final

from .points import Place

DASHES_MAX: Final = 400
"""Of one line; a longer one has longer dashes."""
PERIOD_MIN: Final = 3.0
"""Closer together they can't be told apart."""
DASHES: Final = {"dashed": (2.2, 5.0), "dotted": (0.05, 2.4)}
"""How long, and from where to where, in widths of the line."""
GAP: Final = 5.0
LINES_MIN: Final = 6
LINES_MAX: Final = 200
SMALLEST_GAP: Final = 5.0


def dashes(places: Sequence[Place], dash: str, width: float) -> list[list[Place]]:
    """The line in pieces."""
    length = sum(math.dist(a, b) for a, b in itertools.pairwise(places))
    ink, period = DASHES.get(dash, DASHES["dashed"])
    every = max(period * max(1.0, width), length / DASHES_MAX)
    if every < PERIOD_MIN or not length:
        return [list(places)]
    return [
        _piece(places, i * every, (i + ink / period) * every)
        for i in range(int(length / every) + 1)
    ]


def _piece(places: Sequence[Place], start: float, end: float) -> list[Place]:
    """Of the line, from so far along it to so far."""
    piece: list[Place] = []
    at = 0.0
    for a, b in itertools.pairwise(places):
        long = math.dist(a, b)
        if long and at + long >= start and at <= end:
            first, last = max(0.0, (start - at) / long), min(1.0, (end - at) / long)
            piece += [_on(a, b, first), _on(a, b, last)]
        at += long
        if at > end:
            break
    if not piece:
        return [places[-1]]
    # A dot is a line to where it is already.
    return piece if math.dist(piece[0], piece[-1]) > 1 else piece[:1]


def _on(a: Place, b: Place, part: float) -> Place:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def pattern_marks(pattern: str, w: int, h: int, width: float) -> tuple[float, list[list[Place]]]:
    """How thick its lines or dots are, and where, in a box of this size."""
    gap = max(SMALLEST_GAP, min(GAP * width, min(w, h) / LINES_MIN), (w + h) / LINES_MAX)
    if pattern == "dots":
        return max(2.0, gap * 0.3), _dots(w, h, gap * 0.8)
    if pattern == "zigzag":
        return max(1.0, gap / 8), _slanting(w, h, gap) + _slanting(w, h, gap, steep=0.6)
    lines = _slanting(w, h, gap)
    if pattern == "cross":
        lines += [[(w - x, y) for x, y in line] for line in lines]
    return max(1.0, gap / 8), lines


def _slanting(w: int, h: int, gap: float, steep: float = 1.0) -> list[list[Place]]:
    """Rising to the right."""
    step = gap * math.sqrt(2)
    count = min(2 * LINES_MAX, int((w + h * steep) / step) + 1)
    return [[(i * step, 0.0), (i * step - h * steep, float(h))] for i in range(count)]


def _dots(w: int, h: int, gap: float) -> list[list[Place]]:
    return [
        [((column + row % 2 / 2) * gap, row * gap)]
        for row in range(min(LINES_MAX, int(h / gap) + 1))
        for column in range(min(LINES_MAX, int(w / gap) + 1))
    ]
