"""Where the words of a text stand, nearly: nobody reads them at this size. Pure."""

from __future__ import annotations

from typing import Final

LETTER: Final = 0.52
"""How wide a letter is, as a part of the font's size; of Korean and its like:"""
WIDE_LETTER: Final = 0.92
FIRST_WIDE: Final = "\u1100"
LINE_HEIGHT: Final = 1.3
SPACE: Final = 0.28
LINES_MAX: Final = 60
WORDS_MAX: Final = 300

Word = tuple[float, float, float]
"""Its left end, the top of its line, and how wide it is."""


def words(text: str, size: float, width: float | None) -> list[Word]:
    """At most so many of them; lines break at `width`."""
    found: list[Word] = []
    y = 0.0
    for line in text.split("\n", LINES_MAX)[:LINES_MAX]:
        x = 0.0
        for word in line.split(" ", WORDS_MAX)[:WORDS_MAX]:
            long = _length(word) * size
            if width is not None:
                long = min(long, width)
                if x and x + long > width:
                    x, y = 0.0, y + LINE_HEIGHT * size
            if word.strip():
                found.append((x, y, long))
            x += long + SPACE * size
            if len(found) >= WORDS_MAX:
                return found
        y += LINE_HEIGHT * size
    return found


def _length(word: str) -> float:
    return sum(WIDE_LETTER if letter >= FIRST_WIDE else LETTER for letter in word[:80])
