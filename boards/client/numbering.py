"""Frames over requests that fail and are repeated: none is lost, none comes twice. Pure.

Both ways they are numbered 1, 2, 3 … for each link.
"""

from __future__ import annotations

import base64
import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Frame = str | bytes

POST_BYTES: Final = 256 * 1024
"""The longest body that a server takes."""
ENVELOPE_BYTES: Final = 64


class GapError(Exception):
    """A frame is missing that can never come again: the link is broken."""


def encoded(frame: Frame) -> str:
    """As JSON: a text message is its object itself, a binary frame a string of base64."""
    return frame if isinstance(frame, str) else f'"{base64.b64encode(frame).decode()}"'


def decoded(text: str) -> Frame:
    return base64.b64decode(text[1:-1]) if text.startswith('"') else text


class Outbound:
    """What has been sent and not been taken yet."""

    def __init__(self) -> None:
        self._frames: deque[str] = deque()
        self._taken = 0

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frame: Frame) -> None:
        self._frames.append(encoded(frame))

    def body(self) -> bytes:
        """The next POST, which may be repeated until `taken` says what of it has arrived."""
        size = ENVELOPE_BYTES
        chosen: list[str] = []
        for frame in self._frames:
            size += len(frame.encode()) + 1
            if chosen and size > POST_BYTES:
                break
            chosen.append(frame)
        return f'{{"first":{self._taken + 1},"frames":[{",".join(chosen)}]}}'.encode()

    def taken(self, received: int) -> None:
        """The server has all frames up to this one."""
        if not self._taken <= received <= self._taken + len(self._frames):
            raise GapError(f"the server has frame {received}, and {self._taken} were known to it")
        for _ in range(received - self._taken):
            self._frames.popleft()
        self._taken = received


class Inbound:
    """What has come."""

    def __init__(self) -> None:
        self.last = 0
        """The number of the last frame."""

    def fresh(self, first: int, frames: Sequence[Frame]) -> Sequence[Frame]:
        """Those of these frames, numbered from `first`, that have not come before."""
        if first > self.last + 1:
            raise GapError(f"frame {first} came after frame {self.last}")
        fresh = frames[self.last + 1 - first :]
        self.last += len(fresh)
        return fresh


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One of an event stream."""

    kind: str
    id: str
    data: str


class EventReader:
    """Server-Sent Events out of bytes, however they are cut."""

    def __init__(self) -> None:
        self._rest = b""
        self._kind, self._id = "", ""
        self._lines: list[str] = []

    def feed(self, piece: bytes) -> Iterator[StreamEvent]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            event = self._line(line.removesuffix(b"\r").decode("utf-8", "replace"))
            if event is not None:
                yield event

    def _line(self, line: str) -> StreamEvent | None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._lines.append(value)
        elif name == "id":
            self._id = value
        elif name == "event":
            self._kind = value
        elif not line:
            return self._dispatch()
        return None

    def _dispatch(self) -> StreamEvent | None:
        kind, lines = self._kind or "message", self._lines
        self._kind, self._lines = "", []
        return StreamEvent(kind, self._id, "\n".join(lines)) if lines else None


def read_poll(body: bytes) -> tuple[int, list[Frame], int | None]:
    """The first number, the frames and the code with which the link ends, if it does."""
    answer = json.loads(body)
    frames: list[Frame] = [
        base64.b64decode(frame) if isinstance(frame, str) else json.dumps(frame)
        for frame in answer["frames"]
    ]
    return answer["first"], frames, answer.get("end")
