"""Stops bodies that are too long before they are on our disk: Django would first take all of one.

Around the pages: an ASGI application that looks only at the few addresses that take files.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any, Final

from django.core.handlers.asgi import ASGIRequest
from django.utils import translation

from boards.assets.refusals import FileRefusedError
from boards.options import option

_takes_a_file: Final = re.compile(
    r"/(?:api/)?boards/[0-9a-f-]{36}/assets|/boards/import|/api/boards/import"
).fullmatch
FORM_BYTES: Final = 16 * 1024
"""Around a file that comes in a form."""

Scope = dict[str, Any]
Message = dict[str, Any]


def bounded(pages: Any) -> Any:
    """The same pages, which never see more of a file than may be."""

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        most = _most(scope)
        if most is None:
            await pages(scope, receive, send)
        elif _said_length(scope) > most:
            await _refuse(scope, send)
        else:
            await _Counting(pages, most).run(scope, receive, send)

    return application


class _Counting:
    """One request whose body is counted as it comes."""

    def __init__(self, pages: Any, most: int) -> None:
        self._pages = pages
        self._left = most
        self._answered = False

    async def run(self, scope: Scope, receive: Any, send: Any) -> None:
        async def counted() -> Message:
            message: Message = await receive()
            self._left -= len(message.get("body", b""))
            # As if the sender had gone: nobody reads on.
            return message if self._left >= 0 else {"type": "http.disconnect"}

        async def noticed(message: Message) -> None:
            self._answered = True
            await send(message)

        await self._pages(scope, counted, noticed)
        if self._left < 0 and not self._answered:
            await _refuse(scope, send)


def _most(scope: Scope) -> int | None:
    path: str = scope["path"].removeprefix(scope.get("root_path") or "")
    if scope["method"] != "POST" or not _takes_a_file(path):
        return None
    if path.endswith("/import"):
        return int(option("IMPORT_BYTES_MAX")) + FORM_BYTES
    return int(option("ASSET_BYTES_MAX"))


def _said_length(scope: Scope) -> int:
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(said[:20]) if said.isdigit() else 0


async def _refuse(scope: Scope, send: Any) -> None:
    refused = FileRefusedError("too_big")
    with translation.override(translation.get_language_from_request(_request(scope))):
        body = json.dumps({"error": refused.code, "detail": refused.detail}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store, private"),
        (b"x-content-type-options", b"nosniff"),
        # What is still coming is not going to be read.
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _request(scope: Scope) -> ASGIRequest:
    """Only to know the reader's language."""
    return ASGIRequest({**scope, "query_string": b""}, io.BytesIO())
