"""Databases of earlier versions (tests/upgrades) under the present code: nothing is lost (R15)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.servers import DatabaseServer
from tests.upgrades.served import Served

from .installations import Installation

UPGRADES = Path(__file__).resolve().parent.parent / "upgrades"
VERSIONS = sorted(path.stem for path in UPGRADES.glob("*.sql"))


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(version: str, tmp_path: Path) -> Installation:
    """The old database, with the present code before it."""
    file = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.executescript((UPGRADES / f"{version}.sql").read_text())
    return Installation(f"sqlite:///{file}")


@pytest.fixture
def before(version: str) -> Path:
    """What the old version served."""
    return UPGRADES / f"{version}.json"


def served_as_before(installation: Installation, before: Path) -> Iterator[tuple[Any, Any]]:
    """Pairs of what is to be equal, after everything was sent again and more was drawn."""
    old: Served = json.loads(before.read_text())
    now = installation.run("tests.upgrades.served", before)
    yield now["transactions"], old["transactions"]
    yield now["documents"].keys(), old["documents"].keys()
    # What is served is what stands there, also after all that was sent.
    yield sorted(one["epoch"] for one in now["documents"].values()), sorted(_epochs(installation))
    for board, document in old["documents"].items():
        yield now["documents"][board]["clock"], document["clock"]
        yield now["documents"][board]["elements"], document["elements"]
    # R2: to the first receipt.
    yield now["resent"], old["transactions"]
    # The sessions are good, and each is still the same person's.
    yield now["people"], old["sessions"]
    # R1: drawing goes on at the next clock, wherever it may.
    yield (
        now["drawn"].items() <= {b: d["clock"] + 1 for b, d in old["documents"].items()}.items(),
        True,
    )
    yield bool(now["drawn"]), True
    # R14.
    yield now["differences"], [[] for _ in old["documents"]]
    # After Ann, Bob and Cid, who was deleted, and whose number nobody else may get.
    yield now["newcomer"], 4


def test_an_old_database_is_migrated_with_all_that_it_held(old: Installation, before: Path) -> None:
    old.manage("migrate", "--verbosity", "0")
    for now, then in served_as_before(old, before):
        assert now == then
    epochs = [
        document["epoch"] for document in json.loads(before.read_text())["documents"].values()
    ]
    assert sorted(_epochs(old)) == sorted(epochs)


def test_an_old_database_moves_to_postgresql_by_backup_and_restore(
    old: Installation, before: Path, postgres_server: DatabaseServer, tmp_path: Path
) -> None:
    """The upgrade and the move at once: the backup is one of the old database."""
    file = tmp_path / "boards.backup"
    old.manage("backup", file)
    moved = Installation(postgres_server.database("moved"))
    moved.manage("restore", file)
    for now, then in served_as_before(moved, before):
        assert now == then
    assert not set(_epochs(moved)) & set(_epochs(old))


def test_there_is_a_database_of_the_first_version() -> None:
    assert "0001" in VERSIONS


def _epochs(installation: Installation) -> list[str]:
    """As they stand in the database."""
    query = "SELECT epoch FROM boards_board"
    if installation.url.startswith("sqlite:///"):
        with closing(sqlite3.connect(installation.url.removeprefix("sqlite:///"))) as database:
            return [epoch for (epoch,) in database.execute(query)]
    with psycopg.connect(installation.url) as served:
        return [epoch for (epoch,) in served.execute(query)]
