"""Frames of committed transactions, encoded once for all sockets; pure."""

from __future__ import annotations

from collections.abc import Sequence

from .protocol import FRAME_BYTES


def commit_frames(
    epoch: str, first: int, texts: Sequence[bytes], at_most: int = FRAME_BYTES
) -> list[tuple[int, str, int]]:
    """Frames as (last clock, text, bytes) for transactions from `first`.

    Each has `at_most` so many bytes, or one transaction that is longer by itself.
    """
    head = b'{"type":"commits","epoch":"' + epoch.encode() + b'","transactions":['
    frames: list[tuple[int, str, int]] = []
    chunk: list[bytes] = []
    size = len(head) + 2
    last = first - 1
    for text in texts:
        if chunk and size + len(text) + 1 > at_most:
            frames.append(_frame(last, head, chunk))
            chunk, size = [], len(head) + 2
        chunk.append(text)
        size += len(text) + 1
        last += 1
    if chunk:
        frames.append(_frame(last, head, chunk))
    return frames


def _frame(last: int, head: bytes, chunk: Sequence[bytes]) -> tuple[int, str, int]:
    frame = head + b",".join(chunk) + b"]}"
    return last, frame.decode(), len(frame)
