"""The links of this process, and the way to those of others."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from boards.options import option
from boards.outbox import Send
from boards.rooms import Rooms, rooms_here

from .distant import DistantLink, Relay
from .held import GoneError, Handler, HeldLink

NAME: Final = re.compile(r"([0-9a-z]{1,32})\.[A-Za-z0-9_-]{22}")
"""The process that has the link, and 128 random bits."""


class TooManyLinksError(Exception):
    """This process holds as many as it may."""


class Links:
    """See the module."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._held: dict[str, HeldLink] = {}
        self._relay = Relay(rooms, self._held)

    async def open(self, enter: Callable[[Send], Awaitable[Handler]]) -> str:
        """A new link; `enter` makes what it leads to. Returns its secret name."""
        if len(self._held) >= option("LINKS_MAX"):
            raise TooManyLinksError
        # Other processes have to find the way here.
        await self._rooms.start()
        name = f"{self._rooms.origin}.{secrets.token_urlsafe(16)}"
        link = HeldLink(name, self._rooms.loop, self._forget)
        self._held[name] = link
        with link:
            link.leads_to(await enter(link.send))
        return name

    def _forget(self, link: HeldLink) -> None:
        self._held.pop(link.name, None)

    def held(self, name: str) -> HeldLink | None:
        return self._held.get(name)

    async def distant(self, name: str) -> DistantLink:
        """A link of another process; GoneError where there can't be one."""
        found = NAME.fullmatch(name)
        if found is None or found[1] == self._rooms.origin:
            raise GoneError
        await self._rooms.start()
        return self._relay.link(found[1], name)


_by_loop: dict[asyncio.AbstractEventLoop, Links] = {}


def links_here() -> Links:
    """Those of the running loop, beside its rooms."""
    rooms = rooms_here()
    links = _by_loop.get(rooms.loop)
    if links is None:
        for old in [old for old in _by_loop if old.is_closed()]:
            del _by_loop[old]
        links = _by_loop[rooms.loop] = Links(rooms)
    return links
