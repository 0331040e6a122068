"""Elements of every kind in few words, as a board's document has them."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Sequence
from typing import Any

from boards.management.commands.board_client import zigzag

Element = dict[str, Any]
Place = tuple[float, float]

CLOSED = ("rectangle", "ellipse", "diamond", "triangle", "hexagon", "star", "cloud", "bubble")
INKS = (
    *("black", "grey", "red", "orange", "yellow", "green"),
    *("teal", "blue", "violet", "pink", "brown", "white"),
)
PATTERNS = ("solid", "hachure", "cross", "zigzag", "dots")
HEADS = ("none", "arrow", "triangle", "dot", "diamond", "bar")
FONTS = ("sans", "serif", "mono", "hand")
DASHES = (None, "dashed", "dotted")
SCALE = 3
"""Steps of an eighth of a unit are finer than any picture shows."""


def placed(kind: str, x: float, y: float, **others: Any) -> Element:
    """Properties that are None are absent."""
    element = {"kind": kind, "x": x, "y": y, "z": "a0", **others}
    return {name: value for name, value in element.items() if value is not None}


def shape(kind: str, x: float, y: float, w: float = 120, h: float = 90, **others: Any) -> Element:
    return placed(kind, x, y, **{"w": w, "h": h, "color": "black", "width": 3, **others})


def text(words: str, x: float, y: float, size: float = 16, **others: Any) -> Element:
    return placed("text", x, y, **{"text": words, "size": size, "color": "black", **others})


def note(words: str, x: float, y: float, fill: str | None = None, **others: Any) -> Element:
    return placed("note", x, y, **{"w": 160, "h": 160, "text": words, "fill": fill, **others})


def line(kind: str, points: Sequence[Place], **others: Any) -> Element:
    x, y = points[0]
    away = [(px - x, py - y) for px, py in points]
    looks = {"color": "black", "width": 3, **others}
    return placed(kind, x, y, points=encoded(away), **looks)


def stroke(points: Sequence[Place], **others: Any) -> Element:
    """As a pen draws it, pressing most in the middle."""
    x, y = points[0]
    away = [(px - x, py - y) for px, py in points]
    looks = {"color": "black", "width": 5, **others}
    return placed(looks.pop("kind", "stroke"), x, y, points=encoded(away, True), **looks)


def wave(x: float, y: float, length: float, height: float = 16, turns: float = 2) -> list[Place]:
    steps = 60
    return [
        (x + length * i / steps, y + height * math.sin(math.tau * turns * i / steps))
        for i in range(steps + 1)
    ]


def encoded(points: Sequence[Place], pressure: bool = False) -> str:
    steps = [(round(x * 2**SCALE), round(y * 2**SCALE)) for x, y in points]
    data = zigzag(SCALE) + bytes([pressure])
    before = (0, 0)
    for i, (x, y) in enumerate(steps):
        data += zigzag(x - before[0], y - before[1])
        if pressure:
            data += bytes([round(80 + 150 * math.sin(math.pi * i / max(1, len(steps) - 1)))])
        before = (x, y)
    return base64.b64encode(data).rstrip(b"=").decode()


def numbered(elements: Iterable[Element]) -> dict[str, Element]:
    """With keys and an order of painting, the last on top."""
    return {f"element-{i:04}": {**element, "z": f"a{i:04}V"} for i, element in enumerate(elements)}
