"""Lets only pages of this site open sockets (S1): scheme, host and port must be its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from .options import option

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]

DEFAULT_PORTS = {"http": 80, "https": 443}


class OwnOriginOnly:
    """Refuses a handshake from elsewhere with 403, before any consumer code runs."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if is_allowed(headers_of(scope)):
            await self.application(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": 1008})


def headers_of(scope: Scope) -> dict[str, str]:
    """Headers by name; those that come several times are one, as Django joins them."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        between = "; " if name == "cookie" else ","
        headers[name] = f"{headers[name]}{between}{value}" if name in headers else value
    return headers


def is_allowed(headers: dict[str, str]) -> bool:
    """Whether the handshake's Origin is one of `PUBLIC_ORIGINS`, or without them our own.

    A program with an access token needs none: no cookie of anybody's browser is looked at then.
    With a token pages of the sites that a setting names may come as well.
    """
    if "origin" not in headers:
        return shows_token(headers)
    host, origin = headers.get("host", ""), headers["origin"]
    if not _is_host(host, _our_hosts()):
        return False
    public = tuple(getattr(settings, "PUBLIC_ORIGINS", ()))
    if _is_one_of(origin, public or (f"{_scheme(headers)}://{host}",)):
        return True
    return shows_token(headers) and is_token_origin(origin)


def is_token_origin(origin: str) -> bool:
    """Whether pages from there may come with a token."""
    return _is_one_of(origin, tuple(option("TOKEN_ORIGINS")))


def _scheme(headers: dict[str, str]) -> str:
    # daphne's scope has no scheme; a proxy that ends TLS says it, where it is trusted to.
    proxy_header: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
    if proxy_header is None:
        return "http"
    name = proxy_header[0].removeprefix("HTTP_").replace("_", "-").lower()
    return "https" if headers.get(name) == proxy_header[1] else "http"


def _our_hosts() -> tuple[str, ...]:
    if settings.DEBUG and not settings.ALLOWED_HOSTS:
        return (".localhost", "127.0.0.1", "[::1]")
    return tuple(settings.ALLOWED_HOSTS)


# Asked for each request of the HTTP transports, of which there may be 1,000 a second.
@lru_cache(maxsize=256)
def _is_host(host: str, allowed: tuple[str, ...]) -> bool:
    """As Django judges it for pages (S28): another name may lead to this machine too."""
    return validate_host(split_domain_port(host)[0], allowed)


@lru_cache(maxsize=256)
def _is_one_of(origin: str, allowed: tuple[str, ...]) -> bool:
    split = split_origin(origin)
    return split is not None and split in [split_origin(one) for one in allowed]


def shows_token(headers: dict[str, str]) -> bool:
    """Whether who asks is said by a token; browsers add none by themselves."""
    return headers.get("authorization", "").lower().startswith("bearer ")


def split_origin(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an origin; None if it is none (`null`, a path, bad port)."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    if parts.path or parts.query or parts.fragment or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port or DEFAULT_PORTS[parts.scheme]
