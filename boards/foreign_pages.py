"""Pages of other sites that may come with an access token (S1, S25): those that a setting names.

A browser asks first whether a page of another origin may send such a request (CORS); that is
answered here, before any code that knows people. What is let through bears a token and has lost its
cookies: whatever a browser adds by itself opens nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from .origins import headers_of, is_token_origin, shows_token

PATHS: Final = ("/api/", "/live/")
"""What programs use; pages, pictures and sign-in are for our own pages."""
METHODS: Final = b"GET, POST, PUT, PATCH, DELETE"
HEADERS: Final = b"authorization, content-type, last-event-id, x-whiteboard-link"
REMEMBERED_SECONDS: Final = b"600"
"""Chromium's own limit is two hours; a setting that is taken back counts sooner."""

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


def with_foreign_pages(application: Application) -> Application:
    async def welcoming(scope: Scope, receive: Any, send: Any) -> None:
        origin = _foreign_origin(scope)
        if origin is None:
            await application(scope, receive, send)
        elif _is_preflight(scope):
            await send({"type": "http.response.start", "status": 204, "headers": _may(origin)})
            await send({"type": "http.response.body", "body": b""})
        elif shows_token(headers_of(scope)):
            await application(_without_cookies(scope), receive, _telling(origin, send))
        else:
            await application(scope, receive, send)

    return welcoming


def _foreign_origin(scope: Scope) -> bytes | None:
    """The origin of a page that may come, where this is something that it may ask for."""
    path = scope["path"].removeprefix(scope.get("root_path") or "")
    if not path.startswith(PATHS):
        return None
    origin = dict(scope["headers"]).get(b"origin", b"")
    return origin if origin and is_token_origin(origin.decode("latin-1")) else None


def _is_preflight(scope: Scope) -> bool:
    named = {name for name, _ in scope["headers"]}
    return scope["method"] == "OPTIONS" and b"access-control-request-method" in named


def _allowed(origin: bytes) -> list[tuple[bytes, bytes]]:
    """Never with credentials: a browser then keeps answers that it has sent cookies for."""
    return [(b"access-control-allow-origin", origin), (b"vary", b"Origin")]


def _may(origin: bytes) -> list[tuple[bytes, bytes]]:
    return [
        *_allowed(origin),
        (b"access-control-allow-methods", METHODS),
        (b"access-control-allow-headers", HEADERS),
        (b"access-control-max-age", REMEMBERED_SECONDS),
        (b"content-length", b"0"),
    ]


def _without_cookies(scope: Scope) -> Scope:
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"cookie"]}


def _telling(origin: bytes, send: Any) -> Any:
    async def told(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            exposed = (b"access-control-expose-headers", b"retry-after")
            message = {**message, "headers": [*message["headers"], *_allowed(origin), exposed]}
        await send(message)

    return told
