"""Live records and points, both ways, as in "Live frames" of docs/protocol.md. Pure."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Final

Point = tuple[float, float]
"""In board units."""

CURSOR: Final = 1
AWAY: Final = 2
STROKE_START: Final = 16
STROKE_POINTS: Final = 17
STROKE_END: Final = 18
STEP: Final = 5
"""Ours are written in steps of 2^-5 board units."""
LIVE_FRAME: Final = 1
NO_PRESSURE: Final = 0
LONGEST_VARINT: Final = 5


# -- writing ---------------------------------------------------------------------------------------


def cursor(x: float, y: float) -> bytes:
    """Where our pointer is, in board units."""
    return record(CURSOR, _zigzag(STEP, _steps(x), _steps(y)))


def away() -> bytes:
    """The pointer has left the board."""
    return record(AWAY, b"")


def stroke_start(number: int, key: str, origin: Point, color: str, width: float) -> bytes:
    """A growing stroke; `number` counts ours from 1 on each connection. Repeat it every second."""
    x, y = origin
    place = _zigzag(STEP) + bytes([NO_PRESSURE]) + _zigzag(_steps(x), _steps(y))
    head = varint(number) + _word(key) + place
    return record(STROKE_START, head + varint(round(width * 100)) + _word(color))


def stroke_points(number: int, index: int, points: Sequence[Point], origin: Point) -> bytes:
    """The points of a growing stroke from `index` on."""
    return record(STROKE_POINTS, varint(number) + varint(index) + _differences(points, origin))


def stroke_end(number: int) -> bytes:
    """It is given up; a finished stroke ends by its `put` with the same key."""
    return record(STROKE_END, varint(number))


def points_text(points: Sequence[Point], origin: Point) -> str:
    """The property `points` of a stroke, a line or an arrow."""
    head = _zigzag(STEP) + bytes([NO_PRESSURE])
    return base64.b64encode(head + _differences(points, origin)).decode().rstrip("=")


def record(kind: int, payload: bytes) -> bytes:
    return bytes([kind]) + varint(len(payload)) + payload


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _zigzag(*numbers: int) -> bytes:
    return b"".join(varint((number << 1) ^ (number >> 31)) for number in numbers)


def _word(text: str) -> bytes:
    return bytes([len(text)]) + text.encode("ascii")


def _steps(length: float) -> int:
    return round(length * 2**STEP)


def _differences(points: Sequence[Point], origin: Point) -> bytes:
    """Of whole steps, so that rounding errors don't add up."""
    out = bytearray()
    at = _steps(origin[0]), _steps(origin[1])
    for x, y in points:
        here = _steps(x), _steps(y)
        out += _zigzag(here[0] - at[0], here[1] - at[1])
        at = here
    return bytes(out)


# -- reading ---------------------------------------------------------------------------------------


class Reader:
    """Bytes in the protocol's numbers. What is cut off reads as the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def varint(self) -> int:
        number = 0
        for shift in range(0, 7 * LONGEST_VARINT, 7):
            byte = self.byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
        raise IndexError("a varint is too long")

    def zigzag(self) -> int:
        number = self.varint()
        return (number >> 1) ^ -(number & 1)

    def take(self, length: int) -> bytes:
        if length > self.left:
            raise IndexError("the frame is cut off")
        self._at += length
        return self._data[self._at - length : self._at]

    def records(self) -> Iterator[tuple[int, int, bytes]]:
        """Slot, kind and payload of each record in a frame of the server."""
        try:
            if self.byte() != LIVE_FRAME:
                return
            while self.left:
                slot, kind = self.varint(), self.byte()
                yield slot, kind, self.take(self.varint())
        except IndexError:
            # Nothing says where reading could go on.
            return


def read_points(text: str) -> list[Point]:
    """The points of an element in board units from its `x` and `y`, without pressure."""
    reader = Reader(base64.b64decode(text + "=" * (-len(text) % 4)))
    unit = 2.0 ** -reader.zigzag()
    with_pressure = reader.byte() & 1
    points: list[Point] = []
    x = y = 0
    while reader.left:
        x, y = x + reader.zigzag(), y + reader.zigzag()
        if with_pressure:
            reader.byte()
        points.append((x * unit, y * unit))
    return points


def read_cursor(payload: bytes) -> Point:
    """Where somebody's pointer is, in board units."""
    reader = Reader(payload)
    unit = 2.0 ** -reader.zigzag()
    return reader.zigzag() * unit, reader.zigzag() * unit
