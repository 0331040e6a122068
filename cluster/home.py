"""Where `make cluster` keeps its boards between runs, and who is running there."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .processes import POLL_SECONDS, PROJECT, make_passable

ROOTS_PLACE: Final = Path("/var/lib/whiteboard-cluster")
"""PostgreSQL doesn't run as root, and no other user may reach root's home."""


def home_folder() -> Path:
    """One per checkout, outside of it; CLUSTER_HOME names another place for all of them."""
    told = os.environ.get("CLUSTER_HOME")
    if told:
        place = Path(told).absolute()
    elif os.geteuid() == 0:
        place = ROOTS_PLACE
    else:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        place = Path(state) / "whiteboard-cluster"
    return place / f"{PROJECT.name}-{hashlib.sha256(bytes(PROJECT)).hexdigest()[:8]}"


class Home:
    """A folder that one stack at a time uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "postgres"
        self._pid = folder / "pid"

    @contextmanager
    def entered(self) -> Iterator[bool]:
        """Held while the block runs; False if somebody else is in it."""
        make_passable(self.folder)
        with self._pid.open("a+") as file:
            if not _lock(file.fileno()):
                yield False
                return
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield True

    def runner(self) -> int | None:
        """The process that is in it. A file left by a dead one is not locked any more."""
        try:
            with self._pid.open("r+") as file:
                return None if _lock(file.fileno()) else int(file.read())
        except (FileNotFoundError, ValueError):
            return None

    def wait_until_left(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while self.runner() is not None:
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def secret_key(self) -> str:
        """The same in every run, so that people stay signed in."""
        file = self.folder / "secret-key"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(48))
        return file.read_text()


def _lock(descriptor: int) -> bool:
    """Whether it was free. The kernel lets go of it with the process, however that ends."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
