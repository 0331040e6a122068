"""Who is on which board in the simulation, seeded; pure. Everything in here is assumed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Sort:
    """Boards of one sort."""

    name: str
    share: float
    """Of all boards."""
    least: int
    most: int
    """People on one."""
    drawing: float
    """The share of its people whose pen moves at a given moment."""


SORTS = (
    Sort("halls", 0.0015, 300, 300, 0.02),
    Sort("classes", 0.05, 20, 40, 0.05),
    Sort("groups", 0.3, 4, 8, 0.08),
    Sort("alone or in pairs", 0.6485, 1, 3, 0.12),
)
PEOPLE_PER_BOARD = 5
SEED = 20


class Busy(NamedTuple):
    """How many people are on a board, and how many of them draw."""

    people: int
    drawers: int


def boards_of(people: int, seed: int = SEED, drawing: float = 1.0) -> Counter[Busy]:
    """Boards by what happens on them; exactly so many people in all.

    `drawing` times as many of them draw as is assumed.
    """
    chance = random.Random(seed)
    count = max(1, people // PEOPLE_PER_BOARD)
    sorts = chance.choices(SORTS, weights=[sort.share for sort in SORTS], k=count)
    sizes = [chance.randint(sort.least, sort.most) for sort in sorts]
    _make_exact(sizes, people, chance)
    return Counter(
        Busy(size, sum(chance.random() < sort.drawing * drawing for _ in range(size)))
        for size, sort in zip(sizes, sorts, strict=True)
    )


def _make_exact(sizes: list[int], people: int, chance: random.Random) -> None:
    """One person more or less on boards picked at random, until the sum is right."""
    difference = people - sum(sizes)
    step = 1 if difference > 0 else -1
    while difference:
        board = chance.randrange(len(sizes))
        if sizes[board] + step >= 1:
            sizes[board] += step
            difference -= step
