"""What there is to paint of an element, in board units. Pure; hostile values never raise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from .curves import curved
from .neighbours import Elements, Extent, Properties, bow_of, clip_of
from .outlines import outline
from .pasting import Pasted, crop_of
from .points import FAR, Place, traced
from .writing import words

ALONG: Final = frozenset({"line", "arrow"})
INK: Final = frozenset({"stroke", "highlight"})
CLOSED: Final = frozenset(
    {"rectangle", "ellipse", "diamond", "triangle", "hexagon", "star", "cloud", "bubble"}
)
UNKNOWN_SIZE: Final = (160.0, 48.0)
BYTES_MAX: Final = 4000
"""Of the points of one element: some 1,500 of them."""


@dataclass(slots=True)
class Figure:
    """An element as lines, an area and bars for words."""

    lines: list[list[Place]] = field(default_factory=list)
    width: float = 1.0
    color: object = "black"
    area: list[Place] = field(default_factory=list)
    """Its corners; empty where nothing is filled."""
    fill: object = None
    is_paper: bool = False
    pattern: str = "solid"
    dash: str = ""
    opacity: float = 1.0
    is_highlight: bool = False
    is_muted: bool = False
    bars: list[list[Place]] = field(default_factory=list)
    picture: Pasted | None = None
    """Shown instead of the area, where it can be."""
    clip: Extent | None = None
    """What its frame leaves of it."""

    def extent(self) -> Extent | None:
        """Of what is seen of it; None where that is nothing."""
        whole = self._whole()
        if whole is None or self.clip is None:
            return whole
        left, top = max(whole[0], self.clip[0]), max(whole[1], self.clip[1])
        right, bottom = min(whole[2], self.clip[2]), min(whole[3], self.clip[3])
        return (left, top, right, bottom) if left <= right and top <= bottom else None

    @property
    def is_cut(self) -> bool:
        """Most of what is in a frame isn't, and to cut is dear."""
        return self.clip is not None and self._whole() != self.extent()

    def _whole(self) -> Extent | None:
        places = [place for line in (*self.lines, self.area, *self.bars) for place in line]
        if not places:
            return None
        xs, ys = [x for x, _ in places], [y for _, y in places]
        margin = self.width / 2 if self.lines else 0.0
        return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def figure(
    element: Properties, most_bytes: int = BYTES_MAX, others: Elements | None = None
) -> Figure:
    """`others`: all elements by key, for what hangs on them."""
    found = _figure(element, most_bytes, others or {})
    found.clip = clip_of(element, others or {})
    return found


def _figure(element: Properties, most_bytes: int, others: Elements) -> Figure:
    kind = text(element, "kind")
    if kind in INK:
        return _ink(element, most_bytes, is_highlight=kind == "highlight")
    if kind in ALONG:
        return _line(element, most_bytes, others)
    if kind == "text":
        return _text(element)
    if kind == "note":
        return _note(element)
    if kind == "frame":
        return _frame(element)
    if kind == "image":
        return _image(element)
    return _closed(element, kind) if kind in CLOSED else _unknown(element)


def number(element: Properties, name: str, default: float, least: float, most: float) -> float:
    value = element.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return default
    try:
        found = float(value)
    except OverflowError:
        return most
    return min(most, max(least, found)) if math.isfinite(found) else default


def text(element: Properties, name: str, default: str = "") -> str:
    value = element.get(name)
    return value if isinstance(value, str) else default


def _origin(element: Properties) -> Place:
    return number(element, "x", 0, -FAR, FAR), number(element, "y", 0, -FAR, FAR)


def _width(element: Properties) -> float:
    return number(element, "width", 2, 0.01, 1000)


def _opacity(element: Properties) -> float:
    return number(element, "opacity", 1, 0.05, 1)


# -- along points ----------------------------------------------------------------------------------


def _places(element: Properties, most_bytes: int) -> tuple[list[Place], float]:
    trace = traced(element.get("points"), most_bytes)
    left, top = _origin(element)
    return [(x + left, y + top) for x, y in trace.places], trace.part


def _ink(element: Properties, most_bytes: int, *, is_highlight: bool) -> Figure:
    places, part = _places(element, most_bytes)
    return Figure(
        lines=[places] if places else [],
        width=_width(element) * (1.0 if is_highlight else part),
        color=element.get("color"),
        opacity=_opacity(element),
        is_highlight=is_highlight,
    )


def _line(element: Properties, most_bytes: int, others: Elements) -> Figure:
    places, _ = _places(element, most_bytes)
    if not places:
        return Figure()
    width = _width(element)
    is_closed = len(places) > 2 and math.dist(places[0], places[-1]) < 1e-6
    if element.get("curve") is True:
        places = bow_of(element, places, others) or curved(places)
    lines = [places]
    if not is_closed:
        lines += _head(text(element, "head"), places, width)
        lines += _head(text(element, "tail"), places[::-1], width)
    return Figure(
        lines=lines,
        width=width,
        color=element.get("color"),
        area=places if is_closed and "fill" in element else [],
        fill=element.get("fill"),
        pattern=text(element, "pattern", "solid"),
        dash=text(element, "dash"),
        opacity=_opacity(element),
        bars=_label(element, places),
    )


def _label(element: Properties, places: list[Place]) -> list[list[Place]]:
    """Bars for the words at the middle of a line."""
    if not text(element, "text"):
        return []
    x, y = _halfway(places)
    wide = 12 * number(element, "size", 20, 1, 2000)
    return _bars(element, _Box(x - wide / 2, y, wide, 0, 0, ""), (0, 0, wide, 0))


def _halfway(places: list[Place]) -> Place:
    lengths = [math.dist(a, b) for a, b in pairwise(places)]
    left = sum(lengths) / 2
    for (ax, ay), (bx, by), length in zip(places, places[1:], lengths, strict=False):
        if length > 0 and left <= length:
            part = left / length
            return ax + (bx - ax) * part, ay + (by - ay) * part
        left -= length
    return places[0]


def _head(name: str, places: list[Place], width: float) -> list[list[Place]]:
    """What is at the end of a line: a line of its own, which is filled where it is closed."""
    if name not in HEADS or len(places) < 2:
        return []
    x, y = places[-1]
    length = 3.4 * width + min(5.0, 5 * width)
    start = next((place for place in reversed(places) if math.dist(place, (x, y)) >= length), None)
    start = start or places[0]
    away = math.dist(start, (x, y))
    if not away:
        return []
    ux, uy = (x - start[0]) / away, (y - start[1]) / away
    length = min(length, 0.7 * away)
    line = [
        (x - (ux * back + uy * aside) * length, y - (uy * back - ux * aside) * length)
        for back, aside in HEADS[name]
    ]
    return [line]


HEADS: Final[Mapping[str, tuple[Place, ...]]] = {
    "arrow": ((1, -0.52), (0, 0), (1, 0.52)),
    "triangle": ((0, 0), (1, -0.5), (1, 0.5), (0, 0)),
    "dot": tuple(
        (0.32 * math.cos(math.tau * i / 8), 0.32 * math.sin(math.tau * i / 8))
        for i in (*range(8), 0)
    ),
    "diamond": ((0, 0), (0.55, -0.4), (1.1, 0), (0.55, 0.4), (0, 0)),
    "bar": ((0, -0.48), (0, 0.48)),
}
"""Back from the tip and aside, in lengths of the head."""


# -- in boxes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    w: float
    h: float
    angle: float
    flip: str

    def placed(self, places: list[Place], *, mirrored: bool = True) -> list[Place]:
        """From places within the box to those on the board."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        middle_x, middle_y = self.w / 2, self.h / 2
        across = -1 if mirrored and "x" in self.flip else 1
        down = -1 if mirrored and "y" in self.flip else 1
        found: list[Place] = []
        for px, py in places:
            dx, dy = (px - middle_x) * across, (py - middle_y) * down
            found.append(
                (
                    self.x + middle_x + dx * cos - dy * sin,
                    self.y + middle_y + dx * sin + dy * cos,
                )
            )
        return found


def _box(element: Properties, w: float = 0, h: float = 0) -> _Box:
    x, y = _origin(element)
    return _Box(
        x,
        y,
        number(element, "w", w, 0, FAR),
        number(element, "h", h, 0, FAR),
        number(element, "angle", 0, -7, 7),
        text(element, "flip"),
    )


def _closed(element: Properties, kind: str) -> Figure:
    box = _box(element)
    line = box.placed(outline(kind, box.w, box.h, is_round=element.get("round") is True))
    room = (box.w * 0.1, box.h * 0.1, box.w * 0.8, box.h * 0.8)
    return Figure(
        lines=[[*line, line[0]]],
        width=_width(element),
        color=element.get("color"),
        area=line if "fill" in element else [],
        fill=element.get("fill"),
        pattern=text(element, "pattern", "solid"),
        dash=text(element, "dash"),
        opacity=_opacity(element),
        bars=_bars(element, box, room),
    )


def _note(element: Properties) -> Figure:
    box = _box(element, 160, 160)
    padding = min(20.0, 0.1 * min(box.w, box.h or box.w))
    room = (padding, padding, box.w - 2 * padding, box.h - 2 * padding)
    return Figure(
        area=box.placed(outline("rectangle", box.w, box.h, is_round=False)),
        fill=element.get("fill"),
        is_paper=True,
        opacity=_opacity(element),
        bars=_bars(element, box, room),
    )


def _image(element: Properties) -> Figure:
    box = _box(element)
    w, h = max(1.0, box.w), max(1.0, box.h)
    middle = box.x + box.w / 2, box.y + box.h / 2
    crop = crop_of(text(element, "crop"))
    return Figure(
        area=box.placed(outline("rectangle", w, h, is_round=False)),
        fill="grey",
        opacity=_opacity(element),
        picture=Pasted(text(element, "asset"), middle, w, h, box.angle, box.flip, crop),
    )


def _text(element: Properties) -> Figure:
    box = _box(element)
    size = number(element, "size", 20, 1, 2000)
    found = words(text(element, "text"), size, box.w if element.get("wrap") is True else None)
    # Whatever its own box says: a text is as wide and high as its words.
    w = max([box.w, *(x + width for x, _, width in found)])
    h = max([box.h, *(y + size * 1.3 for _, y, _ in found)])
    box = _Box(box.x, box.y, w, h, box.angle, "")
    bars = _bars(element, box, (0, 0, w, h), align="start", valign="top")
    return Figure(color=element.get("color"), opacity=_opacity(element), bars=bars)


def _bars(
    element: Properties,
    box: _Box,
    room: tuple[float, float, float, float],
    align: str = "center",
    valign: str = "middle",
) -> list[list[Place]]:
    """A bar for each word, in the lines that it would stand in, or nearly."""
    said = text(element, "text")
    if not said or room[2] <= 0:
        return []
    left, top, width, height = room
    size = number(element, "size", 20, 1, 2000)
    is_fixed = valign == "top" and element.get("wrap") is not True
    found = words(said, size, None if is_fixed else width)
    align, valign = text(element, "align", align), text(element, "valign", valign)
    spare = height - max((y + size * 1.3 for _, y, _ in found), default=0.0)
    down = top + {"top": 0.0, "bottom": spare}.get(valign, spare / 2)
    ends: dict[float, float] = {}
    for x, y, long in found:
        ends[y] = max(ends.get(y, 0.0), x + long)
    bars: list[list[Place]] = []
    for x, y, long in found:
        room_left = width - ends[y]
        along = left + x + {"start": 0.0, "end": room_left}.get(align, room_left / 2)
        upper, lower = down + y + 0.4 * size, down + y + 0.9 * size
        corners = [(along, upper), (along + long, upper), (along + long, lower), (along, lower)]
        bars.append(box.placed(corners, mirrored=False))
    return bars


def _frame(element: Properties) -> Figure:
    box = _box(element)
    line = box.placed(outline("rectangle", max(1, box.w), max(1, box.h), is_round=False))
    return Figure(
        lines=[[*line, line[0]]],
        width=1,
        area=line if "fill" in element else [],
        fill=element.get("fill"),
        is_muted=True,
    )


def _unknown(element: Properties) -> Figure:
    """What a newer version has put there: its box (R15)."""
    box = _box(element, *UNKNOWN_SIZE)
    line = box.placed(outline("rectangle", max(1, box.w), max(1, box.h), is_round=False))
    return Figure(lines=[[*line, line[0]]], width=1.5, dash="dashed", is_muted=True)
