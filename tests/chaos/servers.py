"""One server process of the application, to be killed, frozen and started again at its address."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from cluster.processes import HOST, PROJECT, Program, StartError, free_port

ANSWER_SECONDS: Final = 2.0
COMMAND_SECONDS: Final = 120
"""For a command of manage.py. A slow machine is no fault of the code."""


class Server:
    """`manage.py serve`, or the same with bugs planted into it."""

    def __init__(
        self, name: str, folder: Path, env: Mapping[str, str], plants: Sequence[str] = ()
    ) -> None:
        self.name = name
        self.port = free_port()
        self.log = folder / f"{name}.log"
        self.up = False
        """Whether a proxy in front would send anybody here."""
        self._env = env
        self._plants = plants
        self._program: Program | None = None

    @property
    def program(self) -> Program:
        if self._program is None:
            raise StartError(f"{self.name} has not been started")
        return self._program

    async def start(self) -> None:
        """Returns when it answers."""
        await asyncio.to_thread(self._start)
        self.up = True

    async def kill(self) -> None:
        self.up = False
        await asyncio.to_thread(self.program.kill)

    async def terminate(self) -> None:
        self.up = False
        await asyncio.to_thread(self.program.terminate)

    async def freeze(self) -> None:
        self.up = False
        await asyncio.to_thread(self.program.freeze)

    async def thaw(self) -> None:
        await asyncio.to_thread(self.program.thaw)
        self.up = True

    def close(self) -> None:
        self.up = False
        if self._program is not None:
            self._program.terminate()

    def log_text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _start(self) -> None:
        entry = ["-m", "tests.chaos.plant_server", *self._plants] if self._plants else ["manage.py"]
        serve = ["serve", "--host", HOST, "--port", str(self.port)]
        command = [sys.executable, *entry, *serve]
        self._program = Program.start(command, log=self.log, env=self._env, cwd=PROJECT)
        self._program.wait_ready(self._answers)

    def _answers(self) -> bool:
        try:
            urlopen(f"http://{HOST}:{self.port}/healthz", timeout=ANSWER_SECONDS).close()
        except (URLError, ConnectionError, TimeoutError):
            return False
        return True


def manage(env: Mapping[str, str], *command: str) -> str:
    """What `manage.py` prints; or another program of the project, if it begins with `-m`."""
    entry = () if command[0] == "-m" else ("manage.py",)
    done = subprocess.run(
        [sys.executable, *entry, *command],
        cwd=PROJECT,
        env=dict(env),
        capture_output=True,
        check=False,
        text=True,
        timeout=COMMAND_SECONDS,
    )
    if done.returncode:
        raise StartError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


OURS: Final = {
    *("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "HTTPS", "PUBLIC_ORIGINS", "REDIS_URL"),
    *("SECRET_KEY", "SECRET_KEY_FILE", "STATE_DIR", "TRUSTED_PROXIES"),
}


def environment(**settings: str) -> dict[str, str]:
    """Production settings, whatever the shell says."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "whiteboard.settings",
        "DEBUG": "0",
        "LOG_LEVEL": "warning",
        **settings,
    }
