"""Answers that are read in parts: small ones at once, large ones as they go out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

AT_ONCE: Final = 1024 * 1024
"""Most pictures as they are asked for; one of these in memory for each that is on its way."""
_pool: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="file-reader")
"""Their own: a slow storage must not keep documents of boards waiting."""


def answer_with(parts: Iterator[bytes], media: str) -> HttpResponseBase:
    begun: list[bytes] = []
    size = 0
    for part in parts:
        begun.append(part)
        size += len(part)
        if size > AT_ONCE:
            return StreamingHttpResponse(_streamed(begun, parts), content_type=media)
    return HttpResponse(b"".join(begun), content_type=media)


async def _streamed(begun: list[bytes], parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield b"".join(begun)
    loop = asyncio.get_running_loop()
    while (part := await loop.run_in_executor(_pool, _next, parts)) is not None:
        yield part


def _next(parts: Iterator[bytes]) -> bytes | None:
    try:
        return next(parts, None)
    except (OperationalError, InterfaceError):
        # The answer ends unfinished, which its reader notices; the next has a new connection.
        connection.close()
        raise
