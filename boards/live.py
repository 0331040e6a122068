"""Reads the record headers of binary live frames and gathers a tick's records (R9); pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from .protocol import (
    FRAME_BYTES,
    LIVE_FRAME,
    LIVE_FRAME_BYTES,
    LIVE_KINDS,
    LIVE_RECORD_BYTES,
    LIVE_REPLACING,
)


class BadFrameError(ValueError):
    """A live frame that does not follow `docs/protocol.md`."""


def read_records(frame: bytes) -> list[tuple[int, bytes]]:
    """The records of a client's frame as (kind, record with its header); payloads unread."""
    size = len(frame)
    if size > LIVE_FRAME_BYTES:
        raise BadFrameError(f"a live frame has at most {LIVE_FRAME_BYTES} bytes, this one {size}")
    if size < 2 or frame[0] != LIVE_FRAME:
        raise BadFrameError(f"a live frame starts with {LIVE_FRAME} and has at least one record")
    records: list[tuple[int, bytes]] = []
    position = 1
    while position < size:
        start = position
        kind = frame[position]
        if kind not in LIVE_KINDS:
            raise BadFrameError(f"live records of kind {kind} are unknown")
        position += 1
        length, position = _read_length(frame, position, size)
        position += length
        if position > size:
            raise BadFrameError("a live record is longer than its frame")
        records.append((kind, frame[start:position]))
    return records


def _read_length(frame: bytes, position: int, size: int) -> tuple[int, int]:
    if position < size and frame[position] < 0x80:
        return frame[position], position + 1
    if position + 1 >= size or frame[position + 1] >= 0x80:
        raise BadFrameError(f"a live record has at most {LIVE_RECORD_BYTES} bytes of payload")
    length = (frame[position] & 0x7F) | frame[position + 1] << 7
    if length > LIVE_RECORD_BYTES:
        raise BadFrameError(f"a live record has at most {LIVE_RECORD_BYTES} bytes of payload")
    return length, position + 2


def without_hidden(frame: bytes, is_seen: Callable[[int], bool]) -> bytes:
    """A server's frame with the records of those connections alone; empty where none is left."""
    kept = [record for slot, _, record in stamped_records(frame) if is_seen(slot)]
    return bytes((LIVE_FRAME,)) + b"".join(kept) if kept else b""


def stamped_records(frame: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The records of a server's frame as (slot, kind, record with slot and header)."""
    position = 1
    while position < len(frame):
        start = position
        slot, position = _read_varint(frame, position)
        kind = frame[position]
        length, position = _read_varint(frame, position + 1)
        position += length
        yield slot, kind, frame[start:position]


def _read_varint(frame: bytes, position: int) -> tuple[int, int]:
    """Of a frame that this server has put together."""
    number = shift = 0
    while True:
        byte = frame[position]
        number |= (byte & 0x7F) << shift
        position += 1
        if byte < 0x80:
            return number, position
        shift += 7


def varint(number: int) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


class Tick(NamedTuple):
    """What a tick sends: two frames, the same object where nothing came from other processes."""

    all: bytes
    """For the sockets here."""
    here: bytes
    """For the other processes; empty where nobody here has sent anything."""
    senders: AbstractSet[int]
    """Connections here that are in it."""


class TickFrame:
    """The live records of one tick: later ones replace earlier ones where the kind says so."""

    __slots__ = ("_elsewhere", "_replacing", "_row", "_senders", "_size", "shed")

    def __init__(self) -> None:
        self.shed = 0
        """Records dropped so far because a tick was full (R9)."""
        self._empty()

    def _empty(self) -> None:
        self._row: list[bytes] = []
        self._replacing: dict[tuple[int, int], bytes] = {}
        self._elsewhere: list[bytes] = []
        self._senders: set[int] = set()
        self._size = 1

    def __bool__(self) -> bool:
        return self._size > 1

    def add(self, slot: int, stamp: bytes, kind: int, record: bytes) -> None:
        """Takes a record of the connection `slot`, whose varint is `stamp`."""
        record = stamp + record
        if self._size + len(record) > FRAME_BYTES:
            self.shed += 1
            return
        if kind in LIVE_REPLACING:
            self._size -= len(self._replacing.get((slot, kind), b""))
            self._replacing[slot, kind] = record
        else:
            self._row.append(record)
        self._size += len(record)
        self._senders.add(slot)

    def add_frame(self, frame: bytes) -> None:
        """Takes a tick of another process, whose records are stamped already."""
        if self._size + len(frame) > FRAME_BYTES:
            self.shed += 1
            return
        self._elsewhere.append(frame[1:])
        self._size += len(frame) - 1

    def take(self) -> Tick:
        """The finished frames; empties this tick."""
        here = b"".join((*self._replacing.values(), *self._row))
        if here:
            here = bytes((LIVE_FRAME,)) + here
        everything = here
        if self._elsewhere:
            everything = b"".join((here or bytes((LIVE_FRAME,)), *self._elsewhere))
        tick = Tick(everything, here, self._senders)
        self._empty()
        return tick
