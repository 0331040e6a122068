"""Erasing: whole elements, parts of them, with mouse and pen, as everybody sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from .conftest import Visit
from .visitor import Visitor

Pen = Callable[..., None]
PACE = 0.008
"""Seconds between two places of a pen, however long the machine takes for them."""


@contextmanager
def pen(visitor: Visitor) -> Iterator[Pen]:
    """`say("mousePressed", x, y)` is what a real pen would report."""
    tablet = visitor.context.new_cdp_session(visitor.page)
    now = time.time()

    def say(kind: str, x: float, y: float) -> None:
        nonlocal now
        now += PACE
        event = {"type": kind, "x": x, "y": y, "timestamp": now, "pointerType": "pen"}
        pressed: dict[str, Any] = {"button": "left", "buttons": 1, "clickCount": 1, "force": 0.6}
        tablet.send("Input.dispatchMouseEvent", event | pressed)

    yield say
    tablet.detach()


def draw_with_pen(visitor: Visitor, *way: tuple[float, float]) -> None:
    with pen(visitor) as say:
        say("mousePressed", *way[0])
        for (ax, ay), (bx, by) in pairwise(way):
            for step in range(1, 9):
                say("mouseMoved", ax + (bx - ax) * step / 8, ay + (by - ay) * step / 8)
        say("mouseReleased", *way[-1])


def test_a_stroke_that_is_cut_has_the_same_pieces_for_everybody(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.drag((300, 300), (700, 300))
    draw_with_pen(ann, (300, 400), (700, 400))
    bob.eventually(lambda: len(bob.elements()) == 2, "both strokes")
    assert {element["kind"] for element in ann.elements().values()} == {"stroke"}

    bob.press("Shift+E")
    draw_with_pen(bob, (500, 250), (500, 450))
    ann.eventually(lambda: len(ann.elements()) == 4, "two pieces of each")
    ann.sees_the_same_as(bob)
    pieces = sorted(ann.elements().values(), key=lambda piece: (piece["y"], piece["x"]))
    assert [round(piece["y"], -2) for piece in pieces] == [300, 300, 400, 400]
    assert len({piece["author"] for piece in pieces}) == 1

    bob.press("Control+z")
    ann.eventually(lambda: len(ann.elements()) == 2, "one step takes all of it back")
    ann.sees_the_same_as(bob)


def test_scribbling_over_a_word_erases_it_for_everybody(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.drag((400, 300), (420, 310), (440, 300), (460, 310))
    bob.sees_ink()
    turns = [(395 + 8 * i, 345 if i % 2 else 265) for i in range(11)]
    draw_with_pen(ann, *turns)
    bob.eventually(lambda: bob.elements() == {}, "the word is gone")
    bob.sees_nothing()
    ann.sees_nothing()
