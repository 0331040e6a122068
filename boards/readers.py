"""The threads of this process that read the database; the event loop never waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

P = ParamSpec("P")
T = TypeVar("T")

READERS: Final = 4
"""Reads are short; more threads would only compete for the interpreter."""

_threads = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="board-reader")


async def read(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Runs a reading function in the pool; its exceptions are the caller's."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, lambda: _call(function, *args, **kwargs))


def _call(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Keeps the thread's connection for the next read, unless it has broken."""
    try:
        return function(*args, **kwargs)
    except DatabaseError:
        connection.close()
        raise
    finally:
        if connection.errors_occurred:
            close_old_connections()
