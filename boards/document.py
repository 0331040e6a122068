"""The document over HTTP: read in one snapshot, compressed once per clock, kept for the next."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from . import access, store
from .people import person_of_request
from .protocol import SCHEMA
from .readers import read

CACHE_BYTES: Final = 64 * 1024 * 1024
"""Compressed documents kept: some dozens of full boards, a whole school's of ordinary ones."""
GZIP_LEVEL: Final = 1
"""Points are nearly random, so that level 6 takes three times as long for 2 % less."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A document as it was at one clock."""

    epoch: str
    clock: int
    plain_size: int
    gzipped: bytes

    @property
    def etag(self) -> str:
        return f'"{self.epoch}-{self.clock}-{SCHEMA}"'


class Cache:
    """The newest document of each board, least recently used out first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._packed: OrderedDict[UUID, Packed] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, board: UUID, epoch: str, clock: int) -> Packed | None:
        with self._lock:
            packed = self._packed.get(board)
            if packed is None or (packed.epoch, packed.clock) != (epoch, clock):
                return None
            self._packed.move_to_end(board)
            return packed

    def keep(self, board: UUID, packed: Packed) -> None:
        with self._lock:
            old = self._packed.pop(board, None)
            self._bytes += len(packed.gzipped) - (0 if old is None else len(old.gzipped))
            self._packed[board] = packed
            while self._bytes > self._most_bytes:
                _, oldest = self._packed.popitem(last=False)
                self._bytes -= len(oldest.gzipped)


_cache = Cache(CACHE_BYTES)


async def document(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """`GET /boards/<uuid>/document` for whoever may see the board; else the same 404 (S2)."""
    packed = await read(_packed_for, request, board_id)
    if packed is None:
        raise Http404
    response = get_conditional_response(request, etag=packed.etag)
    if response is None:
        response = await read(_respond, request, packed)
    response["ETag"] = packed.etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def _packed_for(request: HttpRequest, board: UUID) -> Packed | None:
    """Reads rights and document in a reader's thread."""
    person = person_of_request(request)
    head = store.head(board)
    if head is None or not access.may(access.role_on(head, person), access.Action.SEE):
        return None
    packed = _cache.get(board, head.epoch, head.clock)
    if packed is not None:
        return packed
    snapshot = store.document(board)
    if snapshot is None:
        return None
    gzipped = gzip.compress(snapshot.body, GZIP_LEVEL, mtime=0)
    packed = Packed(snapshot.epoch, snapshot.clock, len(snapshot.body), gzipped)
    _cache.keep(board, packed)
    return packed


def _respond(request: HttpRequest, packed: Packed) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed.gzipped, content_type="application/json")
        response["Content-Encoding"] = "gzip"
        return response
    return HttpResponse(gzip.decompress(packed.gzipped), content_type="application/json")
