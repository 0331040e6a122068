"""Numbers of connections: no two processes give the same one, and they stay short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boards.live import varint
from boards.slots import REST_SECONDS, Slots, slot_of


def test_no_two_processes_give_the_same_number() -> None:
    numbers = [slot_of(index, lane) for index in range(200) for lane in range(60)]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) == 1


def test_numbers_are_short_where_there_are_few() -> None:
    assert all(len(varint(slot_of(index, 0))) == 1 for index in range(15))
    assert all(len(varint(slot_of(i, lane))) <= 2 for i in range(100) for lane in range(10))
    # Browsers read up to 32 bits.
    assert slot_of(10_000, 1_000) < 2**32


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 20)), max_size=60), st.integers(0, 5))
def test_a_number_has_one_owner_and_rests_before_the_next(
    steps: list[tuple[bool, float]], lane: int
) -> None:
    slots = Slots(lane)
    now = 0.0
    held: list[int] = []
    left_at: dict[int, float] = {}
    for come, seconds in steps:
        now += seconds
        if come or not held:
            slot = slots.take(now)
            assert slot not in held
            assert now - left_at.get(slot, -REST_SECONDS) >= REST_SECONDS
            held.append(slot)
        else:
            slot = held.pop(0)
            left_at[slot] = now
            slots.give_back(slot, now)


def test_numbers_come_back_so_that_they_stay_short() -> None:
    slots = Slots(0)
    for hour in range(1000):
        now = hour * 3600.0
        slot = slots.take(now)
        assert slot <= slot_of(1, 0)
        slots.give_back(slot, now)
