"""Points of strokes and lines as far as a small picture needs them; nothing that comes raises."""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import Final, NamedTuple

Place = tuple[float, float]

FAR: Final = 1_000_000.0
"""Farther from its origin no well-formed point is."""
FULL: Final = 255
THINNING: Final = 0.6
"""As the browser's ink: how much thinner it is without any pressure."""


class Trace(NamedTuple):
    """Where a pen went, from its origin, and which part of its width the ink has in the mean."""

    places: list[Place]
    part: float


NOTHING: Final = Trace([], 1.0)


def traced(text: object, most_bytes: int) -> Trace:
    """The points of at most so many bytes; of what is malformed, those before the mistake."""
    if not isinstance(text, str):
        return NOTHING
    # Whole groups of four characters, so that a cut leaves base64 that can be read.
    text = text[: most_bytes // 3 * 4]
    try:
        data = a2b_base64(text + "=" * (-len(text) % 4))
    except (Base64Error, ValueError):
        return NOTHING
    if len(data) < 2:
        return NOTHING
    scale = (data[0] >> 1) ^ -(data[0] & 1)
    step = 2.0 ** -min(10, max(-8, scale))
    return _walk(data, step, with_pressure=bool(data[1] & 1))


def _walk(data: bytes, step: float, *, with_pressure: bool) -> Trace:
    places: list[Place] = []
    x = y = number = shift = pressures = 0
    is_y = skip = False
    far = int(FAR / step)
    for byte in memoryview(data)[2:]:
        if skip:
            pressures += byte
            skip = False
            continue
        number |= (byte & 0x7F) << shift
        if byte >= 0x80:
            shift += 7
            if shift > 28:
                break
            continue
        delta = (number >> 1) ^ -(number & 1)
        number = shift = 0
        if is_y:
            y += delta
            if not (-far <= x <= far and -far <= y <= far):
                break
            places.append((x * step, y * step))
            skip = with_pressure
        else:
            x += delta
        is_y = not is_y
    return Trace(places, _part(pressures, len(places)) if with_pressure else 1.0)


def _part(pressures: int, count: int) -> float:
    mean = pressures / count / FULL if count else 1.0
    return (1 - THINNING * (1 - 2 * mean)) / (1 + THINNING)
