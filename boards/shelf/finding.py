"""Searching a person's boards by title and by what is written on them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from boards.excerpts import boards_with
from boards.models import Board

from .snippets import Snippet, snippet

BOARDS_MAX: Final = 500
"""Found by what is written on them; more are no help to whoever looks for one."""


def found_among(boards: QuerySet[Board], words: str) -> tuple[QuerySet[Board], dict[UUID, Snippet]]:
    """The boards with these words, in the same order, and where on them the words are."""
    snippets: dict[UUID, Snippet] = {}
    for board, text in boards_with(words, boards):
        cut = snippet(text, words)
        if cut is not None:
            snippets[board] = cut
        if len(snippets) >= BOARDS_MAX:
            break
    found = boards.filter(Q(title__icontains=words) | Q(pk__in=list(snippets)))
    return found, snippets
