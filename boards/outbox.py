"""One socket's way out: sends in order without waiting, and counts what is in flight (R10).

There is no queue of frames: what does not fit into the window is dropped if it is live, and read
from the log again once the client has caught up if it is durable. So a stalled client costs at
most its window, whatever happens on the board.
"""

from __future__ import annotations

import asyncio
import logging
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from typing import Any, Final

from .protocol import FRAME_BYTES

log = logging.getLogger(__name__)

Send = Callable[[Mapping[str, Any]], Awaitable[None]]

WINDOW_FIRST: Final = 64 * 1024
"""In flight before the first receipt: a slow phone gets this in about 20 s at 3 KB/s."""
WINDOW_MAX: Final = 1024 * 1024
QUICK_WINDOW: Final = 4 * WINDOW_FIRST
"""A client whose window has grown to this has confirmed 192 KiB: it is on no slow line."""
SLOW_CHUNK_BYTES: Final = 16 * 1024
"""About 5 s at 3 KB/s."""
FRAMES_MAX: Final = 1024
"""In flight at most; clients confirm every 32 frames."""
SOCKET_BYTES_MAX: Final = 8 * 1024 * 1024
"""Answers that cannot be left out (refusals, people) close a socket that lets them pile up."""
ANSWERS_MAX: Final = 8 * FRAMES_MAX
"""The same in number: each costs some hundred bytes, however short it is."""
STALL_SECONDS: Final = 10.0
"""A client that owes a confirmation for so long is closed with 4408."""
CONFIRM_FRAMES: Final = 32
CONFIRM_BYTES: Final = 64 * 1024
"""What the protocol lets a client leave unconfirmed."""


class Outbox:
    """Frames to one client."""

    __slots__ = (
        "_backlog",
        "_blocked",
        "_loop",
        "_news",
        "_send",
        "_sizes",
        "broken",
        "closed",
        "confirmed",
        "in_flight",
        "progress_at",
        "window",
    )

    def __init__(self, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._send = send
        self._loop = loop
        self._sizes: deque[int] = deque()
        self._backlog: deque[Mapping[str, Any]] = deque()
        self._blocked: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self.broken = False
        self.closed = False
        """The close frame is on its way: nothing comes behind it, and its code is the one told."""
        self.confirmed = 0
        self.in_flight = 0
        self.window = WINDOW_FIRST
        self.progress_at = loop.time()

    def has_room(self, _size: int = 0) -> bool:
        """Whether a frame may go, of any size: it may cross the window's edge, not start beyond it.

        Were it to fit in whole, client and server could wait for each other for ever: the client
        confirms at 64 KiB, and below that nothing would come any more.
        """
        return self.in_flight < self.window and len(self._sizes) < FRAMES_MAX

    async def wait_for_room(self, size: int) -> bool:
        """Waits until `size` bytes fit; False if the socket was given up meanwhile."""
        while not self.broken and not self.has_room(size):
            self._news.clear()
            await self._news.wait()
        return not self.broken

    @property
    def chunk_bytes(self) -> int:
        """How long a frame of the log may be: short ones until the client has proved quick (R10).

        On a slow line a long frame holds up whatever comes behind it.
        """
        return SLOW_CHUNK_BYTES if self.window < QUICK_WINDOW else FRAME_BYTES

    def break_off(self) -> None:
        """Nothing more is worth sending to this socket."""
        self.broken = True
        self._news.set()

    def text(self, frame: str, size: int) -> None:
        self._account(size)
        self._pass_on({"type": "websocket.send", "text": frame})

    def binary(self, frame: bytes) -> None:
        self._account(len(frame))
        self._pass_on({"type": "websocket.send", "bytes": frame})

    def close(self, code: int) -> None:
        self._pass_on({"type": "websocket.close", "code": int(code)})
        self.closed = True

    def got(self, frames: int) -> bool:
        """The client has received `frames` frames in all; False if that cannot be."""
        news = frames - self.confirmed
        if news < 0 or news > len(self._sizes):
            return False
        freed = sum(self._sizes.popleft() for _ in range(news))
        self.confirmed = frames
        self.in_flight -= freed
        if news:
            self.progress_at = self._loop.time()
            self.window = min(WINDOW_MAX, self.window + freed)
            self._news.set()
        return True

    def stalled(self) -> bool:
        """Whether the client has owed a confirmation for too long (F6).

        Not whether the window is full: that of a quick client takes small frames for 16 s.
        """
        return self._owes() and self._loop.time() - self.progress_at > STALL_SECONDS

    def _owes(self) -> bool:
        enough = min(CONFIRM_BYTES, self.window)
        return len(self._sizes) >= CONFIRM_FRAMES or self.in_flight >= enough

    def _account(self, size: int) -> None:
        owed = self._owes()
        self._sizes.append(size)
        self.in_flight += size
        if not owed and self._owes():
            # From now on it has something to confirm.
            self.progress_at = self._loop.time()
        if self.in_flight > SOCKET_BYTES_MAX or len(self._sizes) > ANSWERS_MAX:
            self.break_off()

    def _pass_on(self, message: Mapping[str, Any]) -> None:
        if self.closed:
            return
        if self._blocked is not None:
            self._backlog.append(message)
            return
        try:
            rest = _start(self._send(message))
        except Exception:
            # A socket that is just going away: servers raise what they like.
            log.debug("a frame could not be sent", exc_info=True)
            self.break_off()
            return
        if rest is not None:
            self._blocked = self._loop.create_task(self._drain(rest))

    async def _drain(self, rest: Coroutine[Any, Any, None]) -> None:
        """Finishes a send that the server held up, and what has come behind it."""
        try:
            await rest
            while self._backlog:
                await self._send(self._backlog.popleft())
        except Exception:
            # Whatever a server raises for a socket that has gone: the consumer hears of it too.
            self.break_off()
            self._backlog.clear()
        finally:
            self._blocked = None


def _start(awaitable: Awaitable[None]) -> Coroutine[Any, Any, None] | None:
    """Runs a send up to its first wait; returns the rest, or None if it is done.

    On daphne a send never waits, so that a task per frame (about 10 us) would be wasted.
    """
    steps = awaitable.__await__()
    try:
        waiting_for = next(steps)
    except StopIteration:
        return None
    return _rest(steps, waiting_for)


async def _rest(steps: Generator[Any, Any, None], waiting_for: Any) -> None:
    await _resume(steps, waiting_for)


@types.coroutine
def _resume(steps: Generator[Any, Any, None], waiting_for: Any) -> Generator[Any, Any, None]:
    while True:
        try:
            yield waiting_for
        except BaseException as error:
            steps.throw(error)
            raise
        try:
            waiting_for = next(steps)
        except StopIteration:
            return
