"""Where a board is, and who comes to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlsplit

_BOARD: Final = re.compile(
    r"^(https?://[^/?#]+)/boards/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#].*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Site:
    """A board's address with what we show at its door."""

    origin: str
    """Scheme, host and port, as `https://board.example.org`."""
    board: str
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, url: str, *, token: str | None = None, cookie: str | None = None) -> Self:
        """From the address as a browser shows it. A token comes alone; a cookie needs an origin."""
        found = _BOARD.match(url)
        if found is None:
            raise ValueError(f"{url!r} is no board's address: expected https://host/boards/<uuid>/")
        origin, board = found[1], found[2].lower()
        if token is not None:
            return cls(origin, board, (("Authorization", f"Bearer {token}"),))
        site = cls(origin, board, (("Origin", origin),))
        return site if cookie is None else site.with_cookie(cookie)

    def with_cookie(self, cookie: str) -> Self:
        return replace(self, headers=(("Origin", self.origin), ("Cookie", cookie)))

    @property
    def tls(self) -> bool:
        return self.origin.startswith("https")

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.origin).port or (443 if self.tls else 80)

    @property
    def socket_url(self) -> str:
        return f"{self.origin.replace('http', 'ws', 1)}/ws/boards/{self.board}/"

    @property
    def document_path(self) -> str:
        return f"/boards/{self.board}/document"
