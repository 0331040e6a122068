"""The order of painting: indices above all others, short for ever (R12). Pure."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable
from typing import Any, Final

DIGITS: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
"""In ascending order as ASCII text."""
LONGEST: Final = 64
CHANCE_DIGITS: Final = 2
"""Two people who draw at the same moment seldom make equal ones."""


def above(elements: Iterable[Any]) -> str:
    """A `z` above those of all these elements."""
    top = max((str(element.get("z", "")) for element in elements), default="")
    return next_index(top)


def next_index(top: str) -> str:
    """Counts the whole number in front of a fractional index up by one: `a0V` leads to `a1…`."""
    whole = _next_whole(top)
    if whole is None:
        # A stranger's, or the last whole number of all.
        return f"{top}V"[:LONGEST] if top else "a0"
    chance = "".join(secrets.choice(DIGITS) for _ in range(CHANCE_DIGITS))
    # No index ends in a zero, or there would be no room below it.
    return whole + chance + secrets.choice(DIGITS[1:])


def _next_whole(top: str) -> str | None:
    """Its letter says how many digits follow: `a` one, `b` two …"""
    head = top[:1]
    if not "a" <= head <= "z":
        return None
    length = ord(head) - ord("a") + 2
    digits = [DIGITS.find(digit) for digit in top[1:length]]
    if len(digits) != length - 1 or -1 in digits:
        return None
    for at in reversed(range(len(digits))):
        if digits[at] < len(DIGITS) - 1:
            digits[at] += 1
            return head + "".join(DIGITS[digit] for digit in digits)
        digits[at] = 0
    if head == "z":
        return None
    return chr(ord(head) + 1) + DIGITS[0] * length
