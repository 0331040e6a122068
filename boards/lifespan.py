"""Starting and stopping as ASGI servers with a lifespan tell it (uvicorn); daphne has none.

uvicorn closes its sockets as soon as it is told to stop, and tells the application after that. So
the signal comes to us first: what waits is committed and everybody is told `bye`, then it stops.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from types import FrameType
from typing import Any, Final

from .rooms import rooms_here

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI application for the `lifespan` protocol."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _say_farewell_before_stopping()
            await send({"type": "lifespan.startup.complete"})
        else:
            await rooms_here().stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _say_farewell_before_stopping() -> None:
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        servers_own = signal.getsignal(number)
        if callable(servers_own):
            signal.signal(number, _Farewell(loop, servers_own))


class _Farewell:
    """A signal handler that lets the boards stop before the server's own handler."""

    def __init__(self, loop: asyncio.AbstractEventLoop, servers_own: Any) -> None:
        self._loop = loop
        self._servers_own = servers_own
        self._stopping: asyncio.Task[None] | None = None
        self._asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            # Whoever asks twice does not want to wait.
            self._servers_own(number, frame)
            return
        self._asked = True
        self._loop.call_soon_threadsafe(self._begin, number)

    def _begin(self, number: int) -> None:
        self._stopping = self._loop.create_task(self._stop(number))

    async def _stop(self, number: int) -> None:
        try:
            await rooms_here().stop()
        finally:
            self._servers_own(number, None)
