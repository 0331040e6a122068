"""A link whose client comes and goes with requests: frames are numbered and kept until they arrive.

Both ways frames count from 1. The server keeps what it has sent until the client names it, and
passes over what it has already taken, so that any request may be repeated after any failure.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol

import msgspec

from boards.outbox import Outbox

LINK_SECONDS: Final = 15.0
"""A link without any request for so long is over, as a socket whose peer is gone (F2)."""
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
        self._end: int | None = None
        self._turn = 0
        """Of the request that is served: a newer one ends the older."""
        self._waiting: asyncio.Future[None] | None = None
        self._requests = 0
        self._heard_at = loop.time()
        self._expiry: asyncio.TimerHandle | None = None
        self._expire_later()

    def leads_to(self, handler: Handler) -> None:
        self._handler = handler

    # -- to the client -----------------------------------------------------------------------------

    async def send(self, message: Mapping[str, Any]) -> None:
        """Takes what a socket would be sent."""
        if message["type"] == "websocket.close":
            self._end = message["code"]
            self._loop.call_soon(self._handler_ends)
        elif message.get("bytes") is not None:
            self._frames.append(_quoted(message["bytes"]))
        else:
            self._frames.append(message["text"].encode())
        if self._handler is not None and self._handler.outbox.confirmed > self._forgotten:
            # A stream does not say how far it has come, but the messages in it do.
            self.arrived(self._handler.outbox.confirmed)
        self._wake()

    async def take(self, after: int, wait: float, turn: int) -> Batch | None:
        """Frames after number `after`, as soon as there are any; none when `wait` s are over.

        None where a newer request has taken over. GoneError where those frames are not kept, or
        never were sent.
        """
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
        return Batch(after + 1, frames, self._end if len(frames) == count else None)

    def arrived(self, number: int) -> None:
        """The client has all frames up to this number."""
        for _ in range(len(self._frames) - self._count_after(number)):
            self._frames.popleft()
            self._forgotten += 1

    def take_over(self) -> int:
        """The turn of a new request; the older one ends without an answer."""
        self._turn += 1
        self._wake()
        return self._turn

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

    def reader(self, arrived: int) -> Reader:
        """A new request's reading, with all up to `arrived` in the client's hands."""
        return Reader(self, arrived)

    # -- from the client ---------------------------------------------------------------------------

    async def receive(self, first: int, frames: Sequence[bytes]) -> int:
        """Takes frames numbered from `first`; returns the number of the last that was taken."""
        self._heard_at = self._loop.time()
        if first > self._received + 1:
            raise AheadError(self._received)
        taken = [_frame(raw) for raw in frames[max(0, self._received + 1 - first) :]]
        for text, data in taken:
            self._received += 1
            if self._handler is not None:
                await self._handler.receive(text, data)
        return self._received

    @property
    def silent_seconds(self) -> float:
        """Since the client has last sent anything."""
        return self._loop.time() - self._heard_at

    # -- how long it lives -------------------------------------------------------------------------

    def __enter__(self) -> HeldLink:
        """A request is under way: the client is there."""
        self._requests += 1
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        return self

    def __exit__(self, *_: object) -> None:
        self._requests -= 1
        if not self._requests:
            self._expire_later()

    def _expire_later(self) -> None:
        self._expiry = self._loop.call_later(LINK_SECONDS, self.close)

    async def end(self) -> None:
        """The client says that it goes."""
        self.close()

    def close(self) -> None:
        """The client has gone, or nobody asks any more."""
        if self._expiry is not None:
            self._expiry.cancel()
        if self._end is None:
            self._end = 1000
        self._handler_ends()
        self._wake()
        self._over(self)

    def _handler_ends(self) -> None:
        handler, self._handler = self._handler, None
        if handler is not None:
            handler.end()


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

    def __init__(self, link: HeldLink, arrived: int) -> None:
        link.arrived(arrived)
        self._link = link
        self._turn = link.take_over()

    async def take(self, after: int, wait: float) -> Batch | None:
        return await self._link.take(after, wait, self._turn)

    def interrupt(self) -> None:
        """The request has been broken off."""
        if self._link.is_turn(self._turn):
            self._link.take_over()

    @property
    def silent_seconds(self) -> float:
        return self._link.silent_seconds
