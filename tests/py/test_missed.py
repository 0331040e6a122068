"""What somebody has missed of what people show: the last of each, and bounded (R9)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boards.live import stamped_records, varint
from boards.missed import KEPT_BYTES, LASTING, Missed
from boards.protocol import LiveKind

RECORDS = st.tuples(st.integers(0, 300), st.sampled_from(sorted(LiveKind)), st.binary(max_size=200))
FRAMES = st.lists(st.lists(RECORDS, min_size=1, max_size=8), max_size=12)


def record(slot: int, kind: int, payload: bytes = b"") -> bytes:
    return varint(slot) + bytes((kind,)) + varint(len(payload)) + payload


def frame(*records: bytes) -> bytes:
    return b"\x01" + b"".join(records)


def told(missed: Missed, number: int = 1, at_most: int = 10_000) -> list[bytes]:
    return [one for _, part in missed.since(number, at_most) for _, _, one in stamped_records(part)]


def test_of_each_kind_the_last_is_told_and_what_passes_by_itself_is_not() -> None:
    missed = Missed()
    missed.add(frame(record(1, LiveKind.CURSOR, b"a"), record(2, LiveKind.LASER, b"l")))
    missed.add(frame(record(1, LiveKind.SELECTION, b"s"), record(1, LiveKind.CURSOR, b"b")))
    assert told(missed) == [
        record(1, LiveKind.SELECTION, b"s"),
        record(1, LiveKind.CURSOR, b"b"),
    ]


def test_a_pointer_is_somewhere_or_away() -> None:
    missed = Missed()
    missed.add(frame(record(1, LiveKind.CURSOR, b"a")))
    missed.add(frame(record(1, LiveKind.AWAY)))
    assert told(missed) == [record(1, LiveKind.AWAY)]


def test_only_what_came_since_is_told() -> None:
    missed = Missed()
    missed.add(frame(record(1, LiveKind.PAGE, b"p")))
    second = missed.add(frame(record(2, LiveKind.PAGE, b"q")))
    assert told(missed, second) == [record(2, LiveKind.PAGE, b"q")]


def test_who_is_gone_shows_nothing() -> None:
    missed = Missed()
    missed.add(frame(record(1, LiveKind.PAGE, b"p"), record(2, LiveKind.CURSOR, b"q")))
    missed.gone(1)
    assert told(missed) == [record(2, LiveKind.CURSOR, b"q")]
    missed.gone(2)
    assert not missed


def test_it_stays_bounded_however_much_is_shown() -> None:
    missed = Missed()
    for slot in range(600):
        missed.add(frame(record(slot, LiveKind.SELECTION, bytes(4000))))
    kept = told(missed)
    assert sum(map(len, kept)) <= KEPT_BYTES
    assert kept[-1] == record(599, LiveKind.SELECTION, bytes(4000))


@given(FRAMES, st.integers(1, 1000))
def test_all_that_holds_is_told_in_frames_of_any_size(
    frames: list[list[tuple[int, int, bytes]]], at_most: int
) -> None:
    missed = Missed()
    last: dict[tuple[int, int], bytes] = {}
    for records in frames:
        missed.add(frame(*(record(*one) for one in records)))
        for slot, kind, payload in records:
            if kind in LASTING:
                last[slot, LASTING[LiveKind(kind)]] = record(slot, kind, payload)
    assert sorted(told(missed, 1, at_most)) == sorted(last.values())


@given(FRAMES, st.integers(1, 1000))
def test_it_goes_on_where_it_was_broken_off(
    frames: list[list[tuple[int, int, bytes]]], at_most: int
) -> None:
    missed = Missed()
    for records in frames:
        missed.add(frame(*(record(*one) for one in records)))
    parts = list(missed.since(1, at_most))
    for at, (number, _) in enumerate(parts):
        rest = {one for _, part in parts[at:] for _, _, one in stamped_records(part)}
        assert rest <= set(told(missed, number))
