"""`GET /boards/<uuid>/document`: the whole board at one clock, compressed once and kept."""

from __future__ import annotations

import gzip
import re
import time
from asyncio import AbstractEventLoop, Task, get_running_loop, shield
from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from . import access, store
from .people import person_of_request
from .protocol import SCHEMA
from .readers import read
from .sight import Sight, seen_document, sight_of

GZIP_LEVEL: Final = 1
"""10,000 strokes: 44 ms and 1.52 MB; level 6 takes 118 ms for 4 % less, points being dense."""
KEPT_BYTES: Final = 64 * 1024 * 1024
"""Compressed documents kept in memory: about forty boards of 10,000 strokes."""


class Compressed(NamedTuple):
    """A document as it goes out."""

    epoch: str
    clock: int
    body: bytes

    @property
    def etag(self) -> str:
        return etag_of(self.epoch, self.clock)


def etag_of(epoch: str, clock: int) -> str:
    return f'"{epoch}-{clock}-{SCHEMA}"'


class Kept:
    """The newest compressed documents, the least recently used of them dropped by size."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._documents: OrderedDict[UUID, Compressed] = OrderedDict()
        self._lock = Lock()

    def get(self, board: UUID, epoch: str, clock: int) -> Compressed | None:
        with self._lock:
            found = self._documents.get(board)
            if found is None or found.epoch != epoch or found.clock < clock:
                return None
            self._documents.move_to_end(board)
            return found

    def put(self, board: UUID, document: Compressed) -> None:
        with self._lock:
            self._drop(board)
            self._documents[board] = document
            self._size += len(document.body)
            while self._size > self._most:
                self._drop(next(iter(self._documents)))

    def _drop(self, board: UUID) -> None:
        dropped = self._documents.pop(board, None)
        if dropped is not None:
            self._size -= len(dropped.body)


kept: Final = Kept(KEPT_BYTES)


@require_safe
async def document(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Nothing but "not found" for those who may not know of the board (S2)."""
    visible = await read(visible_head, request, board_id)
    if visible is None:
        return _not_found()
    return await answer_document(request, board_id, *visible)


async def answer_document(
    request: HttpRequest, board_id: UUID, head: store.Head, sight: Sight | None
) -> HttpResponse:
    """The document for somebody who may see the board."""
    if sight is not None:
        return await _seen_by(sight, board_id)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    etag = etag_of(head.epoch, head.clock)
    if etag in known or f"W/{etag}" in known:
        return _with_headers(HttpResponse(status=304), etag)
    found = kept.get(board_id, head.epoch, head.clock) or await _compressed(board_id, head)
    if found is None:
        return _not_found()
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(found.body, content_type="application/json")
        response.headers["Content-Encoding"] = "gzip"
    else:
        plain = await read(gzip.decompress, found.body)
        response = HttpResponse(plain, content_type="application/json")
    return _with_headers(response, found.etag)


async def _seen_by(sight: Sight, board: UUID) -> HttpResponse:
    """Made for one reader, so nothing of it is kept."""
    snapshot = await read(store.document, board)
    if snapshot is None:
        return _not_found()
    body = await read(seen_document, sight, snapshot.body)
    response = HttpResponse(body, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def visible_head(request: HttpRequest, board: UUID) -> tuple[store.Head, Sight | None] | None:
    """The board's head and what of it is seen, if whoever asks may see it at all.

    The same queries where there is none.
    """
    person = person_of_request(request)
    head = store.head(board)
    number = None if person is None else person.pk
    standing = None if head is None else access.standing(head.rules, number, time.time())
    if head is None or standing is None or number is None:
        return None
    if not access.may(standing, access.Action.SEE):
        return None
    return head, sight_of(standing, number, head.rules.owner_id)


_under_way: Final[dict[tuple[AbstractEventLoop, UUID], Task[Compressed | None]]] = {}


async def _compressed(board: UUID, head: store.Head) -> Compressed | None:
    """A fresh document. A class that opens its board at once has it compressed once."""
    loop = get_running_loop()
    task = _under_way.get((loop, board))
    if task is None:
        task = _under_way[loop, board] = loop.create_task(read(compress, board))
        task.add_done_callback(lambda _: _under_way.pop((loop, board), None))
    # Shielded: who goes away must not take it from the others.
    found = await shield(task)
    if found is None or (found.epoch == head.epoch and found.clock >= head.clock):
        return found
    # It had been begun before what this visitor may already have seen.
    return await read(compress, board)


def compress(board: UUID) -> Compressed | None:
    """Reads and compresses a document afresh and keeps it."""
    snapshot = store.document(board)
    if snapshot is None:
        return None
    body = gzip.compress(snapshot.body, GZIP_LEVEL, mtime=0)
    document = Compressed(snapshot.epoch, snapshot.clock, body)
    kept.put(board, document)
    return document


def accepts_gzip(header: str) -> bool:
    """Whether `Accept-Encoding` names gzip (or anything) without a weight of zero."""
    for part in header.lower().split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip() in {"gzip", "x-gzip", "*"}:
            return not re.search(r"q\s*=\s*0(\.0*)?\s*$", parameters)
    return False


def _not_found() -> HttpResponse:
    return HttpResponse("Not found.\n", status=404, content_type="text/plain; charset=utf-8")


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    # Kept by the browser, but asked for each time: rights may have changed since.
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
