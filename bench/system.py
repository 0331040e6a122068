"""Starts and stops what is measured: the relay, and a server in a temporary folder of its own."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.browser import find_node
from cluster.app import clean_environment
from cluster.processes import free_port

PROJECT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SERVER_CORE, GENERATOR_CORE = "0", "1"
START_SECONDS = 60
STOP_SECONDS = 15
SEED_SECONDS = 120


@dataclass(frozen=True)
class Running:
    """A process that listens on a port."""

    pid: int
    port: int
    folder: Path


def pinned(core: str, command: list[str]) -> list[str]:
    """The command bound to one core, where this machine has two and can do it."""
    if (os.cpu_count() or 1) < 2 or shutil.which("taskset") is None:
        return command
    return ["taskset", "-c", core, *command]


@contextmanager
def temporary_state() -> Iterator[Path]:
    """A folder with an empty, migrated database."""
    with tempfile.TemporaryDirectory(prefix="whiteboard-bench-") as name:
        folder = Path(name)
        (folder / "secret").write_text(secrets.token_urlsafe(48))
        _manage(folder, "migrate", "--verbosity", "0")
        yield folder


def environment(folder: Path) -> dict[str, str]:
    """Production settings on SQLite and the in-memory layer, whatever the shell says."""
    return {
        **clean_environment(),
        "DJANGO_SETTINGS_MODULE": "whiteboard.settings",
        "DEBUG": "0",
        "SECRET_KEY": (folder / "secret").read_text(),
        "STATE_DIR": str(folder),
        "LOG_LEVEL": "warning",
    }


def _manage(folder: Path, *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env=environment(folder),
        check=True,
        timeout=START_SECONDS,
    )


def seed(folder: Path, people: int, boards: int) -> tuple[list[str], list[str]]:
    """Cookies of new guests and ids of new boards."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.seed", str(people), str(boards)],
        cwd=PROJECT,
        env=environment(folder),
        check=True,
        timeout=SEED_SECONDS,
        stdout=subprocess.PIPE,
    )
    made = json.loads(done.stdout)
    return made["cookies"], made["boards"]


@contextmanager
def whiteboard(folder: Path) -> Iterator[Running]:
    """Our server on daphne as `make serve` starts it."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--host", HOST, "--port", str(port)]
    log = folder / "server.log"
    with log.open("ab") as output, _process(command, environment(folder), output) as process:
        _wait_for(port, process, log)
        yield Running(process.pid, port, folder)


@contextmanager
def relay(folder: Path) -> Iterator[Running]:
    port = free_port()
    log = folder / "relay.log"
    command = [find_node().node, str(PROJECT / "bench" / "relay.mjs"), str(port)]
    with log.open("ab") as output, _process(command, dict(os.environ), output) as process:
        _wait_for(port, process, log)
        yield Running(process.pid, port, folder)


@contextmanager
def _process(
    command: list[str], env: dict[str, str], output: Any
) -> Iterator[subprocess.Popen[bytes]]:
    # taskset executes the command in its own place: the pid is the server's.
    process = subprocess.Popen(
        pinned(SERVER_CORE, command), cwd=PROJECT, env=env, stdout=output, stderr=output
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{process.args!r} does not listen:\n{log.read_text()[-2000:]}")
