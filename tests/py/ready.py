"""A program that stands ready: it has read its code, and goes on as each command that it is told.

Most of what a short command takes is starting Python and Django. Here that is done once; each
command is a process of its own all the same, from its arguments to its exit code. Run by its path,
for the program is whichever one is in the working directory.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

DEADLINE = 100
"""Seconds for one command; usually it takes one. Less than pytest gives the whole test."""


class Ready:
    """One copy of the program. It ends with whoever has started it."""

    def __init__(self, program: Path, env: Mapping[str, str]) -> None:
        self._folder = TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            cwd=program,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.close)

    def run(self, command: Sequence[str], url: str) -> subprocess.CompletedProcess[bytes]:
        """Does one command on the database at this address, as `python COMMAND…` would."""
        out, err = (Path(self._folder.name, name) for name in ("out", "err"))
        told = {"command": command, "url": url, "out": str(out), "err": str(err)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return subprocess.CompletedProcess(command, code, out.read_bytes(), err.read_bytes())

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


def main() -> None:
    sys.path[0] = str(Path.cwd())
    _read_everything()
    # A fork has only the thread that forks.
    assert threading.active_count() == 1
    for line in iter(sys.stdin.readline, ""):
        told = json.loads(line)
        process = os.fork()
        if not process:
            # Returns, so that this process ends as any other: with its code, or a traceback.
            _become(**told)
            return
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


def _read_everything() -> None:
    import django

    django.setup()
    from django.core.checks import run_checks
    from django.db.migrations.loader import MigrationLoader

    run_checks()
    MigrationLoader(None)
    # What is never looked through is never copied.
    gc.freeze()


def _become(command: list[str], url: str, out: str, err: str) -> None:
    signal.alarm(DEADLINE)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    _use_database(url)
    if command[0] == "-m":
        sys.argv = command[1:]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        runpy.run_path(command[0], run_name="__main__")


def _use_database(url: str) -> None:
    """As if the settings had been read with this DATABASE_URL."""
    from django.conf import settings
    from django.db import DEFAULT_DB_ALIAS, connections

    from whiteboard import environment

    os.environ["DATABASE_URL"] = url
    settings.DATABASES = {DEFAULT_DB_ALIAS: environment.database(url, Path(os.devnull))}
    connections.settings = connections.configure_settings(settings.DATABASES)
    # The checks have made one, not connected.
    del connections[DEFAULT_DB_ALIAS]


if __name__ == "__main__":
    main()
