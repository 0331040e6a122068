"""A board as the database has it, over an SQL connection of our own: nothing of boards/ helps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol
from uuid import UUID

import psycopg

from .journal import canonical

_HEAD: Final = "SELECT clock FROM boards_board WHERE id = {}"
_LOG: Final = """
    SELECT clock, uid, author_id, body FROM boards_transaction WHERE board_id = {} ORDER BY clock"""
_NEW_RIGHTS: Final = "UPDATE boards_board SET access_version = access_version + 1 WHERE id = {}"
CONNECT_SECONDS: Final = 5
LOCK_SECONDS: Final = 20.0
"""For a busy server to let us have SQLite's lock."""


@dataclass(frozen=True)
class Row:
    """A transaction in the log."""

    clock: int
    uid: str
    author: int
    changes: list[dict[str, Any]]

    @property
    def content(self) -> str:
        return canonical(self.changes)


class Ledger(Protocol):
    """Where boards are kept."""

    def clock(self, board: UUID) -> int: ...

    def log(self, board: UUID) -> list[Row]: ...

    def renew_rights(self, board: UUID) -> None:
        """As if its owner had changed who may do what: all that waits is judged again (R13)."""


class SqliteLedger:
    """A file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def clock(self, board: UUID) -> int:
        with closing(self._connect()) as connection:
            return int(connection.execute(_HEAD.format("?"), [board.hex]).fetchone()[0])

    def log(self, board: UUID) -> list[Row]:
        with closing(self._connect()) as connection:
            return _rows(connection.execute(_LOG.format("?"), [board.hex]).fetchall())

    def renew_rights(self, board: UUID) -> None:
        with closing(sqlite3.connect(self._file, timeout=LOCK_SECONDS)) as connection:
            connection.execute(_NEW_RIGHTS.format("?"), [board.hex])
            connection.commit()

    @contextmanager
    def held_locked(self) -> Iterator[None]:
        """Nobody else can write meanwhile."""
        connecting = sqlite3.connect(self._file, timeout=LOCK_SECONDS, isolation_level=None)
        with closing(connecting) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)


class PostgresLedger:
    """A server."""

    def __init__(self, url: str) -> None:
        self._url = url

    def clock(self, board: UUID) -> int:
        with psycopg.connect(self._url, connect_timeout=CONNECT_SECONDS) as connection:
            row = connection.execute(_HEAD.format("%s"), [board]).fetchone()
            assert row is not None
            return int(row[0])

    def log(self, board: UUID) -> list[Row]:
        with psycopg.connect(self._url, connect_timeout=CONNECT_SECONDS) as connection:
            return _rows(connection.execute(_LOG.format("%s"), [board]).fetchall())

    def renew_rights(self, board: UUID) -> None:
        with psycopg.connect(self._url, connect_timeout=CONNECT_SECONDS) as connection:
            connection.execute(_NEW_RIGHTS.format("%s"), [board])

    @contextmanager
    def held_locked(self, board: UUID) -> Iterator[None]:
        """Nobody else can commit to this board meanwhile."""
        with psycopg.connect(self._url, connect_timeout=CONNECT_SECONDS) as connection:
            connection.execute(f"{_HEAD.format('%s')} FOR UPDATE", [board])
            yield
            connection.rollback()


def _rows(found: list[Any]) -> list[Row]:
    return [Row(clock, uid, author or 0, json.loads(body)) for clock, uid, author, body in found]
