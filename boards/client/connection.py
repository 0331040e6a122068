"""A session on a transport: carries the frames between the two until one of them ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from typing import Any, Final

from .errors import AnswerError, DeniedError, EndedError
from .events import DocumentNeeded, Event
from .http import fetch
from .session import LOST, Session
from .site import Site
from .transports import Transport

READ_SECONDS: Final = 60.0
"""For a whole document."""
REREAD_PAUSE: Final = 0.25
"""A server that is behind the document it gives out needs a moment, not a storm of reading."""
_DENIED: Final = {401: 4401, 403: 4403, 404: 4404}


class Connection:
    """See the module."""

    def __init__(
        self, site: Site, transport: Transport, session: Session, tell: Callable[[Event], None]
    ) -> None:
        self.session = session
        self._site = site
        self._transport = transport
        self._tell = tell
        self._stirred = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self._readings = 0
        self._given_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def end(self, why: EndedError) -> None:
        """From our side."""
        if not self._given_up.done():
            self._given_up.set_exception(why)

    def stir(self) -> None:
        """There may be something to send."""
        self._stirred.set()

    async def run(self) -> EndedError:
        """Until it is over; says why, or raises `DeniedError`."""
        self.session.greet(time.monotonic())
        work: list[asyncio.Future[None]] = [self._given_up]
        work += [asyncio.create_task(one) for one in (self._receive(), self._send())]
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        except EndedError as ended:
            return ended
        finally:
            if self._reading is not None:
                work.append(self._reading)
            for one in work:
                one.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        raise AssertionError("receiving and sending end by an error only")

    async def leave(self) -> None:
        """Says goodbye, if somebody is there to hear it."""
        with contextlib.suppress(TimeoutError, EndedError):
            async with asyncio.timeout(1):
                await self._transport.close()
        self._transport.abort()

    async def _receive(self) -> None:
        while True:
            frame = await self._transport.receive()
            for event in self.session.received(frame, time.monotonic()):
                if isinstance(event, DocumentNeeded):
                    self._begin_reading()
                else:
                    self._tell(event)
            self.stir()

    async def _send(self) -> None:
        """Apart from receiving, which must never wait for a server that takes nothing."""
        while True:
            now = time.monotonic()
            self.session.tick(now)
            self._stirred.clear()
            for frame in self.session.take(now):
                await self._transport.send(frame)
            self._look_after_reading()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.session.wake_in(time.monotonic())):
                    await self._stirred.wait()

    def _begin_reading(self) -> None:
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    def _look_after_reading(self) -> None:
        if self._reading is not None and self._reading.done():
            reading, self._reading = self._reading, None
            reading.result()

    async def _read(self) -> None:
        try:
            await asyncio.sleep(self._readings * REREAD_PAUSE)
            self._readings += 1
            document = await read_document(self._site)
            for event in self.session.loaded(document, time.monotonic()):
                self._tell(event)
        except (OSError, AnswerError) as error:
            raise EndedError(LOST, f"the document cannot be read: {error}") from error
        finally:
            self.stir()


async def read_document(site: Site) -> dict[str, Any]:
    """Epoch, clock and elements; raises `DeniedError`, `AnswerError`, `OSError`."""
    answer, body = await fetch(site, "GET", site.document_path, seconds=READ_SECONDS)
    if answer.status in _DENIED:
        raise DeniedError(_DENIED[answer.status], "the board's document is not for us")
    if answer.status != 200:
        raise AnswerError(site.document_path, answer.status)
    document: dict[str, Any] = json.loads(body)
    return document
