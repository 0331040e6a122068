"""`GET` of a page over plain asyncio: it takes the same bad wire as the socket does."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any, Final
from uuid import UUID

from .wire import HOST

READ_SECONDS: Final = 15.0
"""A slow line is no reason to give up, a silent one is."""


class NotReadableError(Exception):
    """The page did not come, or not whole."""


async def read_document(port: int, board: UUID, cookie: str) -> dict[str, Any]:
    body = await read_page(port, f"/boards/{board}/document", cookie)
    document: dict[str, Any] = json.loads(body)
    return document


async def read_page(port: int, path: str, cookie: str = "") -> bytes:
    try:
        return await asyncio.wait_for(_read(port, path, cookie), READ_SECONDS)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise NotReadableError(f"{path}: {type(error).__name__}") from error


async def _read(port: int, path: str, cookie: str) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        lines = (f"GET {path} HTTP/1.1", f"Host: {HOST}:{port}", f"Cookie: {cookie}")
        writer.write("\r\n".join((*lines, "Connection: close", "", "")).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        length = re.search(r"(?im)^content-length: (\d+)\r$", head)
        body = await (reader.readexactly(int(length[1])) if length else _chunks(reader))
        if status != 200:
            raise NotReadableError(f"{path} was answered with {status}")
        return body
    finally:
        writer.transport.abort()


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    """The body of a chunked answer: cut off is told from finished by the last, empty chunk."""
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    return body
