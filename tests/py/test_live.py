"""The server's side of live frames: headers are read, payloads are not (R9, S17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.live import BadFrameError, TickFrame, read_records, varint
from boards.protocol import FRAME_BYTES, LIVE_FRAME_BYTES, LIVE_KINDS, LIVE_RECORD_BYTES

records_of_any_kind = st.lists(
    st.tuples(st.sampled_from(sorted(LIVE_KINDS)), st.binary(max_size=300)), min_size=1, max_size=20
)


def frame_of(records: list[tuple[int, bytes]]) -> bytes:
    return b"\x01" + b"".join(
        bytes((kind,)) + varint(len(payload)) + payload for kind, payload in records
    )


@given(records_of_any_kind)
def test_every_record_is_found_again(records: list[tuple[int, bytes]]) -> None:
    found = read_records(frame_of(records))
    assert [kind for kind, _ in found] == [kind for kind, _ in records]
    assert b"".join(record for _, record in found) == frame_of(records)[1:]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_own_error(frame: bytes) -> None:
    try:
        found = read_records(frame)
    except BadFrameError:
        return
    assert b"".join(record for _, record in found) == frame[1:]


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x01",
        b"\x02\x01\x00",
        b"\x01\x63\x00",
        b"\x01\x01\x05abc",
        b"\x01\x01",
        b"\x01\x11" + varint(LIVE_RECORD_BYTES + 1) + b"x" * (LIVE_RECORD_BYTES + 1),
        b"\x01\x01\xff\xff\xff\xff\x0f",
        b"\x01" + b"\x02\x00" * LIVE_FRAME_BYTES,
    ],
)
def test_lying_lengths_and_unknown_kinds_are_refused(frame: bytes) -> None:
    with pytest.raises(BadFrameError):
        read_records(frame)


def test_a_later_cursor_replaces_the_earlier_one_of_its_sender_alone() -> None:
    tick = TickFrame()
    tick.add(1, b"\x01", 1, b"\x01\x01a")
    tick.add(2, b"\x02", 1, b"\x01\x01b")
    tick.add(1, b"\x01", 1, b"\x01\x01c")
    frame, _, senders = tick.take()
    assert frame == b"\x01" + b"\x01\x01\x01c" + b"\x02\x01\x01b"
    assert senders == {1, 2}
    assert not tick


def test_stroke_records_all_go_out_in_order() -> None:
    tick = TickFrame()
    for letter in b"abc":
        tick.add(5, b"\x05", 17, bytes((17, 1, letter)))
    assert tick.take()[0] == b"\x01\x05\x11\x01a\x05\x11\x01b\x05\x11\x01c"


def test_a_full_tick_sheds_records_and_counts_them() -> None:
    tick = TickFrame()
    record = bytes((17,)) + varint(4096) + bytes(4096)
    for _ in range(80):
        tick.add(1, b"\x01", 17, record)
    assert tick.shed > 0
    assert len(tick.take()[0]) <= FRAME_BYTES
