"""One socket's way out: windows, receipts and servers that make a sender wait (R10)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from boards.outbox import (
    CONFIRM_BYTES,
    CONFIRM_FRAMES,
    SOCKET_BYTES_MAX,
    WINDOW_FIRST,
    WINDOW_MAX,
    Outbox,
)

pytestmark = pytest.mark.asyncio


class Wire:
    """A server's `send`; while `blocked` is clear it waits, as uvicorn does over 4 MB."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.free = asyncio.Event()
        self.free.set()
        self.gone = False

    async def send(self, message: Mapping[str, Any]) -> None:
        await self.free.wait()
        if self.gone:
            raise ConnectionError("the socket has gone")
        self.sent.append(message.get("text", message["type"]))


@pytest.fixture
async def wire() -> Wire:
    return Wire()


def outbox_on(wire: Wire) -> Outbox:
    return Outbox(wire.send, asyncio.get_running_loop())


async def test_a_frame_is_sent_without_waiting_for_the_loop(wire: Wire) -> None:
    outbox_on(wire).text("a", 1)
    assert wire.sent == ["a"]


async def test_frames_stay_in_order_where_the_server_makes_us_wait(wire: Wire) -> None:
    outbox = outbox_on(wire)
    wire.free.clear()
    for letter in "abc":
        outbox.text(letter, 1)
    outbox.close(4408)
    assert wire.sent == []
    wire.free.set()
    while len(wire.sent) < 4:  # noqa: ASYNC110  (nobody tells)
        await asyncio.sleep(0)
    assert wire.sent == ["a", "b", "c", "websocket.close"]


async def test_a_socket_that_has_gone_is_given_up_quietly(wire: Wire) -> None:
    outbox = outbox_on(wire)
    wire.free.clear()
    outbox.text("a", 1)
    wire.gone = True
    wire.free.set()
    while not outbox.broken:  # noqa: ASYNC110  (nobody tells)
        await asyncio.sleep(0)
    assert wire.sent == []


async def test_the_window_fills_drains_and_grows_with_progress(wire: Wire) -> None:
    outbox = outbox_on(wire)
    outbox.text("x", WINDOW_FIRST)
    assert not outbox.has_room(1)
    assert outbox.got(1)
    assert outbox.in_flight == 0
    assert outbox.window == 2 * WINDOW_FIRST
    for frame in range(2, 40):
        outbox.text("x", WINDOW_FIRST)
        assert outbox.got(frame)
    assert outbox.window == WINDOW_MAX


async def test_a_client_that_confirms_at_64_kib_is_never_waited_for_in_vain(wire: Wire) -> None:
    outbox = outbox_on(wire)
    frame, unconfirmed = WINDOW_FIRST * 2 // 5, 0
    for number in range(1, 20):
        assert outbox.has_room(frame)
        outbox.text("x", frame)
        unconfirmed += frame
        if unconfirmed >= WINDOW_FIRST:
            unconfirmed = 0
            assert outbox.got(number)


async def test_whoever_waits_for_room_is_woken_by_a_receipt(wire: Wire) -> None:
    outbox = outbox_on(wire)
    outbox.text("x", WINDOW_FIRST)
    waiting = asyncio.ensure_future(outbox.wait_for_room(10))
    await asyncio.sleep(0)
    assert not waiting.done()
    outbox.got(1)
    await asyncio.wait_for(waiting, 5)


async def test_receipts_for_frames_never_sent_are_refused(wire: Wire) -> None:
    outbox = outbox_on(wire)
    outbox.text("x", 1)
    assert not outbox.got(2)
    assert outbox.got(1)
    assert not outbox.got(0)


async def test_no_socket_may_cost_more_than_its_bound(wire: Wire) -> None:
    outbox = outbox_on(wire)
    for _ in range(9):
        outbox.text("x", SOCKET_BYTES_MAX // 8)
    assert outbox.broken


async def test_who_owes_a_confirmation_for_too_long_has_stalled(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F6: also with a window that small frames do not fill."""
    monkeypatch.setattr("boards.outbox.STALL_SECONDS", -1.0)
    outbox = outbox_on(wire)
    for _ in range(CONFIRM_FRAMES - 1):
        outbox.text("x", 1)
    assert not outbox.stalled()
    outbox.text("x", 1)
    assert outbox.stalled()
    assert outbox.got(1)
    assert not outbox.stalled()
    outbox.text("x", CONFIRM_BYTES)
    assert outbox.stalled()


async def test_a_confirmation_is_owed_from_when_it_became_due(wire: Wire) -> None:
    """Not from the last one: on a quiet board that may be hours ago."""
    outbox = outbox_on(wire)
    outbox.progress_at -= 3600
    outbox.text("x", CONFIRM_BYTES)
    assert not outbox.stalled()
