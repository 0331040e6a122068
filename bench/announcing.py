"""What one board in another process's announcement costs the process that hears of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from uuid import UUID, uuid4

import msgpack

from boards.elsewhere import Elsewhere

BOARDS = 5000
ROUNDS = 20
"""Together about a tenth of a second."""


def announcement(boards: int) -> bytes:
    """As it comes through the layer."""
    message = {"type": "process.announce", "boards": {str(uuid4()): n for n in range(boards)}}
    return bytes(msgpack.packb({**message, "origin": "0123456789abcdef"}))


def measure() -> dict[str, float]:
    """Microseconds of CPU, and bytes, for each board of an announcement."""
    data = announcement(BOARDS)
    elsewhere = Elsewhere()
    begin = time.process_time()
    for now in range(ROUNDS):
        message: Mapping[str, Mapping[str, int]] = msgpack.unpackb(data)
        boards = {UUID(board): version for board, version in message["boards"].items()}
        elsewhere.announced("0123456789abcdef", boards, float(now))
    microseconds = (time.process_time() - begin) * 1e6
    return {"microseconds": microseconds / BOARDS / ROUNDS, "bytes": len(data) / BOARDS}
