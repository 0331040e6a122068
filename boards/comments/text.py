"""What becomes of a comment that a person types: made safe to show anywhere (S34); pure."""

from __future__ import annotations

import re
import unicodedata

from boards.names import BLANK_LETTERS, INVISIBLE, MARKS_IN_A_ROW

JOINERS = frozenset("\u200c\u200d")
"""Inside a word or a picture made of several they change what is seen; alone they are nothing."""
EMPTY_LINES = re.compile(r"\n{3,}")


def clean_text(typed: str) -> str:
    """Its lines without what hides or turns others; may be empty."""
    typed = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_clean_line(line) for line in typed.split("\n"))
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _clean_line(line: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in line:
        if character in JOINERS:
            if kept and not kept[-1].isspace() and kept[-1] not in JOINERS:
                kept.append(character)
            continue
        if character.isspace():
            kept.append(" ")
            marks = 0
            continue
        category = unicodedata.category(character)
        if category in INVISIBLE or character in BLANK_LETTERS:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept).rstrip().rstrip("".join(JOINERS))
