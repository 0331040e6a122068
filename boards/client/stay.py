"""A stay on a board: one connection after the other, until it is over for good."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Final

from .coming_back import BLAMED, Choice, is_final, pause_before
from .connection import Connection
from .document import Document
from .errors import AnswerError, ClientError, DeniedError, EndedError, NotOpenError, RefusedError
from .events import Committed, Connected, Disconnected, Event, Refused
from .listening import Listeners
from .pending import Pending, Proposal
from .session import LOST, Session
from .site import Site
from .transports import TRANSPORTS

SAYS_NOTHING_OF_US: Final = frozenset({408, 425, 426, 429})
"""Answers below 500 that have another reason than who we are."""


class Stay:
    """See the module."""

    make_session = Session

    def __init__(self, site: Site, transport: str | None) -> None:
        self.site = site
        self.document, self.pending = Document(), Pending()
        self.listeners = Listeners()
        self.connection: Connection | None = None
        self.session: Session | None = None
        """The last one: who and what was there stays known while there is no connection."""
        self.transport = self._choose(transport)
        self._receipts: dict[str, asyncio.Future[int]] = {}
        self._ready: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._attempt = 0
        self._code: int | None = None

    @property
    def lasts(self) -> bool:
        return self._task is not None and not self._task.done()

    async def begin(self) -> None:
        """Returns when everything that is on the board has come."""
        self._ready = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._stay())
        await self._ready

    async def leave(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def propose(self, proposal: Proposal) -> asyncio.Future[int]:
        """Its receipt, for good: the same one if it is proposed again."""
        if not self.lasts:
            raise NotOpenError("the board is not open: use `async with connect(…) as board`")
        receipt = self._receipts.get(proposal.id)
        if receipt is None:
            receipt = self._receipts[proposal.id] = asyncio.get_running_loop().create_future()
            self.pending.add(proposal)
            self.stir()
        return receipt

    def stir(self) -> None:
        """There is something to send."""
        if self.connection is not None:
            self.connection.stir()

    def switch(self, transport: str | None) -> None:
        self.transport = self._choose(transport)
        if self.connection is not None:
            self.connection.end(EndedError(LOST, "goes on over another transport"))

    def _choose(self, transport: str | None) -> Choice:
        if transport is not None and transport not in TRANSPORTS:
            raise ValueError(f"{transport!r} is no transport: expected {', '.join(TRANSPORTS)}")
        return Choice([transport] if transport else list(TRANSPORTS))

    # -- one connection after the other ------------------------------------------------------------

    async def _stay(self) -> None:
        try:
            while True:
                ended = await self._connect_once()
                self._disconnected(ended)
                await asyncio.sleep(pause_before(self._attempt, ended.code))
                self._attempt += 1
        except ClientError as error:
            self._is_over(error)
        except asyncio.CancelledError:
            self._is_over(NotOpenError("the board was left before this was saved"))
            raise
        except Exception as error:
            # Whoever waits for a receipt must learn of a mistake of ours, too.
            self._is_over(ClientError(f"the client has broken: {error!r}"))
            raise

    async def _connect_once(self) -> EndedError:
        """From its opening to its end; says how it ended."""
        name = self.transport.next(time.monotonic())
        try:
            transport = await TRANSPORTS[name](self.site)
        except (OSError, AnswerError) as error:
            return self._unopened(error)
        self.transport.opened()
        session = self.make_session(self.document, self.pending, time.monotonic())
        connection = self.connection = Connection(self.site, transport, session, self._told)
        try:
            return await connection.run()
        finally:
            self.connection = None
            await connection.leave()

    def _unopened(self, error: OSError | AnswerError) -> EndedError:
        status = error.status if isinstance(error, AnswerError) else 0
        refused = 400 <= status < 500 and status not in SAYS_NOTHING_OF_US
        if not self.transport.failed(time.monotonic(), refused=refused):
            raise DeniedError(LOST, str(error)) from error
        return EndedError(LOST, str(error) or type(error).__name__)

    def _disconnected(self, ended: EndedError) -> None:
        guilty = self.pending.disconnected(blamed=ended.code in BLAMED)
        if guilty is not None:
            self.pending.answered(guilty, time.monotonic())
            self._tell(Refused(guilty, "bad_change", ended.why))
        if is_final(ended.code, self._code):
            raise DeniedError(ended.code, ended.why)
        self._code = ended.code
        self._tell(Disconnected(ended.code, ended.why))

    # -- what happens ------------------------------------------------------------------------------

    def _told(self, event: Event) -> None:
        if self.connection is not None:
            self.session = self.connection.session
        if isinstance(event, Connected):
            self._attempt, self._code = 0, None
            if self._ready is not None and not self._ready.done():
                self._ready.set_result(None)
        self._tell(event)

    def _tell(self, event: Event) -> None:
        match event:
            case Committed(done) if done.id in self._receipts:
                _settle(self._receipts.pop(done.id), done.clock)
            case Refused(id, code, why) if id in self._receipts:
                _settle(self._receipts.pop(id), RefusedError(id, code, why))
        self.listeners.tell(event)

    def _is_over(self, error: ClientError) -> None:
        if self._ready is not None and not self._ready.done():
            self._ready.set_exception(error)
        for receipt in self._receipts.values():
            _settle(receipt, error)
        self._receipts.clear()
        self.listeners.tell(None)


def _settle(receipt: asyncio.Future[int], outcome: int | ClientError) -> None:
    if receipt.done():
        return
    if isinstance(outcome, int):
        receipt.set_result(outcome)
    else:
        receipt.set_exception(outcome)
        # Nobody may be waiting for it, and that is their business.
        receipt.exception()
