"""PDF documents: stored as they are, and looked into only to count their pages.

No library: what reads untrusted PDFs on the server is one more thing to keep patched. What is
counted here is a hint for people; the browser, which shows the pages, knows better.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import IO, Final

from .rewriting import Prepared

MEDIA: Final = "application/pdf"
MARK: Final = b"%PDF-"
PAGES_MAX: Final = 99_999
"""As many as an element can name."""
INFLATED_MAX: Final = 8 * 1024 * 1024
"""Of all packed lists of objects together: 40,000 pages have no longer ones."""
LIST_MAX: Final = 1024 * 1024
"""Of one of them."""
LISTS_MAX: Final = 2000
ENTRY_MAX: Final = 2048
"""From the word to where its stream begins."""

_is_page: Final = re.compile(rb"/Type\s{0,8}/Page(?![A-Za-z])").finditer
_is_list: Final = re.compile(rb"/Type\s{0,8}/ObjStm").finditer
_begins: Final = re.compile(rb"stream\r?\n").search
_box: Final = re.compile(
    rb"/MediaBox\s{0,8}\[\s{0,8}(-?\d{1,6})(?:\.\d{0,9})?\s{1,8}(-?\d{1,6})(?:\.\d{0,9})?"
    rb"\s{1,8}(-?\d{1,6})(?:\.\d{0,9})?\s{1,8}(-?\d{1,6})(?:\.\d{0,9})?\s{0,8}\]"
).search


def is_pdf(head: bytes) -> bool:
    """At the very beginning: behind something else it may be another type as well."""
    return head.startswith(MARK)


def prepared(file: IO[bytes]) -> Prepared:
    file.seek(0)
    content = file.read()
    file.seek(0)
    pages = width = height = 0
    for text in (content, *_packed_lists(content)):
        pages += sum(1 for _ in _is_page(text))
        if not width:
            width, height = _size_in(text)
    return Prepared(MEDIA, width, height, min(max(1, pages), PAGES_MAX), file)


def _packed_lists(content: bytes) -> Iterator[bytes]:
    """What newer PDFs have packed their pages' entries into, as far as it is not too much."""
    left = INFLATED_MAX
    for found in islice(_is_list(content), LISTS_MAX):
        begins = _begins(content, found.end(), found.end() + ENTRY_MAX)
        if begins is None:
            continue
        packed = memoryview(content)[begins.end() : begins.end() + LIST_MAX]
        try:
            text = zlib.decompressobj().decompress(packed, min(left, LIST_MAX))
        except zlib.error:
            # Packed in another way, or encrypted.
            continue
        yield text
        left -= len(text)
        if left <= 0:
            return


def _size_in(text: bytes) -> tuple[int, int]:
    found = _box(text)
    if found is None:
        return 0, 0
    left, bottom, right, top = (int(number) for number in found.groups())
    return abs(right - left), abs(top - bottom)
