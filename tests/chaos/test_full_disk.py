"""A disk that is really full (F9): a small file system of its own, where we may mount one."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest

from .judge import judge
from .schedule import BACK_SECONDS
from .stage import SLOWNESS, Stage, within
from .world import Single

DISK_MIB: Final = 8
BALLAST: Final = bytes(64 * 1024)
CLIENTS: Final = 3
PAUSE: Final = (0.02, 0.1)
"""They draw fast, so that what is left of the disk is soon used up."""
DEADLINE: Final = 60.0
FULL: Final = "database or disk is full"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)]
    try:
        refused = subprocess.run(mount, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount here; the chaos suite fills the disk by max_page_count")
    if refused.returncode:
        pytest.skip("mounting is not allowed; the chaos suite fills the disk by max_page_count")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
async def stage(small_disk: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    world = Single(small_disk, logs=tmp_path)
    try:
        await world.start(people=CLIENTS + 1)
        stage = Stage(world, "full disk", pause=PAUSE)
        try:
            yield stage
        finally:
            await stage.close()
    finally:
        world.close()


async def test_on_a_full_disk_nothing_is_lost_and_all_goes_on_by_itself(
    stage: Stage, small_disk: Path
) -> None:
    for _ in range(CLIENTS):
        await stage.add_client()
    assert await within(DEADLINE, lambda: all(client.live for client in stage.clients))
    ballast = small_disk / "ballast"
    fill(ballast)
    assert await within(DEADLINE, lambda: FULL in stage.world.log_text())
    probes = [client.submit_edit() for client in stage.clients]
    ballast.unlink()
    assert await within(BACK_SECONDS * SLOWNESS, lambda: stage.acknowledged(probes))
    await judge(stage)
    assert stage.journal.violations == []


def fill(ballast: Path) -> None:
    """Until there is no room for another byte."""
    with ballast.open("wb", buffering=0) as file:
        for size in (len(BALLAST), 1):
            try:
                while file.write(BALLAST[:size]):
                    pass
            except OSError as full:
                if full.errno != errno.ENOSPC:
                    raise
