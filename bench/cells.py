"""Tables in Markdown; pure."""

from __future__ import annotations

from collections.abc import Iterable


def table_of(columns: str, rows: Iterable[Iterable[str]]) -> list[str]:
    """`columns` are names with commas between them."""
    names = columns.split(", ")
    return [_line(cells) for cells in (names, ["---"] * len(names), *rows)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
