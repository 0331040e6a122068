"""The threads in which this process reads the database, away from the event loop.

Their own pool, because all `database_sync_to_async` calls of a process share one thread; and their
connections stay open, because a new one per read costs several times the read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

READERS: Final = 4
"""Reads of a board take some milliseconds each; more threads only wait for the interpreter."""

P = ParamSpec("P")
T = TypeVar("T")

_pool: Final = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="board-reader")


async def read(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs a synchronous function that reads the database, in one of the readers' threads."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, lambda: _patiently(function, *args, **kwargs))


def _patiently(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Once more with a new connection where the old one was dead: the server may have restarted."""
    try:
        return function(*args, **kwargs)
    except (InterfaceError, OperationalError):
        if _is_alive():
            raise
        connection.close()
        return function(*args, **kwargs)


def _is_alive() -> bool:
    return connection.connection is not None and connection.is_usable()
