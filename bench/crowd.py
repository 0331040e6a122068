"""People who draw by the Python client, over whichever transport, and what they notice."""

from __future__ import annotations

import asyncio
import json
import math
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Final, Self

from boards.client import Board, Committed, Event, Live, Transaction, connect
from boards.client.events import DocumentNeeded
from boards.client.live import STROKE_POINTS, Reader, points_text, stroke_points, stroke_start
from boards.client.session import Frame, Session

FRAMES_PER_SECOND: Final = 30
FRAMES_PER_STROKE: Final = 60
POINTS_PER_FRAME: Final = 2
SETTLE_SECONDS: Final = 0.5


@dataclass
class Noticed:
    """Milliseconds, as they were measured."""

    live: list[float] = field(default_factory=list)
    """From sending points to each of the others having them."""
    durable: list[float] = field(default_factory=list)
    """From a stroke's transaction to its receipt."""


def percentiles(samples: Sequence[float]) -> dict[str, float]:
    ordered = sorted(samples) or [math.nan]
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in SHARES}
    return {"count": len(samples), **{name: round(ms, 1) for name, ms in at.items()}}


SHARES: Final = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


def stroke(number: int, turn: int) -> list[tuple[float, float]]:
    """A wave at a place of its own."""
    y = 60.0 * number + 5 * (turn % 10)
    count = FRAMES_PER_STROKE * POINTS_PER_FRAME
    return [(4.0 * i, y + round(20 * math.sin((i + turn) / 7), 2)) for i in range(count)]


class Drawer:
    """Draws stroke after stroke: 30 live frames a second, then the transaction."""

    def __init__(self, number: int, board: Board) -> None:
        self.board = board
        self.sent_at: dict[tuple[int, int], float] = {}
        self.strokes = 0
        self.number = number

    async def stroke(self, noticed: Noticed) -> None:
        self.strokes += 1
        key, points = secrets.token_urlsafe(12), stroke(self.number, self.strokes)
        begun = time.perf_counter()
        for frame in range(FRAMES_PER_STROKE):
            self._frame(key, frame, points)
            await asyncio.sleep(begun + (frame + 1) / FRAMES_PER_SECOND - time.perf_counter())
        asked = time.perf_counter()
        await self.board.commit([{"op": "put", "key": key, "element": _element(points)}])
        noticed.durable.append((time.perf_counter() - asked) * 1000)

    def _frame(self, key: str, frame: int, points: list[tuple[float, float]]) -> None:
        first = frame * POINTS_PER_FRAME
        some = points[first : first + POINTS_PER_FRAME]
        records = [stroke_points(self.strokes, first, some, points[0])]
        if frame % FRAMES_PER_SECOND == 0:
            records.insert(0, stroke_start(self.strokes, key, points[0], "blue", 4))
        self.sent_at[self.strokes, first] = time.perf_counter()
        self.board.live(*records)


def _element(points: list[tuple[float, float]]) -> dict[str, Any]:
    x, y = points[0]
    inked = points_text(points, points[0])
    return {
        "kind": "stroke",
        "x": x,
        "y": y,
        "z": "a0",
        "color": "blue",
        "width": 4,
        "points": inked,
    }


class LightSession(Session):
    """Looks at commits only for its own receipts.

    Each page has a processor of its own; here one has to do for all, and shall not be what is
    measured where there is much to read.
    """

    def received(self, frame: Frame, now: float) -> list[Event | DocumentNeeded]:
        is_commits = isinstance(frame, str) and frame.startswith('{"type":"commits"')
        if not is_commits or not self.caught_up:
            return super().received(frame, now)
        self.count_in(frame, now)
        if not any(one in str(frame) for one in self.pending.ids):
            return []
        done = [Transaction.of(one) for one in json.loads(frame)["transactions"]]
        return [Committed(one) for one in done if self.pending.answered(one.id, now)]


class DeafSession(LightSession):
    """Counts live frames and does not read them: a few people are enough to measure by."""

    def received(self, frame: Frame, now: float) -> list[Event | DocumentNeeded]:
        if isinstance(frame, str):
            return super().received(frame, now)
        self.count_in(frame, now)
        return []


class Crowd:
    """Everybody on one board."""

    def __init__(
        self, urls: Sequence[str], cookies: Sequence[str], transport: str, *, ears: int = 0
    ) -> None:
        self._boards = [
            connect(url, cookie=cookie, transport=transport)
            for url, cookie in zip(urls, cookies, strict=True)
        ]
        """With `ears` only so many of them read what others draw, and nobody what they commit."""
        for number, board in enumerate(self._boards if ears else []):
            board._stay.make_session = LightSession if number < ears else DeafSession
        self._stack = AsyncExitStack()
        self.drawers: list[Drawer] = []
        self.noticed = Noticed()

    async def __aenter__(self) -> Self:
        for number, board in enumerate(self._boards):
            await self._stack.enter_async_context(board)
            self.drawers.append(Drawer(number, board))
        by_slot = {one.board.you.slot: one for one in self.drawers if one.board.you is not None}
        self._ears = [asyncio.create_task(self._listen(one.board, by_slot)) for one in self.drawers]
        await asyncio.sleep(SETTLE_SECONDS)
        return self

    async def __aexit__(self, *_: object) -> None:
        for ear in self._ears:
            ear.cancel()
        await asyncio.gather(*self._ears, return_exceptions=True)
        await self._stack.aclose()

    @property
    def strokes(self) -> int:
        """Begun so far."""
        return sum(drawer.strokes for drawer in self.drawers)

    def forget(self) -> Noticed:
        """What has been noticed until now; begins anew."""
        noticed, fresh = self.noticed, Noticed()
        self.noticed = fresh
        return noticed

    async def draw(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(self._draw(one, until) for one in self.drawers))

    async def _draw(self, drawer: Drawer, until: float) -> None:
        # Not all in one beat.
        await asyncio.sleep((drawer.number * 0.618 % 1) * 2)
        while time.perf_counter() < until:
            await drawer.stroke(self.noticed)

    async def _listen(self, board: Board, by_slot: dict[int, Drawer]) -> None:
        async for event in board.events():
            if isinstance(event, Live) and event.kind == STROKE_POINTS:
                sender = by_slot.get(event.slot)
                if sender is None:
                    continue
                reader = Reader(event.payload)
                sent = sender.sent_at.get((reader.varint(), reader.varint()))
                if sent is not None:
                    self.noticed.live.append((time.perf_counter() - sent) * 1000)


def changes(count: int) -> Iterator[dict[str, Any]]:
    """So many new elements, as somebody makes them without a network."""
    for number in range(count):
        y = number % 100 * 10.0
        points = [(number % 997 + 4.0 * i, y + (i % 3)) for i in range(10)]
        yield {"op": "put", "key": secrets.token_urlsafe(12), "element": _element(points)}
