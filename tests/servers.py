"""Fixtures that give tests PostgreSQL and Redis, started when the first test asks for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

import pytest

from cluster.postgres import Postgres, fresh_database
from cluster.redis import Redis


class Server(Protocol):
    """What has an address."""

    @property
    def url(self) -> str: ...


class DatabaseServer(Server, Protocol):
    def database(self, name: str) -> str:
        """Makes a fresh database; returns its address."""
        ...


class Elsewhere:
    """A server that somebody else runs, named by an explicit variable."""

    def __init__(self, url: str) -> None:
        self.url = url

    def database(self, name: str) -> str:
        return fresh_database(self.url, name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[DatabaseServer]:
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        yield Elsewhere(url)
        return
    # What is lost with the machine is lost with the tests.
    with Postgres(fsync=False) as postgres:
        yield postgres


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Server]:
    url = os.environ.get("TEST_REDIS_URL")
    if url:
        yield Elsewhere(url)
        return
    with Redis() as redis:
        yield redis
