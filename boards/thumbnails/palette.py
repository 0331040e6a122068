"""Ink, paper and canvas in both themes; the only place of the server that knows colours.

The same pairs as in static/site/tokens.css and static/board/elements, which a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Theme = Literal["light", "dark"]
Color = tuple[int, int, int]

THEMES: Final[tuple[Theme, Theme]] = ("light", "dark")
INK: Final[Mapping[str, tuple[str, str]]] = {
    "black": ("#1c1b1a", "#f2f1ee"),
    "grey": ("#868e96", "#a6adb4"),
    "red": ("#e03131", "#ff8787"),
    "orange": ("#e8590c", "#ffa94d"),
    "yellow": ("#f2b705", "#ffd43b"),
    "green": ("#2f9e44", "#69db7c"),
    "teal": ("#0c8599", "#3bc9db"),
    "blue": ("#1971c2", "#74c0fc"),
    "violet": ("#6741d9", "#b197fc"),
    "pink": ("#c2255c", "#faa2c1"),
    "brown": ("#846358", "#c8a99c"),
    "white": ("#ffffff", "#2b2b2f"),
}
PAPER: Final[Mapping[str, tuple[str, str]]] = {
    "black": ("#3b3a38", "#4a4a50"),
    "grey": ("#e4e5e8", "#40444a"),
    "red": ("#ffcfcb", "#74302e"),
    "orange": ("#ffdcb2", "#6f3f16"),
    "yellow": ("#fff0a3", "#735a10"),
    "green": ("#c8efc9", "#28532f"),
    "teal": ("#bdecf0", "#15525a"),
    "blue": ("#c7e2fb", "#214a6f"),
    "violet": ("#dcd2fb", "#46367f"),
    "pink": ("#fbd0e0", "#702a49"),
    "brown": ("#e9dbd2", "#54423a"),
    "white": ("#ffffff", "#2b2b2f"),
}
CANVAS: Final = ("#fbfbf9", "#161618")
MUTED: Final = ("#6b6963", "#a3a29d")
DARK_INK: Final = (28, 27, 26)
LIGHT_INK: Final = (247, 246, 242)

_is_custom: Final = re.compile(r"#[0-9a-f]{6}").fullmatch


def ink(name: object, theme: Theme) -> Color:
    """What is no colour of ours is black, as in the browser (R15)."""
    return _of(INK, name, theme, "black")


def film(name: object, theme: Theme) -> Color:
    """Of a highlighter: on paper, too, the colours that shine on a dark board."""
    return ink(name, theme if name in ("black", "white") else "dark")


def paper(name: object, theme: Theme) -> Color:
    """Of a note; without a colour it is yellow."""
    return _of(PAPER, "yellow" if name is None else name, theme, "black")


def canvas(theme: Theme) -> Color:
    return _read(CANVAS[THEMES.index(theme)])


def muted(theme: Theme) -> Color:
    return _read(MUTED[THEMES.index(theme)])


def ink_on(ground: Color) -> Color:
    """What is written with on a paper of this colour."""
    red, green, blue = ground
    return DARK_INK if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else LIGHT_INK


def mixed(over: Color, ground: Color, part: float) -> Color:
    """So much of the one upon the other."""
    red, green, blue = (round(a * part + b * (1 - part)) for a, b in zip(over, ground, strict=True))
    return red, green, blue


def _of(pairs: Mapping[str, tuple[str, str]], name: object, theme: Theme, otherwise: str) -> Color:
    if isinstance(name, str):
        if name in pairs:
            return _read(pairs[name][THEMES.index(theme)])
        if _is_custom(name):
            return _read(name)
    return _read(INK[otherwise][THEMES.index(theme)])


def _read(color: str) -> Color:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
