"""What of an element hangs on others: the frame that cuts it off, the bow that it finds. Pure.

As the browser's static/board/elements/framed.js and core/routing-curve.js have it, or nearly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from .points import FAR, Place

Properties = Mapping[str, object]
Elements = Mapping[str, Properties]
Extent = tuple[float, float, float, float]
"""Left, top, right and bottom."""

PIECES: Final = 12
REACH: Final = 1 / 2
REACH_MIN: Final = 1 / 4


def clip_of(element: Properties, elements: Elements) -> Extent | None:
    """What of the board it is seen in; None: all of it."""
    frame = elements.get(str(element.get("frame")))
    if frame is None or frame.get("kind") != "frame" or element.get("kind") == "frame":
        return None
    return _box(frame) if frame.get("page") == element.get("page") else None


def bow_of(element: Properties, places: list[Place], elements: Elements) -> list[Place] | None:
    """The way of a curve that nobody has drawn; None where somebody has, or it hangs on nothing."""
    boxes = [_box_at(element.get(end), elements) for end in ("from", "to")]
    if len(places) != 2 or boxes == [None, None]:
        return None
    start, end = (complex(*place) for place in places)
    first = _reached(start, _side(start, boxes[0], end), end)
    second = _reached(end, _side(end, boxes[1], start), start)
    found = [_along(start, first, second, end, i / PIECES) for i in range(PIECES + 1)]
    return [(here.real, here.imag) for here in found]


def _box_at(anchor: object, elements: Elements) -> Extent | None:
    target = elements.get(str(anchor).partition("@")[0])
    return None if target is None else _box(target)


def _box(element: Properties) -> Extent:
    x, y = (_number(element.get(name), -FAR) for name in "xy")
    w, h = (max(1.0, _number(element.get(name), 0)) for name in "wh")
    return x, y, x + w, y + h


def _number(value: object, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        found = float(value)
    except OverflowError:
        return FAR
    return min(FAR, max(least, found)) if math.isfinite(found) else 0.0


def _side(end: complex, box: Extent | None, other: complex) -> complex:
    """The direction in which it leaves: away from the nearest side of its element."""
    if box is None:
        way = other - end
        if abs(way.real) >= abs(way.imag):
            return complex(math.copysign(1, way.real), 0)
        return complex(0, math.copysign(1, way.imag))
    left, top, right, bottom = box
    away = {
        -1 + 0j: abs(end.real - left),
        1 + 0j: abs(end.real - right),
        -1j: abs(end.imag - top),
        1j: abs(end.imag - bottom),
    }
    return min(away, key=lambda side: away[side])


def _reached(start: complex, side: complex, end: complex) -> complex:
    way = end - start
    along = abs(way.real * side.real + way.imag * side.imag)
    return start + side * max(along * REACH, abs(way) * REACH_MIN)


def _along(a: complex, b: complex, c: complex, d: complex, t: float) -> complex:
    s = 1 - t
    return s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d
