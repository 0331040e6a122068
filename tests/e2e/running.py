"""The real server as `make serve` runs it, on a copy of the project: a process to be killed."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from boards import browser
from cluster.app import clean_environment
from cluster.processes import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("boards", "whiteboard", "templates", "static", "locale", "scripts")
FILES = ("manage.py", "package.json", "package-lock.json")
HOST = "127.0.0.1"
DEADLINE = 60
"""Seconds. A slow machine is no fault of the code; usually it takes two."""


def built_copy(folder: Path) -> Path:
    """The project as `make build` leaves it, apart from the one that somebody may be working in."""
    made = shutil.ignore_patterns("*.mo")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=made)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


class Server:
    """One server with its own database. It can be killed and started again at the same address."""

    STEPS: tuple[tuple[str, ...], ...] = (
        ("compile_catalogues", "--verbosity", "0"),
        ("build_board",),
        ("collectstatic", "--no-input", "--verbosity", "0"),
        ("migrate", "--verbosity", "0"),
    )
    """What comes before the start, as in the Makefile."""
    BELOW = ""
    """The path under which the app's addresses are."""
    ENVIRONMENT: Mapping[str, str] = {"DEBUG": "0", "SECRET_KEY": secrets.token_urlsafe(48)}

    def __init__(self, folder: Path) -> None:
        browser.ensure_modules()
        self.project = built_copy(folder)
        self.port = free_port()
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        for step in self.STEPS:
            self.manage(*step)

    @property
    def command(self) -> list[str]:
        """What `manage.py` is started with."""
        return ["serve", "--host", HOST, "--port", str(self.port)]

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}{self.BELOW}"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        if self.running:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._manage, *self.command],
                cwd=self.project,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self._wait_until_healthy(self._process)

    def kill(self) -> None:
        """As if the power had gone: no handler, no flush, no goodbye."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(DEADLINE)

    def stop(self) -> None:
        """As a deploy does it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(DEADLINE)

    def manage(self, *command: str, **environment: str) -> str:
        """What `manage.py` prints; it reads the database from outside, as an operator does."""
        done = subprocess.run(
            [*self._manage, *command],
            cwd=self.project,
            env=self._environment | environment,
            capture_output=True,
            check=False,
            text=True,
            timeout=DEADLINE,
        )
        assert done.returncode == 0, f"manage.py {' '.join(command)}: {done.stderr[-2000:]}"
        return done.stdout

    def verify(self, board: str) -> None:
        """The elements are the fold of the log, which has no gap (R1, R14)."""
        code = (
            "from uuid import UUID; from boards import store; "
            f"print(store.verify(UUID('{board}')) or 'all is well')"
        )
        assert self.manage("shell", "--no-imports", "-c", code).strip() == "all is well"

    def database(self) -> Path:
        return self.project / "whiteboard.sqlite3"

    @property
    def _manage(self) -> list[str]:
        return [sys.executable, "manage.py"]

    @property
    def _environment(self) -> dict[str, str]:
        return {**clean_environment(), **self.ENVIRONMENT, "STATE_DIR": str(self.project)}

    def _wait_until_healthy(self, process: subprocess.Popen[bytes]) -> None:
        give_up = time.monotonic() + DEADLINE
        while process.poll() is None and time.monotonic() < give_up:
            try:
                urlopen(f"{self.address}/healthz", timeout=DEADLINE).close()
            except (URLError, ConnectionError):
                time.sleep(0.05)  # Polling; nothing tells from outside that it listens.
            else:
                return
        raise AssertionError(f"the server does not answer:\n{self.log.read_text()[-2000:]}")
