"""What changes do to elements (R4, R16). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Change = dict[str, Any]
Element = dict[str, Any]
Elements = dict[str, Element]


def fold(elements: Elements, changes: Iterable[Change], author: int) -> None:
    """Applies a committed transaction of `author` in place."""
    for change in changes:
        _apply(elements, change, author)


def _apply(elements: Elements, change: Change, author: int) -> None:
    op, key = change["op"], change.get("key", "")
    living = elements.get(key)
    if op == "clear":
        elements.clear()
    elif op == "put":
        if living is None:
            elements[key] = {"author": change.get("author", author), **change["element"]}
    elif living is None:
        # A change without its target does nothing.
        return
    elif op == "set":
        elements[key] = _patched(living, change["props"], change.get("if", {}))
    elif op == "remove":
        del elements[key]
    elif op == "split":
        del elements[key]
        for piece in change["into"]:
            elements.setdefault(piece["key"], {**living, **piece["props"]})


def _patched(element: Element, props: Element, expected: Element) -> Element:
    """Each property is set by itself: one whose expectation fails keeps no other from it."""
    result = dict(element)
    for name, value in props.items():
        if name in expected and element.get(name) != expected[name]:
            continue
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result
