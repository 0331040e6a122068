"""Twenty seconds of chaos for each way to run the application; `make chaos` takes longer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from .__main__ import WORLDS
from .run import run
from .summary import Plan

SECONDS: Final = 20
CLIENTS: Final = 8
TIMEOUT: Final = 400
"""A run that has to give somebody up takes a minute more, on a slow machine several."""
SEEDS: Final = ("single", "26"), ("cluster", "13")
"""Their first faults are of many sorts."""


@pytest.mark.timeout(TIMEOUT)
@pytest.mark.parametrize(("name", "seed"), SEEDS)
async def test_what_was_acknowledged_survives(name: str, seed: str, tmp_path: Path) -> None:
    world = WORLDS[name](tmp_path)
    try:
        await world.start(people=CLIENTS + 1)
        summary = await run(world, Plan(seed, SECONDS, CLIENTS))
    finally:
        world.close()
    print(summary)
    assert not summary.violations, str(summary)
    assert summary.acknowledged > 0
    assert summary.refused > 0
