"""A smooth way through points, as the browser's static/board/core/curve.js draws it. Pure."""

from __future__ import annotations

from typing import Final

from .points import Place

STEPS: Final = 6
"""Straight pieces from point to point."""
CURVED_MAX: Final = 200
"""Points; a line of more is fine enough as it is."""
HANDLE_MAX: Final = 0.62
NEAR: Final = 1e-9


def curved(places: list[Place]) -> list[Place]:
    if not 2 < len(places) <= CURVED_MAX:
        return places
    # Complex numbers are places that can be added, and turned by multiplying.
    points = [complex(x, y) for x, y in places]
    tangents = _tangents(points)
    line = places[:1]
    for i in range(1, len(points)):
        start, end = points[i - 1], points[i]
        out = start + _handle(tangents[i - 1], end - start)
        into = end - _handle(tangents[i], end - start)
        for step in range(1, STEPS + 1):
            here = _along(start, out, into, end, step / STEPS)
            line.append((here.real, here.imag))
    return line


def _tangents(points: list[complex]) -> list[complex]:
    """Directions of length one, those of the circles through neighbours."""
    last = len(points) - 1
    tangents = [0j] * (last + 1)
    for i in range(1, last):
        tangents[i] = _tangent(points[i - 1], points[i], points[i + 1])
    if points[0] == points[last]:
        tangents[0] = tangents[last] = _tangent(points[last - 1], points[0], points[1])
    else:
        # An end goes on as its neighbour came: an arc.
        tangents[0] = _mirrored(tangents[1], points[1] - points[0])
        tangents[last] = _mirrored(tangents[last - 1], points[last] - points[last - 1])
    return tangents


def _tangent(before: complex, here: complex, after: complex) -> complex:
    a, b = here - before, after - here
    long_a, long_b = abs(a) or 1.0, abs(b) or 1.0
    sum_ = a / long_a * long_b + b / long_b * long_a
    return sum_ / abs(sum_) if abs(sum_) > NEAR * (long_a + long_b) else 0j


def _mirrored(tangent: complex, along: complex) -> complex:
    if not along:
        return 0j
    return 2 * _dot(tangent, along) / abs(along) ** 2 * along - tangent


def _handle(tangent: complex, chord: complex) -> complex:
    """As long as that of a circle's arc with this chord."""
    length = abs(chord)
    if not length:
        return 0j
    cosine = _dot(tangent, chord) / length
    return tangent * length * min(HANDLE_MAX, 2 / (3 * max(0.1, 1 + cosine)))


def _dot(a: complex, b: complex) -> float:
    return a.real * b.real + a.imag * b.imag


def _along(a: complex, b: complex, c: complex, d: complex, t: float) -> complex:
    s = 1 - t
    return s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d
