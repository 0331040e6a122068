"""A process with all that it has started: stopped, continued and ended together."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterable

import psutil

POLL_SECONDS = 0.02


def tree_of(pid: int) -> list[psutil.Process]:
    """The process first, then its descendants; nothing if it is gone."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def freeze_tree(pid: int) -> list[psutil.Process]:
    """Stops all of it. Groups wouldn't do: PostgreSQL gives each of its children one of its own."""
    frozen: dict[int, psutil.Process] = {}
    # The parent first, so that it starts nothing more; again, for what it had just started.
    while new := [process for process in tree_of(pid) if process.pid not in frozen]:
        for process in new:
            signal_to(process, signal.SIGSTOP)
            frozen[process.pid] = process
    return list(frozen.values())


def signal_to(process: psutil.Process, number: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def all_gone(processes: Iterable[psutil.Process], seconds: float) -> bool:
    """Waits until none of them runs any more; what nobody has reaped yet doesn't run."""
    end = time.monotonic() + seconds
    left = list(processes)
    while left := [process for process in left if _runs(process)]:
        if time.monotonic() > end:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
