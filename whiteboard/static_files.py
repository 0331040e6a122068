"""Static files in production, answered before Django: no thread, and nothing that pages need.

servestatic knows the files, their encodings and what a browser may keep; the headers of every
answer come from the middleware that gives them to pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache, reduce
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.module_loading import import_string
from servestatic.asgi import FileServerASGI
from servestatic.middleware import ServeStaticMiddleware

from boards.offline import BUNDLED

HEADERS_BY: Final = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "boards.middleware.PageHeaders",
)
"""The first of MIDDLEWARE."""
SENDS_FILES: Final = "http.response.zerocopysend"
"""Asked for by this servestatic hands over the open file; else it reads in a thread of its own."""

Scope = dict[str, Any]
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]


def before(pages: Any) -> Any:
    """Files by this application, everything else by that of the pages."""
    files = _Files(_nothing).files

    async def application(scope: Scope, receive: Any, send: Send) -> None:
        file = files.get(_path(scope)) if scope["type"] == "http" else None
        headers = _headers_for(scope) if file is not None else None
        if file is None or headers is None:
            await pages(scope, receive, send)
            return
        extensions = {**(scope.get("extensions") or {}), SENDS_FILES: {}}
        answer: Any = FileServerASGI(file)
        await answer({**scope, "extensions": extensions}, receive, _with(headers, send))

    return application


class _Files(ServeStaticMiddleware):
    """Parts of the page have what is in them in their names, in the bundler's own way."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        return super().immutable_file_test(path, url) or BUNDLED.search(url) is not None


def _with(headers: Headers, send: Send) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            more = [pair for pair in headers if pair[0] not in own]
            message = {**message, "headers": [*message["headers"], *more]}
        elif message["type"] == SENDS_FILES:
            message = {"type": "http.response.body", "body": _read(message)}
        await send(message)

    return told


def _read(message: Message) -> bytes:
    """Some KiB that the system has in memory: a thread would take longer than the reading."""
    file = message["file"]
    file.seek(message["offset"])
    return bytes(file.read(message.get("count", -1)))


# -- headers ---------------------------------------------------------------------------------------


def _headers_for(scope: Scope) -> Headers | None:
    """What every answer says to such a request; None where Django sends it to https."""
    forwarded = b""
    if settings.SECURE_PROXY_SSL_HEADER:
        asked = settings.SECURE_PROXY_SSL_HEADER[0].removeprefix("HTTP_").replace("_", "-")
        name = asked.lower().encode()
        forwarded = b",".join(value for one, value in scope["headers"] if one == name)
    return _headers(scope.get("scheme", "http"), forwarded.decode("latin-1"))


def _path(scope: Scope) -> str:
    """Below the path at which the server has the whole site."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path") or "")


class _Request(HttpRequest):
    """Of a file, whichever."""

    def __init__(self, scheme: str, forwarded: str) -> None:
        super().__init__()
        self.path = self.path_info = settings.STATIC_URL or "/"
        self._scheme = scheme
        if forwarded:
            self.META[settings.SECURE_PROXY_SSL_HEADER[0]] = forwarded

    def _get_scheme(self) -> str:
        return self._scheme


# By what a proxy says of the scheme, too, which may be anything where there is none.
@lru_cache(maxsize=16)
def _headers(scheme: str, forwarded: str) -> Headers | None:
    request = _Request(scheme, forwarded)
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return None
    empty = HttpResponse()
    del empty.headers["Content-Type"]

    def answer(_: HttpRequest) -> HttpResponse:
        return empty

    given: HttpResponse = reduce(_around, reversed(HEADERS_BY), answer)(request)
    return tuple((name.lower().encode(), value.encode()) for name, value in given.headers.items())


def _around(inner: Any, name: str) -> Any:
    return import_string(name)(inner)


async def _nothing(request: HttpRequest) -> HttpResponse:
    """Of servestatic's middleware only the files are used: what comes after it is never asked."""
    return HttpResponseNotFound()
