"""Synthetic ink: letters and diagrams as polylines, drawn with uneven timing and pressure."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Place = tuple[float, float]
Line = Sequence[Place]
Sample = tuple[float, float, float, int]
"""x and y in CSS pixels, pressure 0 to 1, milliseconds since the sample before."""
Stroke = list[Sample]

SPACING = 6.0
"""Pixels between two samples of a quick hand."""
TREMBLE = 0.6


def arc(cx: float, cy: float, rx: float, ry: float, start: float = 0, turn: float = 1) -> Line:
    """Part of an ellipse, in turns; 24 corners make a whole one round enough."""
    steps = max(2, round(24 * abs(turn)))
    angles = [math.tau * (start + turn * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


# Strokes of letters in a square of 0 to 100, in the order in which they are written.
LETTERS: dict[str, list[Line]] = {
    "A": [[(10, 100), (50, 0), (90, 100)], [(25, 62), (75, 62)]],
    "D": [[(15, 0), (15, 100)], [(15, 0), *arc(15, 50, 70, 50, -0.25, 0.5), (15, 100)]],
    "H": [[(15, 0), (15, 100)], [(85, 0), (85, 100)], [(15, 50), (85, 50)]],
    "I": [[(50, 0), (50, 100)]],
    "L": [[(20, 0), (20, 100), (85, 100)]],
    "O": [arc(50, 50, 42, 50, -0.25)],
    "W": [[(0, 0), (25, 100), (50, 30), (75, 100), (100, 0)]],
    "가": [[(10, 10), (50, 10), (35, 80)], [(75, 0), (75, 100)], [(75, 45), (98, 45)]],
    "그": [[(15, 10), (80, 10), (75, 55)], [(5, 90), (95, 90)]],
    "나": [[(12, 10), (12, 75), (55, 70)], [(75, 0), (75, 100)], [(75, 45), (98, 45)]],
    "림": [
        [(8, 4), (45, 4), (45, 22), (8, 22), (8, 42), (48, 42)],
        [(75, 0), (75, 48)],
        [(18, 58), (78, 58), (78, 98), (18, 98), (18, 58)],
    ],
    "말": [
        [(8, 4), (45, 4), (45, 40), (8, 40), (8, 4)],
        [(70, 0), (70, 50)],
        [(70, 24), (92, 24)],
        [(15, 58), (75, 58), (75, 76), (15, 76), (15, 98), (80, 98)],
    ],
}


def written(word: str, x: float, y: float, size: float = 60) -> list[Line]:
    """The lines of a word, from left to right."""
    lines: list[Line] = []
    for i, letter in enumerate(word):
        left = x + i * size * 1.25
        for line in LETTERS[letter]:
            lines += [[(left + px * size / 100, y + py * size / 100) for px, py in line]]
    return lines


def box(x: float, y: float, width: float, height: float) -> Line:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]


def arrow(x: float, y: float, length: float) -> list[Line]:
    tip = (x + length, y)
    return [[(x, y), tip], [(tip[0] - 12, y - 9), tip, (tip[0] - 12, y + 9)]]


def diagram(x: float, y: float) -> list[Line]:
    """Two boxes, a circle, and arrows between them."""
    return [
        box(x, y, 90, 50),
        *arrow(x + 96, y + 25, 60),
        box(x + 164, y, 90, 50),
        *arrow(x + 260, y + 25, 60),
        arc(x + 360, y + 25, 34, 25),
    ]


def by_hand(lines: Iterable[Line], seed: int) -> list[Stroke]:
    """The lines as somebody draws them: never twice alike, trembling, pressing unevenly."""
    chance = random.Random(seed)
    return [list(_stroke(line, chance)) for line in lines]


def _stroke(line: Line, chance: random.Random) -> Iterator[Sample]:
    points = list(_spaced(line))
    for i, (x, y) in enumerate(points):
        way = i / max(1, len(points) - 1)
        pressure = 0.25 + 0.5 * math.sin(math.pi * way) + chance.uniform(-0.08, 0.08)
        # Mostly frame by frame; now and then a burst or a hesitation.
        pause = chance.choice((0, 4, 8, 8, 8, 16, 16, 33))
        tremble = (chance.gauss(0, TREMBLE), chance.gauss(0, TREMBLE))
        yield (
            round(x + tremble[0], 2),
            round(y + tremble[1], 2),
            round(min(1.0, max(0.05, pressure)), 3),
            pause,
        )


def _spaced(line: Line) -> Iterator[Place]:
    yield line[0]
    for (ax, ay), (bx, by) in pairwise(line):
        steps = max(1, round(math.hypot(bx - ax, by - ay) / SPACING))
        for i in range(1, steps + 1):
            yield (ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps)
