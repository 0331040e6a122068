"""What is read of boards without their whole documents: elements for a picture, texts to search in.

Beside the store's document the only way in which elements leave a board.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from .models import INK_KINDS, Board, Element

PICTURED_INK: Final = 1000
PICTURED_OTHERS: Final = 400
PICTURED_BODY: Final = 16_384
"""Characters of an element; what is longer is too much for a small picture."""
SEARCHED: Final = 10_000
"""Elements looked through for one search, so that a word of the schema costs no more."""

Properties = dict[str, Any]

# As the partial index has it, with its constants in the text: SQLite uses such an index for nothing
# that comes as a parameter, and would read every stroke of 1,000 boards.
_MAY_HAVE_TEXT: Final = RawSQL(  # noqa: S611  # constants of ours
    "(NOT removed AND NOT (kind IN ({})))".format(", ".join(f"'{kind}'" for kind in INK_KINDS)),
    (),
    BooleanField(),
)


class _Written(msgspec.Struct):
    """An element as far as a search is concerned."""

    text: Any = None


_decode: Final = msgspec.json.Decoder(Properties).decode
_decode_written: Final = msgspec.json.Decoder(_Written).decode


class Found(NamedTuple):
    """A text on a board that contains what was searched for."""

    board: UUID
    text: str


def some_elements(board: UUID) -> list[tuple[str, Properties]]:
    """All elements of a usual board, of a huge one as many as a small picture can show.

    Ink in the order of its keys, which are random and have an index: that is a sample, and reads
    no more than it gives. Of what may have text, what comes first in its own index.
    """
    living = Element.objects.filter(board=board)
    others = living.filter(_MAY_HAVE_TEXT).order_by()[:PICTURED_OTHERS]
    ink = living.filter(removed=False, kind__in=INK_KINDS).order_by("key")[:PICTURED_INK]
    found: list[tuple[str, Properties]] = []
    for rows in (others, ink):
        for key, body in rows.values_list("key", "body"):
            if len(body) <= PICTURED_BODY:
                found.append((key, _decode(body)))
    return found


def boards_with(words: str, boards: QuerySet[Board]) -> Iterator[Found]:
    """The boards on which something written contains these words, each once."""
    wanted = words.casefold()
    written = json.dumps(words, ensure_ascii=False)[1:-1]
    rows = (
        Element.objects.filter(_MAY_HAVE_TEXT, board__in=boards.order_by().values("pk"))
        # The body as a whole, names of properties included: what it finds is looked at again.
        .filter(body__icontains=written)
        .order_by()
        .values_list("board", "body")[:SEARCHED]
    )
    known: set[UUID] = set()
    for board, body in rows.iterator():
        if board in known:
            continue
        text = _decode_written(body).text
        if isinstance(text, str) and wanted in text.casefold():
            known.add(board)
            yield Found(board, text)
