"""What becomes of a name or title that a person types: made safe to show anywhere (S34); pure."""

from __future__ import annotations

import unicodedata

INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Controls, bidi and zero-width characters, unassigned ones: they hide or turn what follows."""
BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters to Unicode, nothing to the eye."""
MARKS_IN_A_ROW = 2
"""Composed first, no language stacks more; towers of marks climb over the lines above."""
TYPED_LENGTH = 1000
"""Longer input isn't a name: it is cut before any work is done on it."""


def clean_line(typed: str, length: int) -> str:
    """One visible line of at most `length` characters; may be empty."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", typed[:TYPED_LENGTH]):
        if character.isspace():
            kept.append(" ")
            continue
        category = unicodedata.category(character)
        if category in INVISIBLE or character in BLANK_LETTERS:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return " ".join("".join(kept).split())[:length].rstrip()


def initials(name: str) -> str:
    """One or two characters for an avatar: 'Ann Lee' is AL, '김지수' is 김."""
    parts = name.split()
    if not parts:
        return "?"
    first = parts[0][:1].upper()
    if len(parts) > 1 and parts[0].isascii() and parts[-1].isascii():
        return first + parts[-1][:1].upper()
    return first
