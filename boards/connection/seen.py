"""What the server saw of a request, for the page to compare with what its browser sent."""

from __future__ import annotations

import re
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from boards.echo import head_bytes, reported
from boards.limits import Bucket, client_address
from boards.options import option
from boards.origins import is_allowed

TRY: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
"""A handshake's name, made up by the page that tries it."""
KEPT_SECONDS: Final = 60
TRIES: Final = Bucket("ECHO_TRIES")

Pairs = list[tuple[str, str]]


def seen(request: HttpRequest, origin: str) -> dict[str, Any]:
    """Of this request; and whether a socket from a page of `origin` would be let in (S1)."""
    headers = headers_of(request)
    scope = getattr(request, "scope", None)
    return {
        "headers": reported(headers),
        "head": head_bytes(scope) if scope else 0,
        "http": scope.get("http_version", "") if scope else "",
        "scheme": request.scheme,
        "host": request.get_host(),
        "accepts": is_allowed({**headers, "origin": origin}),
        "public": list(getattr(settings, "PUBLIC_ORIGINS", [])),
        "proxies": option("TRUSTED_PROXIES"),
        "address": client_address(request),
    }


def headers_of(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def remember_plain(request: HttpRequest) -> None:
    """A handshake arrived as an ordinary request: kept for the page that made it."""
    name = request.GET.get("try", "")
    if TRY.fullmatch(name) and TRIES.take(request):
        cache.set(_key(name), reported(headers_of(request)), timeout=KEPT_SECONDS)


def arrived_plain(name: str) -> Pairs | None:
    """The headers of the handshake of that name, if it came without its `Upgrade`."""
    found: Pairs | None = cache.get(_key(name)) if TRY.fullmatch(name) else None
    return found


def _key(name: str) -> str:
    return f"connection:try:{name}"
