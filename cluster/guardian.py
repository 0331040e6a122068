"""Ends what a parent has started once the parent is gone, however it went.

A child of its own reads from a pipe what to watch, and acts when the pipe closes. The kernel's
parent-death signal would not do: it is sent when the *thread* ends that started the child.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from .trees import all_gone, freeze_tree, signal_to, tree_of

GOODBYE_SECONDS = 5.0
"""For what was asked to stop; then it is killed."""


class Guardian:
    """Our side of the pipe. The child is started with the first thing to watch."""

    def __init__(self) -> None:
        self._pipe: IO[str] | None = None
        # Programs are started from several threads.
        self._lock = threading.Lock()

    def watch(self, pid: int, goodbye: int) -> None:
        """When we are gone, this process gets the signal, and is killed if that doesn't do."""
        self._say(f"watch {int(goodbye)} {pid}")

    def forget(self, pid: int) -> None:
        self._say(f"forget 0 {pid}")

    def remove(self, folder: Path) -> None:
        """When we are gone, this folder goes too."""
        self._say(f"remove 0 {folder}")

    def keep(self, folder: Path) -> None:
        self._say(f"keep 0 {folder}")

    def _say(self, line: str) -> None:
        with self._lock:
            if self._pipe is None:
                self._pipe = self._start()
            self._pipe.write(f"{line}\n")
            self._pipe.flush()

    def _start(self) -> IO[str]:
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as end:
            self._child = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=Path(__file__).resolve().parent.parent,
                stdin=end,
                # What ends us from a terminal must not end it.
                start_new_session=True,
            )
        return os.fdopen(writing, "w")

    def close(self) -> None:
        """There is nothing left to watch."""
        with self._lock:
            if self._pipe is not None:
                self._pipe.close()
                self._pipe = None
                self._child.wait()


def main() -> None:
    watched: dict[int, int] = {}
    folders: set[str] = set()
    for line in sys.stdin:
        verb, goodbye, what = line.rstrip("\n").split(" ", 2)
        if verb == "watch":
            watched[int(what)] = int(goodbye)
        elif verb == "forget":
            watched.pop(int(what), None)
        elif verb == "remove":
            folders.add(what)
        else:
            folders.discard(what)
    end(watched)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def end(watched: dict[int, int]) -> None:
    """Says goodbye to all at once, then kills what hasn't gone."""
    trees = {pid: tree_of(pid) for pid in watched}
    for pid, tree in trees.items():
        for process in tree:
            signal_to(process, signal.SIGCONT)
        for process in tree[:1]:
            signal_to(process, watched[pid])
    everything = [process for tree in trees.values() for process in tree]
    if all_gone(everything, GOODBYE_SECONDS):
        return
    for pid in watched:
        freeze_tree(pid)
    for process in everything:
        signal_to(process, signal.SIGKILL)


if __name__ == "__main__":
    # It outlives whoever held the terminal.
    for number in (signal.SIGINT, signal.SIGHUP):
        with contextlib.suppress(ValueError):
            signal.signal(number, signal.SIG_IGN)
    main()
