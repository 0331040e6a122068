"""Server processes on one database: each has its lane, and one that cannot reach others says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now

from boards import processes
from boards.models import ServerProcess
from boards.processes import SILENT_SECONDS, Beat, Company, Other

THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_every_process_has_the_smallest_free_lane() -> None:
    lanes = [processes.register(name, shared_layer=True) for name in ("one", "two", "three")]
    assert lanes == [0, 1, 2]
    processes.forget("two")
    assert processes.register("four", shared_layer=True) == 1


@pytest.mark.django_db
def test_the_lane_of_a_killed_process_is_free_after_a_while() -> None:
    processes.register("one", shared_layer=True)
    processes.register("two", shared_layer=True)
    long_ago = Now() - timedelta(seconds=processes.FORGOTTEN_SECONDS + 1)
    ServerProcess.objects.filter(origin="one").update(seen=long_ago)
    assert processes.register("three", shared_layer=True) == 0
    assert processes.beat("one") is None


@pytest.mark.django_db
def test_a_beat_tells_of_the_others_but_not_of_loops_in_the_same_process() -> None:
    processes.register("one", shared_layer=False)
    processes.register("two", shared_layer=False)
    beat = processes.beat("two")
    assert beat == Beat(1, [])
    ServerProcess.objects.filter(origin="one").update(pid=1)
    beat = processes.beat("two")
    assert beat is not None
    assert [(other.origin, other.is_older) for other in beat.others] == [("one", True)]


def beat_of(other: str, seen: float, *, is_older: bool = True, shared_layer: bool = False) -> Beat:
    at = THEN + timedelta(seconds=seen)
    return Beat(0, [Other(other, f"host:{other}", is_older, shared_layer, at)])


def lives(company: Company, beat: Beat, now: float) -> dict[str, float]:
    return company.unreachable(beat, shared_layer=False, now=now)


def test_only_a_process_that_goes_on_beating_counts() -> None:
    """One that was killed a moment ago has left its row behind."""
    company = Company()
    for now in (0, 5, 10, 40):
        assert lives(company, beat_of("one", 0), now) == {}
    assert lives(company, beat_of("one", 5), 45) == {"host:one": 0}
    assert lives(company, beat_of("one", 10), 50) == {"host:one": 5}
    assert lives(company, beat_of("one", 10), 50 + SILENT_SECONDS + 1) == {}


def test_the_younger_one_gives_way_and_whoever_meets_a_shared_layer() -> None:
    for beats, expected in (
        ([beat_of("one", t, is_older=False) for t in (0, 5)], {}),
        ([beat_of("one", t, is_older=False, shared_layer=True) for t in (0, 5)], {"host:one": 0}),
    ):
        company = Company()
        lives(company, beats[0], 0)
        assert lives(company, beats[1], 5) == expected


def test_nobody_gives_way_on_a_shared_layer() -> None:
    company = Company()
    for now in (0, 5, 10):
        beat = beat_of("one", now)
        assert company.unreachable(beat, shared_layer=True, now=now) == {}


def test_who_has_gone_is_forgotten() -> None:
    company = Company()
    for now in (0, 5):
        lives(company, beat_of("one", now), now)
    assert lives(company, Beat(0, []), 10) == {}
    assert lives(company, beat_of("one", 15), 15) == {}
