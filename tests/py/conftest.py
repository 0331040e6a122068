"""Fixtures of the Python tests: people, a board, and sockets on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from django.core.cache import cache

from boards.models import Board, Person
from boards.rooms import rooms_here

from .sockets import Someone, join

Join = Callable[[Person], Awaitable[Someone]]


@pytest.fixture(autouse=True)
def full_buckets() -> None:
    """Nobody has asked for anything yet, whatever came before from the same address."""
    cache.clear()


@pytest.fixture
def ann(db: None) -> Person:
    return Person.objects.create(name="Ann", color="red")


@pytest.fixture
def bob(db: None) -> Person:
    return Person.objects.create(name="Bob", color="blue")


@pytest.fixture
def board(ann: Person) -> Board:
    return Board.objects.create(owner=ann, title="Sums")


@pytest.fixture
async def joined(board: Board) -> AsyncIterator[Join]:
    """Lets people join the board; afterwards they leave and the rooms close."""
    here: list[Someone] = []

    async def join_board(person: Person) -> Someone:
        here.append(await join(board, person))
        return here[-1]

    yield join_board
    for someone in here:
        await someone.leave()
    await rooms_here().close()
