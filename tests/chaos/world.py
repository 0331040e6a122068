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

from cluster.postgres import Postgres
from cluster.redis import Redis

from .ledger import Ledger, PostgresLedger, SqliteLedger
from .servers import Server, environment, manage

FULL_DISK: Final = "disk-full"
"""While a file of this name lies beside the database, it can't grow."""
PROCESSES: Final = 3
_VERIFY: Final = "from uuid import UUID; from boards import store; print(store.verify(UUID('{}')))"


class World(ABC):
    """Servers and what they stand on."""

    name: str
    ledger: Ledger

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        await asyncio.to_thread(manage, self.env, "migrate", "--verbosity", "0")
        # The same program that fills the bench's database.
        seed = ("-m", "bench.seed", str(people), str(boards))
        made = json.loads(await asyncio.to_thread(manage, self.env, *seed))
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
        said = await asyncio.to_thread(manage, self.env, "shell", "--no-imports", "-c", code)
        return said.strip()

    def log_text(self) -> str:
        return "\n".join(server.log_text() for server in self.servers)


class Single(World):
    """One process, SQLite, the in-memory layer."""

    name = "single"
    ledger: SqliteLedger

    def __init__(self, folder: Path, plants: Sequence[str] = ("disk",)) -> None:
        super().__init__(folder)
        self._plants = plants

    async def lay_ground(self) -> None:
        self.env = environment(SECRET_KEY=secrets.token_urlsafe(48), STATE_DIR=str(self.folder))
        self.ledger = SqliteLedger(self.folder / "whiteboard.sqlite3")
        self.servers = [Server("server", self.folder, self.env, self._plants)]

    def remove_ground(self) -> None:
        """The folder is the caller's."""

    @property
    def full_disk(self) -> Path:
        return self.folder / FULL_DISK


class Cluster(World):
    """Several processes, PostgreSQL, Redis."""

    name = "cluster"

    def __init__(self, folder: Path, processes: int = PROCESSES) -> None:
        super().__init__(folder)
        self._processes = processes
        self.postgres = Postgres()
        self.redis = Redis()

    async def lay_ground(self) -> None:
        await asyncio.to_thread(self.postgres.start)
        await asyncio.to_thread(self.redis.start)
        self.env = environment(
            SECRET_KEY=secrets.token_urlsafe(48),
            STATE_DIR=str(self.folder),
            DATABASE_URL=self.postgres.url,
            REDIS_URL=self.redis.url,
        )
        self.ledger = PostgresLedger(self.postgres.url)
        self.servers = [
            Server(f"server-{number}", self.folder, self.env) for number in range(self._processes)
        ]

    def remove_ground(self) -> None:
        self.redis.close()
        self.postgres.close()
