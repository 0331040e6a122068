"""S16: frames without a message are counted, each sort by its own measure."""

from __future__ import annotations

from pytest_django import Settings

from boards.floods import TOO_MANY_FRAGMENTS, TOO_MANY_PINGS, FrameFlood

from .frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_s16_so_many_pings_at_once_and_so_many_again_each_second(settings: Settings) -> None:
    settings.BOARDS_LIMIT_SOCKET_PINGS = (3, 2.0)
    clock = Clock()
    flood = FrameFlood(clock)
    assert [flood.refuses(kind, 0, fin=True) for kind in (PING, PONG, CLOSE)] == ["", "", ""]
    assert flood.refuses(PING, 4, fin=True) == TOO_MANY_PINGS
    clock.now = 1.0
    again = [flood.refuses(PING, 4, fin=True) for _ in range(3)]
    assert again == ["", "", TOO_MANY_PINGS]


def test_s16_a_message_has_so_many_fragments(settings: Settings) -> None:
    settings.BOARDS_FRAGMENTS_MAX = 3
    flood = FrameFlood(Clock())
    for _ in range(2):
        assert not flood.refuses(TEXT, 10, fin=False)
        assert not flood.refuses(CONTINUATION, 10, fin=False)
        assert not flood.refuses(CONTINUATION, 10, fin=True)
    for _ in range(3):
        assert not flood.refuses(BINARY if _ == 0 else CONTINUATION, 1, fin=False)
    assert flood.refuses(CONTINUATION, 1, fin=True) == TOO_MANY_FRAGMENTS


def test_s16_small_messages_in_pieces_count_together_whole_ones_never(settings: Settings) -> None:
    settings.BOARDS_LIMIT_SOCKET_FRAGMENTS = (4, 1.0)
    flood = FrameFlood(Clock())
    assert not any(flood.refuses(TEXT, 1, fin=True) for _ in range(100))
    assert not any(flood.refuses(kind, 1, fin=kind == 0) for kind in (TEXT, CONTINUATION) * 2)
    assert flood.refuses(TEXT, 0, fin=True) == TOO_MANY_FRAGMENTS
