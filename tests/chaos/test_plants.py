"""The suite finds each planted bug, and nothing where none is planted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

import pytest

from . import scenes
from .judge import judge
from .stage import Stage
from .world import Single

TIMEOUT: Final = 400
"""Each scene ends with a program that reads the board by itself; slow machines take long for it."""
PATIENCE: Final = 4.0
"""Seconds for all to be settled, where a bug may keep them from it for ever."""

CASES: Final[Sequence[tuple[str, scenes.Scene, str]]] = (
    ("acknowledge_before_commit", scenes.kill_after_a_receipt, "acknowledged, but not in the log"),
    ("forget_ids", scenes.send_twice, "twice in the log"),
    ("lose_tail", scenes.come_back_to_a_tail, "not settled within"),
    ("half_apply", scenes.have_one_refused, "refused, but in the log"),
    ("half_write", scenes.put_two, "document differs from the log's fold"),
    ("revive_removed", scenes.set_what_is_removed, "document differs from the log's fold"),
    ("take_posts_again", scenes.lose_the_answer_to_a_post, "pongs for"),
    ("resume_late", scenes.cut_a_stream, "was closed with 4500: frame"),
    ("overtake_failed", scenes.send_two_to_a_full_disk, "overtaken: client-00's number"),
)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Single]:
    """A board for each case, and one more for each scene without a plant."""
    world = Single(tmp_path_factory.mktemp("plants"))
    try:
        asyncio.run(world.start(people=3, boards=2 * len(CASES)))
        yield world
    finally:
        world.close()


async def play(single: Single, scene: scenes.Scene, board: int, patience: float) -> list[str]:
    """What the judge has against the server after a scene."""
    stage = Stage(single, scene.__name__, board=board)
    try:
        await scene(stage)
        await judge(stage, patience)
    finally:
        await stage.close()
    return stage.journal.violations


@pytest.mark.timeout(TIMEOUT)
@pytest.mark.parametrize("case", range(len(CASES)), ids=[plant for plant, _, _ in CASES])
async def test_a_planted_bug_is_found(single: Single, case: int) -> None:
    plant, scene, found = CASES[case]
    await single.serve_with(plant)
    violations = await play(single, scene, case, PATIENCE)
    assert found in "\n".join(violations), f"{plant} was not found"


@pytest.mark.timeout(TIMEOUT)
async def test_without_a_plant_the_same_scenes_are_clean(single: Single) -> None:
    await single.serve_with()
    for board, (_, scene, _) in enumerate(CASES, len(CASES)):
        assert await play(single, scene, board, scenes.SCENE_SECONDS) == [], scene.__name__
