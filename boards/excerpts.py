"""What is read of boards without their whole documents: elements for a picture, texts to search in.

Beside the store's document the only way in which elements leave a board.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from .elements import FIRST_PAGE, PAGE
from .models import INK_KINDS, LABELLED_KINDS, Board, Element

PICTURED_INK: Final = 1000
PICTURED_OTHERS: Final = 400
PICTURED_BODY: Final = 16_384
"""Characters of an element; what is longer is too much for a small picture."""
PAGES: Final = 1000
FIRST_PAGE_Z: Final = "Zz"
"""Where the first page stands that nobody has put: before those that begin with `a`."""
TOLD_APART: Final = 20
"""Pages; on a board of more, what is on a page that has gone is in no picture."""
SEARCHED: Final = 10_000
"""Elements looked through for one search, so that a word of the schema costs no more."""

Properties = dict[str, Any]


def _as_indexed(condition: str) -> RawSQL:
    """A partial index's condition with its constants in the text.

    SQLite uses such an index for nothing that comes as a parameter, and would read every stroke of
    1,000 boards.
    """
    return RawSQL(f"({condition})", (), BooleanField())  # noqa: S611  # constants of ours


def _listed(kinds: Sequence[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


_MAY_HAVE_TEXT: Final = _as_indexed(f"NOT removed AND NOT (kind IN ({_listed(INK_KINDS)}))")
_HAS_LABEL: Final = _as_indexed(
    f"NOT removed AND kind IN ({_listed(LABELLED_KINDS)})"
    # Two signs of percent, because parameters stand elsewhere in the statement.
    """ AND body LIKE '%%"text":"%%' ESCAPE '\\'"""
)


class _Written(msgspec.Struct):
    """An element as far as a search is concerned."""

    text: Any = None
    name: Any = None
    """Of a frame or a page."""
    alt: Any = None
    """What a picture shows, in words."""


_decode: Final = msgspec.json.Decoder(Properties).decode
_decode_written: Final = msgspec.json.Decoder(_Written).decode


class Found(NamedTuple):
    """A text on a board that contains what was searched for."""

    board: UUID
    text: str


def some_elements(board: UUID) -> list[tuple[str, Properties]]:
    """All of a usual board's first page, of a huge one as many as a small picture can show.

    Ink in the order of its keys, which are random and have an index: that is a sample, and reads
    no more than it gives. Of what may have text, what comes first in its own index.
    """
    living, elsewhere = _on_first_page(board)
    others = living.filter(_MAY_HAVE_TEXT).order_by()[:PICTURED_OTHERS]
    ink = living.filter(removed=False, kind__in=INK_KINDS).order_by("key")[:PICTURED_INK]
    found: list[tuple[str, Properties]] = []
    for rows in (others, ink):
        for key, body in rows.values_list("key", "body"):
            if len(body) > PICTURED_BODY:
                continue
            element = _decode(body)
            # What is on a page that isn't there is seen on the first one.
            named = element.get("page", FIRST_PAGE)
            if element.get("kind") != PAGE and named not in elsewhere:
                found.append((key, element))
    return found


def _on_first_page(board: UUID) -> tuple[QuerySet[Element], set[str]]:
    """Elements that may be on the first page that is listed, and the keys of the others.

    The text of a property is in a body as it is written there: quotes within a text are escaped.
    """
    elements = Element.objects.filter(board=board)
    pages = _pages(elements)
    page = _first(pages)
    others = pages.keys() - {page}
    if page != FIRST_PAGE:
        elements = elements.filter(body__contains='"page":"')
    if len(others) > TOLD_APART:
        return _naming(elements, page), others
    for other in others:
        elements = elements.exclude(body__contains=f'"page":"{other}"')
    return elements, others


def _naming(elements: QuerySet[Element], page: str) -> QuerySet[Element]:
    if page == FIRST_PAGE:
        return elements.exclude(body__contains='"page":"')
    return elements.filter(body__contains=f'"page":"{page}"')


def _pages(elements: QuerySet[Element]) -> dict[str, Properties]:
    """The first one is there without being put."""
    rows = elements.filter(_MAY_HAVE_TEXT, kind=PAGE).order_by()[:PAGES]
    pages = {key: _decode(body) for key, body in rows.values_list("key", "body")}
    pages.setdefault(FIRST_PAGE, {"z": FIRST_PAGE_Z})
    return pages


def _first(pages: dict[str, Properties]) -> str:
    listed = {key: page for key, page in pages.items() if page.get("hidden") is not True}
    found = listed or pages
    return min(found, key=lambda key: (str(found[key].get("z", "")), key))


def boards_with(words: str, boards: QuerySet[Board]) -> Iterator[Found]:
    """The boards on which something written contains these words, each once."""
    wanted = words.casefold()
    written = json.dumps(words, ensure_ascii=False)[1:-1]
    rows = (
        # The body as a whole, names of properties included: what it finds is looked at again.
        Element.objects.filter(where, board__in=boards.order_by().values("pk"))
        .filter(body__icontains=written)
        .order_by()
        .values_list("board", "body")
        for where in (_MAY_HAVE_TEXT, _HAS_LABEL)
    )
    # In one statement each part has its own index, which no OR would use.
    texts, labels = rows
    known: set[UUID] = set()
    for board, body in texts.union(labels, all=True)[:SEARCHED].iterator():
        if board in known:
            continue
        element = _decode_written(body)
        for text in (element.text, element.name, element.alt):
            if isinstance(text, str) and wanted in text.casefold():
                known.add(board)
                yield Found(board, text)
                break
