"""A few words of a text around what was searched for. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

BEFORE: Final = 24
AFTER: Final = 56


class Snippet(NamedTuple):
    """A text cut around a match."""

    before: str
    match: str
    after: str


def snippet(text: str, words: str) -> Snippet | None:
    """On one line; None where the text doesn't contain the words."""
    line = " ".join(text.split())
    at = line.casefold().find(words.casefold())
    if at < 0:
        return None
    # Folding may change lengths (ß is ss): then the mark is a letter off, which does no harm.
    end = at + len(words)
    start = max(0, at - BEFORE)
    before = ("…" if start else "") + line[start:at]
    after = line[end : end + AFTER] + ("…" if len(line) > end + AFTER else "")
    return Snippet(before, line[at:end], after)
