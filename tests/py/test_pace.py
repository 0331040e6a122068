"""How fast one person may commit (`boards.pace`)."""

from __future__ import annotations

import gc

from hypothesis import given
from hypothesis import strategies as st

from boards.pace import (
    BYTES_BURST,
    BYTES_PER_SECOND,
    MESSAGES_BURST,
    MESSAGES_PER_SECOND,
    Pace,
    Paces,
)
from boards.protocol import MESSAGE_BYTES

messages = st.lists(st.tuples(st.floats(0, 2), st.integers(1, MESSAGE_BYTES)), max_size=400)


def test_s14_a_burst_passes_and_then_one_message_at_a_time() -> None:
    pace = Pace(0)
    assert [pace.take(1, 0) for _ in range(int(MESSAGES_BURST))] == [0] * int(MESSAGES_BURST)
    wait = pace.take(1, 0)
    assert wait > 0
    assert pace.take(1, wait) == 0
    assert pace.take(1, wait) > 0


def test_s14_bytes_count_too() -> None:
    pace = Pace(0)
    taken = 0
    while pace.take(MESSAGE_BYTES, 0) == 0:
        taken += MESSAGE_BYTES
    assert BYTES_BURST - MESSAGE_BYTES < taken <= BYTES_BURST


@given(messages)
def test_s14_no_more_passes_than_the_buckets_hold(sent: list[tuple[float, int]]) -> None:
    """Whatever is sent when; and whoever waits as long as they are told gets through."""
    pace, now, size = Pace(0), 0.0, 0
    for count, (pause, each) in enumerate(sent, 1):
        now += pause
        wait = pace.take(each, now)
        if wait:
            now += wait + 1e-6
            assert pace.take(each, now) == 0
        size += each
        assert count <= MESSAGES_BURST + now * MESSAGES_PER_SECOND + 1
        assert size <= BYTES_BURST + now * BYTES_PER_SECOND + 1


def test_s14_all_connections_of_a_person_share_and_nobody_is_kept() -> None:
    paces = Paces()
    one = paces.of(1, 0)
    assert paces.of(1, 5) is one
    assert paces.of(2, 0) is not one
    del one
    gc.collect()
    assert len(paces._by_person) == 0
