"""The fold of docs/protocol.md once more, as plainly as can be: what the server's is held against.

Nothing here comes from boards/, so that a mistake there is not repeated here.
"""

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
    if change["op"] == "clear":
        elements.clear()
        return
    key = change["key"]
    living = elements.get(key)
    if change["op"] == "put":
        if living is None:
            elements[key] = {"author": change.get("author", author), **change["element"]}
    elif living is None:
        return
    elif change["op"] == "set":
        elements[key] = _patched(living, change["props"], change.get("if", {}))
    elif change["op"] == "remove":
        del elements[key]
    elif change["op"] == "split":
        del elements[key]
        for piece in change["into"]:
            elements.setdefault(piece["key"], {**living, **piece["props"]})
    else:
        raise AssertionError(f"the log holds an unknown change: {change}")


def _patched(element: Element, props: Element, expected: Element) -> Element:
    result = dict(element)
    for name, value in props.items():
        if name in expected and element.get(name) != expected[name]:
            continue
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result
