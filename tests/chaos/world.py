"""The two ways to run the application: one process with SQLite, or several with PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import secrets
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final, Self
from uuid import UUID

from cluster.app import ServerName, Setup, run_python
from cluster.postgres import Postgres
from cluster.redis import Redis

from .ledger import Ledger, PostgresLedger, SqliteLedger
from .servers import Server

FULL_DISK: Final = "disk-full"
"""While a file of this name lies beside the database, it can't grow."""
PROCESSES: Final[Sequence[ServerName]] = ("daphne", "daphne", "uvicorn")
_VERIFY: Final = "from uuid import UUID; from boards import store; print(store.verify(UUID('{}')))"


class World(ABC):
    """Servers and what they stand on."""

    name: str
    ledger: Ledger

    def __init__(self, folder: Path, logs: Path | None = None) -> None:
        """State goes into the folder; logs too, unless they have another."""
        self.folder = folder
        self.logs = logs or folder
        self.servers: list[Server] = []
        self.env: dict[str, str] = {}
        self.cookies: list[str] = []
        self.boards: list[UUID] = []

    @abstractmethod
    async def lay_ground(self) -> None:
        """Starts what the servers stand on, and makes them."""

    @abstractmethod
    def remove_ground(self) -> None: ...

    async def start(self, people: int, boards: int = 1) -> Self:
        """With an empty database but for so many people and boards."""
        await self.lay_ground()
        await self._python("manage.py", "migrate", "--verbosity", "0")
        # The same program that fills the bench's database.
        made = json.loads(await self._python("-m", "bench.seed", str(people), str(boards)))
        self.cookies = made["cookies"]
        self.boards = [UUID(board) for board in made["boards"]]
        await asyncio.gather(*(server.start() for server in self.servers))
        return self

    def close(self) -> None:
        for server in self.servers:
            server.close()
        self.remove_ground()

    def pick_port(self, rng: Random) -> int:
        """As a proxy in front does it, which leaves out who doesn't answer where it can."""
        up = [server for server in self.servers if server.up]
        return rng.choice(up or self.servers).port

    async def verify(self, board: UUID) -> str:
        """What the store itself finds wrong with its board: `[]` if nothing."""
        code = _VERIFY.format(board)
        said = await self._python("manage.py", "shell", "--no-imports", "-c", code)
        return said.strip()

    def _setup(self, database_url: str, redis_url: str) -> Setup:
        return Setup(database_url, redis_url, secrets.token_urlsafe(48), self.folder)

    async def _python(self, *arguments: str) -> str:
        return (await asyncio.to_thread(run_python, arguments, self.env)).stdout

    def log_text(self) -> str:
        return "\n".join(server.log_text() for server in self.servers)


class Single(World):
    """One process, SQLite, the in-memory layer."""

    name = "single"
    ledger: SqliteLedger

    async def lay_ground(self) -> None:
        file = self.folder / "whiteboard.sqlite3"
        self.env = self._setup(f"sqlite:///{file}", redis_url="").environment()
        self.ledger = SqliteLedger(file)
        self.servers = [Server("server", self.logs, self.env, ("disk",))]

    async def serve_with(self, *plants: str) -> None:
        """Goes on with these bugs in the server, on the database as it is."""
        await asyncio.gather(*(server.terminate() for server in self.servers))
        self.servers = [Server("server", self.logs, self.env, ("disk", *plants))]
        await self.servers[0].start()

    def remove_ground(self) -> None:
        """The folder is the caller's."""

    @property
    def full_disk(self) -> Path:
        return self.folder / FULL_DISK


class Cluster(World):
    """Several processes on both kinds of server, PostgreSQL, Redis."""

    name = "cluster"
    ledger: PostgresLedger

    def __init__(self, folder: Path, processes: Sequence[ServerName] = PROCESSES) -> None:
        super().__init__(folder)
        self._processes = processes
        self.postgres = Postgres()
        self.redis = Redis()

    async def lay_ground(self) -> None:
        await asyncio.to_thread(self.postgres.start)
        await asyncio.to_thread(self.redis.start)
        self.env = self._setup(self.postgres.url, self.redis.url).environment()
        self.ledger = PostgresLedger(self.postgres.url)
        self.servers = [
            Server(f"server-{number}", self.logs, self.env, server=server)
            for number, server in enumerate(self._processes)
        ]

    def remove_ground(self) -> None:
        self.redis.close()
        self.postgres.close()
