"""What the servers have logged meanwhile: errors by name, and those that no fault explains."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_ERROR: Final = re.compile(
    r"^(?:[a-z_]\w*\.)*([A-Z]\w*(?:Error|Exception|Timeout))\b", re.MULTILINE
)
MISTAKES: Final = frozenset(
    {
        *("AssertionError", "AttributeError", "IndexError", "KeyError", "NameError"),
        *("RecursionError", "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError"),
    }
)
"""Mistakes of a program, whatever happens to its network, database or disk."""
UNBUILT: Final = "Missing staticfiles manifest entry"
"""No mistake: these servers run without `make build`, so that their error pages lack a style."""


def errors_in(log: str) -> dict[str, int]:
    """How often each error ended a traceback."""
    return dict(Counter(_ERROR.findall(log)).most_common())


def mistakes_in(log: str) -> list[str]:
    """The last line of each traceback that shows a mistake."""
    lines = (
        log[found.start() :].split("\n", 1)[0]
        for found in _ERROR.finditer(log)
        if found[1] in MISTAKES
    )
    return sorted({line for line in lines if UNBUILT not in line})
