"""One process of the whiteboard as it runs in production, by daphne or by uvicorn."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

from .processes import HOST, PROJECT, START_SECONDS, Program, Served

ServerName = Literal["daphne", "uvicorn"]

SETTINGS: Final = frozenset(
    {
        *("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "HSTS_SECONDS"),
        *("HTTPS", "LOG_LEVEL", "PUBLIC_ORIGINS", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FILE"),
        *("STATE_DIR", "TRUSTED_PROXIES"),
    }
)
"""What a server reads from its environment. Ours are told everything, whatever the shell says."""
ANSWER_SECONDS: Final = 5.0
"""For one question whether it is ready."""
FRAME_BYTES: Final = 256 * 1024
UVICORN: Final = (
    *("--ws", "websockets-sansio", "--ws-max-size", str(FRAME_BYTES)),
    *("--ws-ping-interval", "10", "--ws-ping-timeout", "15"),
    *("--ws-per-message-deflate", "false", "--timeout-graceful-shutdown", "10"),
    # The whiteboard itself decides which proxy it believes, the same on both servers.
    *("--no-access-log", "--no-proxy-headers", "--log-level", "warning"),
)
"""What daphne has from `boards.serving`; on uvicorn it is told by whoever starts it."""


def clean_environment() -> dict[str, str]:
    """The shell's environment without what a server would take for its settings."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}


def run_python(
    arguments: Sequence[str], env: Mapping[str, str], project: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself, such as `manage.py migrate`; an error tells what it said."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=dict(env),
        capture_output=True,
        check=False,
        text=True,
        timeout=START_SECONDS * 2,
    )
    if done.returncode:
        raise CommandFailedError(f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}")
    return done


class CommandFailedError(Exception):
    """A command beside the servers ended with an error; tells what it said."""


@dataclass(frozen=True)
class Setup:
    """What all processes of one whiteboard share."""

    database_url: str
    redis_url: str
    secret_key: str
    folder: Path
    """For state and logs."""
    origins: tuple[str, ...] = ()
    proxies: int = 0

    def environment(self) -> dict[str, str]:
        return {
            **clean_environment(),
            "DJANGO_SETTINGS_MODULE": "whiteboard.settings",
            "DEBUG": "0",
            "SECRET_KEY": self.secret_key,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "PUBLIC_ORIGINS": ",".join(self.origins),
            "TRUSTED_PROXIES": str(self.proxies),
            "STATE_DIR": str(self.folder),
            "LOG_LEVEL": "warning",
        }


class App(Served):
    """One server process. It can be killed, frozen and started again at the same address."""

    def __init__(
        self,
        port: int,
        env: Mapping[str, str],
        server: ServerName = "daphne",
        *,
        log: Path,
        project: Path = PROJECT,
    ) -> None:
        self.port = port
        self.log = log
        self._env = dict(env)
        self.server = server
        self._project = project

    def __enter__(self) -> Self:
        self.start()
        self.wait_ready()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Starts it; `wait_ready` waits until it works. Nothing if it runs."""
        if self.running:
            return
        self._program = Program.start(
            [sys.executable, *self._arguments()], log=self.log, env=self._env, cwd=self._project
        )

    def _arguments(self) -> list[str]:
        where = ["--host", HOST, "--port", str(self.port)]
        if self.server == "daphne":
            return ["manage.py", "serve", *where]
        return ["-m", "uvicorn", "whiteboard.asgi:application", *where, *UVICORN]

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Until it says that database and layer answer too."""
        if self._program is not None:
            self._program.wait_ready(self._is_ready, seconds)

    def stop(self) -> int | None:
        """As a deploy does it; returns the exit code."""
        return None if self._program is None else self._program.terminate()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            answer.read()
            return answer.status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
