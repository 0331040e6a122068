"""A link whose client comes and goes with requests: frames are numbered and kept until they arrive.

Both ways frames count from 1. The server keeps what it has sent until the client names it, and
passes over what it has already taken, so that any request may be repeated after any failure.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import secrets
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol

import msgspec

from boards.outbox import Outbox

LINK_SECONDS: Final = 15.0
"""A link without any request for so long is over, as a socket whose peer is gone (F2)."""
AFTER_POLL_SECONDS: Final = 5.0
"""At least so long after a poll that was held: together they keep to the bound of F2."""
STILLBORN_SECONDS: Final = 3.0
"""For whoever was not let in to hear why."""
NORMAL: Final = 1000
"""Closed for no reason but that it is over."""
BATCH_BYTES: Final = 256 * 1024
"""Of one answer: what has piled up for a slow client goes in parts, as on a socket."""


class Handler(Protocol):
    """What a link leads to."""

    outbox: Outbox

    async def receive(self, text: str | None, data: bytes | None) -> None: ...

    def end(self) -> None: ...


class Batch(NamedTuple):
    """Frames as JSON for a client, the first of them numbered `first`."""

    first: int
    frames: Sequence[bytes]
    end: int | None
    """The code with which the link was closed, where nothing comes behind these frames."""


class GoneError(Exception):
    """There is no such link any more, or what is asked of it has been forgotten."""


class AheadError(Exception):
    """Frames before those sent have not come."""

    def __init__(self, received: int) -> None:
        super().__init__(f"frames after {received} are missing")
        self.received = received


class BadFramesError(Exception):
    """Not frames at all."""


class HeldLink:
    """See the module. Made without its handler, which needs its `send`."""

    def __init__(
        self, name: str, loop: asyncio.AbstractEventLoop, over: Callable[[HeldLink], None]
    ) -> None:
        self.name = name
        self._loop = loop
        self._over = over
        self._handler: Handler | None = None
        self._frames: deque[bytes] = deque()
        self._forgotten = 0
        """How many frames have arrived and are not kept any more."""
        self._received = 0
        self._receiving = asyncio.Lock()
        self._end: int | None = None
        self._turn = 0
        """Of the request that is served, a random number: a newer one ends the older."""
        self._waiting: asyncio.Future[None] | None = None
        self._gathering: asyncio.Future[None] | None = None
        self._text_at = 0
        """Number of the last frame of text: somebody waits for what it says."""
        self._requests = 0
        self.taken_at = 0.0
        """When frames were last taken."""
        self._heard_at = loop.time()
        self._expiry: asyncio.TimerHandle | None = None
        self._gone = False
        self._expire_after(LINK_SECONDS)

    def leads_to(self, handler: Handler) -> None:
        self._handler = handler
        if self._end is not None:
            # Whoever it was is told why, and that is all that there will be.
            self._handler_ends()
            self._loop.call_later(STILLBORN_SECONDS, self.close)

    # -- to the client -----------------------------------------------------------------------------

    async def send(self, message: Mapping[str, Any]) -> None:
        """Takes what a socket would be sent."""
        if message["type"] == "websocket.close":
            self._closes(message["code"])
        elif message.get("bytes") is not None:
            self._frames.append(_quoted(message["bytes"]))
        else:
            self._frames.append(message["text"].encode())
            self._text_at = self._forgotten + len(self._frames)
            self._hurry()
        if self._handler is not None:
            # A stream does not say how far it has come, but the messages in it do.
            self.arrived(self._handler.outbox.confirmed)
        self._wake()

    async def take(self, after: int, wait: float, turn: int) -> Batch | None:
        """Frames after number `after`, as soon as there are any; none when `wait` s are over.

        None where a newer request has taken over. GoneError where those frames are not kept, or
        never were sent.
        """
        if not self.is_turn(turn):
            return None
        if wait > 0 and self._end is None and not self._count_after(after):
            await self._news(wait)
            if not self.is_turn(turn):
                return None
        count = self._count_after(after)
        size = 0
        frames: list[bytes] = []
        for frame in islice(self._frames, len(self._frames) - count, None):
            size += len(frame)
            if frames and size > BATCH_BYTES:
                break
            frames.append(frame)
        if frames:
            self.taken_at = self._loop.time()
        return Batch(after + 1, frames, self._end if len(frames) == count else None)

    async def gather(self, seconds: float, after: int, turn: int) -> None:
        """Until frames are taken so far apart; no longer than until a text comes, or the end."""
        left = self.taken_at + seconds - self._loop.time()
        if left <= 0 or self._text_at > after or self._end is not None or not self.is_turn(turn):
            return
        gathering = self._gathering = self._loop.create_future()
        timer = self._loop.call_later(left, _resolve, gathering)
        try:
            await gathering
        finally:
            timer.cancel()
            if self._gathering is gathering:
                self._gathering = None

    def arrived(self, number: int) -> None:
        """The client has all frames up to this number, and perhaps more."""
        if number > self._forgotten + len(self._frames):
            raise GoneError
        while self._forgotten < number:
            self._frames.popleft()
            self._forgotten += 1

    def reader(self, arrived: int, turn: int | None = None) -> Reader:
        """A new request's reading, with all up to `arrived` in the client's hands."""
        self.arrived(arrived)
        self.take_over(turn or new_turn())
        return Reader(self, self._turn)

    def take_over(self, turn: int) -> None:
        """It is this request's turn; the older one ends without an answer."""
        self._turn = turn
        self._wake()
        self._hurry()

    def is_turn(self, turn: int) -> bool:
        return turn == self._turn

    def _count_after(self, number: int) -> int:
        count = self._forgotten + len(self._frames) - number
        if not 0 <= count <= len(self._frames):
            raise GoneError
        return count

    async def _news(self, wait: float) -> None:
        waiting = self._waiting = self._loop.create_future()
        timer = self._loop.call_later(wait, _resolve, waiting)
        try:
            await waiting
        finally:
            timer.cancel()
            if self._waiting is waiting:
                self._waiting = None

    def _wake(self) -> None:
        if self._waiting is not None:
            _resolve(self._waiting)

    def _hurry(self) -> None:
        if self._gathering is not None:
            _resolve(self._gathering)

    # -- from the client ---------------------------------------------------------------------------

    async def receive(self, first: int, frames: Sequence[bytes]) -> int:
        """Takes frames numbered from `first`; returns the number of the last that was taken."""
        self._heard_at = self._loop.time()
        # A repeated POST may come while the first is still being taken.
        async with self._receiving:
            if first > self._received + 1:
                raise AheadError(self._received)
            for text, data in [_frame(raw) for raw in frames[self._received + 1 - first :]]:
                self._received += 1
                if self._handler is not None:
                    await self._handler.receive(text, data)
            return self._received

    @property
    def silent_seconds(self) -> float:
        """Since the client has last sent anything."""
        return self._loop.time() - self._heard_at

    # -- how long it lives -------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        return self._end is not None

    @contextmanager
    def requested(self, held: float = 0) -> Iterator[None]:
        """A request is under way, held for `held` s at most: meanwhile the client is there."""
        self._requests += 1
        self._expire_after(None)
        began = self._loop.time()
        try:
            yield
        finally:
            self._requests -= 1
            if not self._requests:
                waited = min(held, self._loop.time() - began)
                self._expire_after(max(AFTER_POLL_SECONDS, LINK_SECONDS - waited))

    def _expire_after(self, seconds: float | None) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        self._expiry = None
        if seconds is not None and not self._gone:
            # A test may have made the whole life shorter than that.
            self._expiry = self._loop.call_later(min(seconds, LINK_SECONDS), self.close)

    async def end(self) -> None:
        """The client says that it goes."""
        self.close()

    def close(self) -> None:
        """The client has gone, or nobody asks any more."""
        if self._gone:
            return
        self._gone = True
        self._expire_after(None)
        if self._end is None:
            self._end = NORMAL
        self._handler_ends()
        self._wake()
        self._hurry()
        self._over(self)

    def _closes(self, code: int) -> None:
        """Its other side has closed it: the client may hear so for a while, however it asks."""
        if self._end is None:
            self._end = code
            self._hurry()
            if self._handler is not None:
                self._loop.call_soon(self._handler_ends)
                self._loop.call_later(LINK_SECONDS, self.close)

    def _handler_ends(self) -> None:
        handler, self._handler = self._handler, None
        if handler is not None:
            handler.end()


def new_turn() -> int:
    return secrets.randbits(53)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@lru_cache(maxsize=64)
def _quoted(frame: bytes) -> bytes:
    """A binary frame as a JSON string; the same one goes to everybody on a board."""
    return b'"' + base64.b64encode(frame) + b'"'


_decode_text = msgspec.json.Decoder(str).decode


def _frame(raw: bytes) -> tuple[str | None, bytes | None]:
    """A frame as a socket would have brought it: text, or bytes."""
    if raw.startswith(b"{"):
        # What is not UTF-8 comes out as half surrogates, which the link's decoder refuses.
        return raw.decode(errors="surrogateescape"), None
    try:
        return None, base64.b64decode(_decode_text(raw), validate=True)
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise BadFramesError("a frame is an object, or a string in base64") from error


class Reader:
    """One request's reading of a link, which ends when a newer one begins."""

    def __init__(self, link: HeldLink, turn: int) -> None:
        self.turn = turn
        self._link = link

    async def take(self, after: int, wait: float) -> Batch | None:
        return await self._link.take(after, wait, self.turn)

    def interrupt(self) -> None:
        """The request has been broken off."""
        if self._link.is_turn(self.turn):
            self._link.take_over(new_turn())

    async def gather(self, seconds: float, after: int) -> None:
        """Lets frames gather, so that they are taken `seconds` apart."""
        await self._link.gather(seconds, after, self.turn)

    @property
    def silent_seconds(self) -> float:
        return self._link.silent_seconds
