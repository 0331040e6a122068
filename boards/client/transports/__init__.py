"""The four ways to carry frames, in order of preference. Each knows nothing of what is in them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from boards.client.site import Site

from .longpoll import open_long_poll
from .poll import open_poll
from .stream import open_stream
from .websocket import open_websocket

__all__ = ["TRANSPORTS", "Transport"]

Frame = str | bytes


class Transport(Protocol):
    """A connection that is open."""

    async def send(self, frame: Frame) -> None:
        """Frames arrive once and in this order. Raises `EndedError`."""

    async def receive(self) -> Frame:
        """The next frame; raises `EndedError` when none comes any more."""
        ...

    async def close(self) -> None:
        """Tells the server, if it can be told at once."""

    def abort(self) -> None:
        """Without a word, as if the cable had been pulled."""


TRANSPORTS: Final[Mapping[str, Callable[[Site], Awaitable[Transport]]]] = {
    "websocket": open_websocket,
    "sse": open_stream,
    "longpoll": open_long_poll,
    "poll": open_poll,
}
"""Each raises `OSError` or `AnswerError` where it can't be opened."""
