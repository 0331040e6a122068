"""Files as request bodies: read in parts, and no farther than their limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, RawPostDataException
from django.http.request import UnreadablePostError

from boards.assets.refusals import FileRefusedError

PART_BYTES: Final = 64 * 1024
OF_FORMS: Final = frozenset(
    {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
)
"""What pages of other sites can send without being asked first (S25)."""


def is_of_a_form(request: HttpRequest) -> bool:
    return request.content_type in OF_FORMS


def body_parts(request: HttpRequest, most: int) -> Iterator[bytes]:
    """Raises FileRefusedError before anything is read where the length that is said is too much."""
    said = request.headers.get("Content-Length", "")
    if said.isascii() and said.isdecimal() and int(said[:20]) > most:
        raise FileRefusedError("too_big")
    return _read(request)


def _read(request: HttpRequest) -> Iterator[bytes]:
    try:
        while part := request.read(PART_BYTES):
            yield part
    except (UnreadablePostError, RawPostDataException, OSError) as error:
        raise FileRefusedError("broken") from error
