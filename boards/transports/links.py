"""The links of this process, and the way to those of others."""

from __future__ import annotations

import asyncio
import base64
import hmac
import re
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.crypto import salted_hmac

from boards.options import option
from boards.outbox import Send
from boards.rooms import Rooms, rooms_here

from .distant import DistantLink, Relay, UnreachableError
from .held import GoneError, Handler, HeldLink

NAME: Final = re.compile(r"([0-9a-z]{1,32})\.([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{11})")
"""The process that has the link, 128 random bits, and a seal: no names can be made up that would
have other processes asked."""
SEAL_BYTES: Final = 8


class TooManyLinksError(Exception):
    """There are as many as there may be, here or from that address."""

    def __init__(self, *, of_address: bool) -> None:
        super().__init__("too many links")
        self.of_address = of_address


class Links:
    """See the module."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._held: dict[str, HeldLink] = {}
        self._addresses: dict[str, str] = {}
        self._by_address: Counter[str] = Counter()
        self.polls = 0
        """How many requests are held that ask for what comes next."""
        self._relay = Relay(rooms, self._held)
        rooms.at_stop.append(self._stop)

    async def open(self, address: str, enter: Callable[[Send], Awaitable[Handler]]) -> str:
        """A new link; `enter` makes what it leads to. Returns its secret name."""
        if len(self._held) >= option("LINKS_MAX"):
            raise TooManyLinksError(of_address=False)
        if self._by_address[address] >= option("CONNECTIONS_PER_ADDRESS_MAX"):
            raise TooManyLinksError(of_address=True)
        # Other processes have to find the way here.
        await self._rooms.start()
        head = f"{self._rooms.origin}.{secrets.token_urlsafe(16)}"
        link = HeldLink(head + _seal(head), self._rooms.loop, self._forget)
        self._held[link.name] = link
        self._addresses[link.name] = address
        self._by_address[address] += 1
        try:
            with link.requested():
                link.leads_to(await enter(link.send))
        except BaseException:
            link.close()
            raise
        return link.name

    @contextmanager
    def polled(self) -> Iterator[None]:
        self.polls += 1
        try:
            yield
        finally:
            self.polls -= 1

    def _forget(self, link: HeldLink) -> None:
        self._held.pop(link.name, None)
        address = self._addresses.pop(link.name, None)
        if address is not None:
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

    def held(self, name: str) -> HeldLink | None:
        return self._held.get(name)

    async def distant(self, name: str) -> DistantLink:
        """A link of another process; GoneError where there can't be one."""
        found = NAME.fullmatch(name)
        if found is None or found[1] == self._rooms.origin:
            raise GoneError
        if not hmac.compare_digest(found[3], _seal(name[: -len(found[3])])):
            raise GoneError
        if self._rooms.stopping:
            # Held now it would hold up the stop; another process can take it.
            raise UnreachableError
        await self._rooms.start()
        return self._relay.link(found[1], name)

    def _stop(self) -> None:
        """Boards have said goodbye; what leads to none, or elsewhere, ends now."""
        for link in list(self._held.values()):
            if not link.ended:
                link.close()
        self._relay.interrupt()


def _seal(head: str) -> str:
    digest = salted_hmac("boards.transports", head, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SEAL_BYTES]).rstrip(b"=").decode()


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
