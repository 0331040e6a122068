"""One connection on a board: who it is, what it may do, and how far it has come."""

from __future__ import annotations

import asyncio
import time

import msgspec

from .access import Standing, may_send
from .live import varint
from .outbox import Outbox
from .protocol import Bye, CloseCode, FromServer, Role, Someone
from .sight import Sight

_encode = msgspec.json.Encoder().encode


_OLD_ROLES = frozenset({Role.OWNER, Role.EDITOR, Role.VIEWER})


class Member:
    """See the module."""

    __slots__ = (
        "access_version", "address", "catching_up", "clock", "live_kinds", "missed_from", "outbox",
        "person", "person_version", "reading", "schema", "sight", "since", "slot", "someone",
        "stamp", "standing", "token",
    )  # fmt: skip

    def __init__(
        self,
        someone: Someone,
        standing: Standing,
        outbox: Outbox,
        person_version: int,
        sight: Sight | None = None,
        token: int | None = None,
    ) -> None:
        self.slot = someone.slot
        self.stamp = varint(someone.slot)
        self.someone = someone
        self.person = someone.person
        self.standing = standing
        self.live_kinds = may_send(standing)
        """Kinds of live records that are taken from it."""
        self.sight = sight
        """What of the board goes out to it; None: all of it."""
        self.schema = 1
        """The newest that its page knows, as it says in `hello`."""
        self.outbox = outbox
        self.access_version = 0
        """Of the board, when the role was judged (R13)."""
        self.person_version = person_version
        """Of the person, when they were admitted: signing out renews it (R13)."""
        self.token = token
        """The access token that was shown, by number; None: the person is here themselves."""
        self.address = ""
        """Where it comes from, for whoever keeps order; never logged."""
        self.since = time.time_ns() // 1_000_000
        self.clock = 0
        """The board's transactions up to here have been sent to this connection."""
        self.catching_up: asyncio.Task[None] | None = None
        self.missed_from: int | None = None
        """The first live frame that it has not been made up for (`missed`); None: it has all."""
        self.reading = True
        """It reads the document and says hello after that; until then it gets no transactions."""

    def judged(self, standing: Standing, sight: Sight | None, access_version: int) -> None:
        """What the person is on the board from now on."""
        self.standing = standing
        self.sight = sight
        self.live_kinds = may_send(standing)
        self.access_version = access_version

    @property
    def role_told(self) -> Role:
        """A page from before schema 3 knows three roles."""
        role = self.standing.role
        return role if self.schema >= 3 or role in _OLD_ROLES else Role.VIEWER

    def tell(self, message: FromServer) -> None:
        text = _encode(message)
        self.outbox.text(text.decode(), len(text))

    def dismiss(self, code: CloseCode, why: str) -> None:
        """Says why, then closes."""
        self.tell(Bye(code=code, why=why))
        self.outbox.close(code)
        self.outbox.break_off()
