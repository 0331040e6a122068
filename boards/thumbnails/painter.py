"""Paints elements as a small picture, once for each theme, in bounded time and memory."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from . import palette
from .figures import BYTES_MAX, Figure, figure
from .neighbours import Extent, Properties
from .palette import Color, Theme
from .pasting import Pasted, paste
from .pattern import dashes, pattern_marks
from .points import Place

WIDTH: Final = 480
HEIGHT: Final = 300
FINE: Final = 2
"""Painted so many times as large and made smaller, which smooths the edges."""
MARGIN: Final = 22
ZOOM_MAX: Final = 1.5
"""A lonely dot isn't blown up to fill the picture."""
POINT_BYTES: Final = 250_000
"""Of all points together: reading them is half of the work."""
POINT_BYTES_MIN: Final = 90
SECONDS: Final = 0.4
"""Of this thread's work, for reading elements and again for painting in each theme: against what
nobody has thought of. Usual boards take a tenth of it; what is on top is left out then."""
FIGURES_BETWEEN_LOOKS: Final = 32
VEILED_PIXELS: Final = 12_000_000
"""Of areas that are seen through or have a pattern; beyond it they are painted plainly."""
HIGHLIGHT: Final = {"light": 0.55, "dark": 0.42}
BAR: Final = 0.5
"""How much of its ink a bar for a word has."""
FEW: Final = 300
"""Of so many figures the corners of thin lines are made round, too."""
COLORS: Final = 64
"""More can't be told apart at this size, and cost four times the bytes."""
COLORS_OF_PICTURES: Final = 256
UNSHOWN: Final = 0.35
"""How much grey a picture's place has that can't be shown."""

Show = Callable[[str], Image.Image | None]
"""A picture by its asset; None: its place is grey."""


class View(NamedTuple):
    """From board units to the pixels of the large picture."""

    scale: float
    left: float
    top: float

    def seen(self, places: Sequence[Place]) -> list[Place]:
        scale, left, top = self
        return [(x * scale + left, y * scale + top) for x, y in places]


def _unshown(_: str) -> None:
    return None


def painted(
    elements: Iterable[tuple[str, Properties]], show: Show = _unshown
) -> dict[Theme, bytes]:
    """PNG for either theme."""
    figures = _figures(elements)
    view = _fitting([extent for one in figures if (extent := one.extent())])
    colors = COLORS_OF_PICTURES if any(one.picture for one in figures) else COLORS
    return {theme: _png(_paint(figures, view, theme, show), colors) for theme in palette.THEMES}


def _figures(elements: Iterable[tuple[str, Properties]]) -> list[Figure]:
    ordered = sorted(elements, key=lambda one: (str(one[1].get("z", "")), one[0]))
    others = dict(ordered)
    share = POINT_BYTES // (len(ordered) or 1)
    most = min(BYTES_MAX, max(POINT_BYTES_MIN, share))
    give_up = time.thread_time() + SECONDS
    found: list[Figure] = []
    for index, (_, element) in enumerate(ordered):
        found.append(figure(element, most, others))
        if not index % FIGURES_BETWEEN_LOOKS and time.thread_time() > give_up:
            break
    return found


def _fitting(extents: list[Extent]) -> View:
    if not extents:
        return View(FINE, 0, 0)
    left, top = min(one[0] for one in extents), min(one[1] for one in extents)
    right, bottom = max(one[2] for one in extents), max(one[3] for one in extents)
    scale = FINE * min(
        (WIDTH - 2 * MARGIN) / max(1, right - left),
        (HEIGHT - 2 * MARGIN) / max(1, bottom - top),
        ZOOM_MAX,
    )
    return View(
        scale,
        WIDTH * FINE / 2 - (left + right) / 2 * scale,
        HEIGHT * FINE / 2 - (top + bottom) / 2 * scale,
    )


def _paint(figures: list[Figure], view: View, theme: Theme, show: Show) -> Image.Image:
    picture = _Picture(view, theme, joined_from=1 if len(figures) <= FEW else FINE, show=show)
    give_up = time.thread_time() + SECONDS
    for index, one in enumerate(figures):
        picture.add(one)
        if not index % FIGURES_BETWEEN_LOOKS and time.thread_time() > give_up:
            break
    return picture.image


def _png(image: Image.Image, colors: int) -> bytes:
    small = image.reduce(FINE).quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


class _Picture:
    """The large picture while it is painted."""

    def __init__(self, view: View, theme: Theme, joined_from: int, show: Show) -> None:
        self.canvas = palette.canvas(theme)
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), self.canvas)
        self._draw = ImageDraw.Draw(self.image)
        self._view = view
        self._theme = theme
        self._veiled = 0
        self._joined_from = joined_from
        self._show = show

    def add(self, one: Figure) -> None:
        if one.clip is not None and one.is_cut:
            self._add_cut(one, one.clip)
        else:
            self._add(one)

    def _add_cut(self, one: Figure, clip: Extent) -> None:
        """What lies outside its frame gets back what was there before."""
        if one.extent() is None:
            return
        before = self.image.copy()
        self._add(one)
        left, top, right, bottom = self._box(clip)
        inside = self.image.crop((left, top, right, bottom))
        before.paste(inside, (left, top))
        self.image.paste(before)

    def _box(self, extent: Extent) -> tuple[int, int, int, int]:
        """In whole pixels of the image, at most all of it."""
        (left, top), (right, bottom) = self._view.seen([extent[:2], extent[2:]])
        width, height = self.image.size
        return (
            min(width, max(0, round(left))),
            min(height, max(0, round(top))),
            min(width, max(0, round(right))),
            min(height, max(0, round(bottom))),
        )

    def _add(self, one: Figure) -> None:
        seen = self._view.seen
        if one.picture is not None:
            self._paste(one, one.picture)
            return
        ground = self.canvas
        if len(one.area) > 2:
            ground = self._fill(one, seen(one.area))
        if one.lines:
            self._stroke(one, [_thinned(seen(line)) for line in one.lines])
        if one.bars:
            self._write(one, [seen(bar) for bar in one.bars], ground)

    def _paste(self, one: Figure, pasted: Pasted) -> None:
        [middle] = self._view.seen([pasted.middle])
        picture = self._show(pasted.asset)
        if picture is None:
            grey = palette.mixed(palette.muted(self._theme), self.canvas, UNSHOWN)
            self._draw.polygon(self._view.seen(one.area), fill=grey)
            return
        scale, opacity = self._view.scale, one.opacity
        paste(self.image, picture, pasted, scale=scale, middle=middle, opacity=opacity)

    def _color(self, one: Figure) -> Color:
        return palette.muted(self._theme) if one.is_muted else palette.ink(one.color, self._theme)

    def _fill(self, one: Figure, area: list[Place]) -> Color:
        """Returns the colour that is seen behind what is written in it."""
        make = palette.paper if one.is_paper else palette.ink
        color = make(one.fill, self._theme)
        if one.pattern != "solid":
            self._fill_with_pattern(one, area, color)
            return self.canvas
        if one.opacity < 1 and (veil := self._veil([area], 0)):
            veil.draw.polygon(veil.within(area), fill=round(255 * one.opacity))
            veil.lay(self.image, color)
        else:
            color = palette.mixed(color, self.canvas, one.opacity)
            self._draw.polygon(area, fill=color)
        return color

    def _fill_with_pattern(self, one: Figure, area: list[Place], color: Color) -> None:
        width = one.width * self._view.scale
        veil = self._veil([area], 0)
        if veil is None:
            tint = palette.mixed(color, self.canvas, 0.3 * one.opacity)
            self._draw.polygon(area, fill=tint)
            return
        marks = ImageDraw.Draw(pattern := Image.new("L", veil.mask.size))
        thick, lines = pattern_marks(one.pattern, *veil.mask.size, width)
        for line in lines:
            _line(marks, line, round(255 * one.opacity), thick)
        veil.draw.polygon(veil.within(area), fill=255)
        veil.mask = ImageChops.multiply(veil.mask, pattern)
        veil.lay(self.image, color)

    def _stroke(self, one: Figure, lines: list[list[Place]]) -> None:
        color, width = self._color(one), one.width * self._view.scale
        if one.dash:
            # Heads stay whole.
            lines = [*dashes(lines[0], one.dash, width), *lines[1:]]
        opacity = one.opacity * (HIGHLIGHT[self._theme] if one.is_highlight else 1)
        veil = self._veil(lines, width) if opacity < 1 else None
        if veil is None:
            color = palette.mixed(color, self.canvas, opacity)
            for line in lines:
                _line(self._draw, line, color, width, self._joined_from)
            _fill_heads(self._draw, one, lines, color)
            return
        lines = [veil.within(line) for line in lines]
        for line in lines:
            _line(veil.draw, line, round(255 * opacity), width)
        _fill_heads(veil.draw, one, lines, round(255 * opacity))
        if one.is_highlight:
            veil.shine(self.image, palette.film(one.color, self._theme), self._theme)
        else:
            veil.lay(self.image, color)

    def _write(self, one: Figure, bars: list[list[Place]], ground: Color) -> None:
        ink = palette.ink_on(ground) if one.is_paper else self._color(one)
        color = palette.mixed(ink, ground, BAR * one.opacity)
        for bar in bars:
            self._draw.polygon(bar, fill=color)

    def _veil(self, lines: Sequence[Sequence[Place]], width: float) -> _Veil | None:
        """A layer over what these cover; None once all of them together have been too large."""
        margin = width / 2 + 2
        xs = [x for line in lines for x, _ in line]
        ys = [y for line in lines for _, y in line]
        if not xs:
            return None
        left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
        right = min(self.image.width, int(max(xs) + margin) + 1)
        bottom = min(self.image.height, int(max(ys) + margin) + 1)
        if right <= left or bottom <= top:
            return None
        self._veiled += (right - left) * (bottom - top)
        return _Veil((left, top, right, bottom)) if self._veiled <= VEILED_PIXELS else None


class _Veil:
    """Where a colour is to be laid upon the picture, and how thickly."""

    def __init__(self, box: tuple[int, int, int, int]) -> None:
        self._box = box
        self.mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        self.draw = ImageDraw.Draw(self.mask)

    def within(self, places: Sequence[Place]) -> list[Place]:
        left, top = self._box[:2]
        return [(x - left, y - top) for x, y in places]

    def lay(self, image: Image.Image, color: Color) -> None:
        image.paste(color, self._box, self.mask)

    def shine(self, image: Image.Image, color: Color, theme: Theme) -> None:
        """As light through coloured film: what is below stays as readable as it was."""
        below = image.crop(self._box)
        film = Image.new("RGB", below.size, color)
        blend = ImageChops.multiply if theme == "light" else ImageChops.screen
        image.paste(blend(below, film), self._box, self.mask)


def _fill_heads(
    draw: ImageDraw.ImageDraw, one: Figure, lines: list[list[Place]], color: Color | int
) -> None:
    """The heads come last; those that are closed lines are solid."""
    for head in lines[len(lines) - len(one.lines) + 1 :]:
        if len(head) > 3 and head[0] == head[-1]:
            draw.polygon(head, fill=color)


def _thinned(places: list[Place]) -> list[Place]:
    """Without those that are within a pixel of the one before; the last one stays."""
    kept = places[:1]
    x, y = kept[0] if kept else (0.0, 0.0)
    for place in places[1:-1]:
        if abs(place[0] - x) + abs(place[1] - y) >= FINE:
            kept.append(place)
            x, y = place
    return kept + places[1:][-1:]


def _line(
    draw: ImageDraw.ImageDraw,
    places: Sequence[Place],
    color: Color | int,
    width: float,
    joined_from: int = FINE,
) -> None:
    wide = max(1, round(width))
    if len(places) > 1:
        draw.line(places, fill=color, width=wide, joint="curve" if wide > joined_from else None)
    if len(places) == 1 or wide > FINE:
        radius = max(1.0, wide / 2)
        for x, y in (places[0], places[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)
