"""Selecting, resizing, turning, copying, grouping; and two people with the same thing in hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from .conftest import Visit
from .running import Server
from .visitor import Visitor

PUT = """async ([board, changes]) => {
    const address = `${location.origin.replace(/^http/, "ws")}/ws/boards/${board}/`;
    const socket = new WebSocket(address, ["whiteboard.v1", "whiteboard"]);
    const hears = (type) => new Promise((done) => {
        socket.addEventListener("message", ({ data }) => {
            if (typeof data === "string" && JSON.parse(data).type === type) done();
        });
    });
    await new Promise((done) => socket.addEventListener("open", done));
    const welcome = hears("welcome");
    socket.send(JSON.stringify({ type: "hello", epoch: null, since: 0, schema: 2 }));
    await welcome;
    const id = crypto.randomUUID().replaceAll("-", "").slice(0, 21) + "A";
    const commits = hears("commits");
    socket.send(JSON.stringify({ type: "commit", transactions: [{ id, changes }] }));
    await commits;
    socket.close();
}"""
"""As a client of another kind would put elements on the board: there, and told to everybody."""

RECTANGLE = {"kind": "rectangle", "color": "black", "width": 4, "fill": "yellow"}
KEY = "rectangle0000001"


@pytest.fixture
def ann(visit: Visit) -> Visitor:
    ann = visit("Ann")
    ann.start_board()
    return ann


def puts(visitor: Visitor, *places: tuple[float, float]) -> None:
    """Rectangles of 200 by 100 at these places, and the select tool in the hand."""
    changes: list[dict[str, Any]] = [
        {
            "op": "put",
            "key": f"rectangle{i:07}",
            "element": {**RECTANGLE, "x": x, "y": y, "w": 200, "h": 100, "z": f"a{i}"},
        }
        for i, (x, y) in enumerate(places, start=1)
    ]
    visitor.page.evaluate(PUT, [visitor.board, changes])
    visitor.sees_ink()
    visitor.press("v")


def becomes(visitor: Visitor, key: str = KEY, **properties: float | None) -> None:
    """The element has these properties, to a pixel."""

    def fits() -> bool:
        element = visitor.elements().get(key, {})
        return all(
            name not in element if value is None else abs(element.get(name, 1e9) - value) < 1
            for name, value in properties.items()
        )

    visitor.eventually(fits, f"{key} with {properties}")
    visitor.is_saved()


def test_handles_resize_and_turn_and_each_drag_is_one_step(visit: Visit, ann: Visitor) -> None:
    bob = visit("Bob")
    bob.join(ann.board)
    puts(ann, (400, 300))
    ann.page.mouse.click(500, 350)
    ann.drag((604, 404), (704, 454))
    becomes(ann, x=400, y=300, w=300, h=150)
    ann.page.keyboard.down("Shift")
    ann.drag((550, 272), (600, 280), (700, 375))
    ann.page.keyboard.up("Shift")
    becomes(ann, x=400, y=300, w=300, h=150, angle=math.pi / 2)
    bob.press("v")
    ann.press("Escape")
    bob.sees_the_same_as(ann)
    ann.press("Control+z")
    becomes(ann, w=300, angle=None)
    ann.press("Control+z")
    becomes(ann, x=400, y=300, w=200, h=100)


def test_alt_drags_a_copy_and_a_group_is_taken_as_one(ann: Visitor) -> None:
    puts(ann, (300, 200))
    ann.page.keyboard.down("Alt")
    ann.drag((400, 250), (620, 450))
    ann.page.keyboard.up("Alt")
    ann.eventually(lambda: len(ann.elements()) == 2, "the copy")
    becomes(ann, x=300, y=200)
    [copy] = ann.elements().keys() - {KEY}
    ann.press("Control+a")
    ann.press("Control+g")
    ann.eventually(
        lambda: len({element.get("group") for element in ann.elements().values()} - {None}) == 1,
        "one group",
    )
    # A click elsewhere, then a drag on one of them takes both.
    ann.page.mouse.click(900, 200)
    ann.drag((400, 250), (437, 313))
    becomes(ann, x=337, y=263)
    before = ann.elements()[copy]
    # A double click goes in: there one is moved alone.
    ann.page.mouse.dblclick(437, 313)
    ann.drag((437, 313), (400, 250))
    becomes(ann, x=300, y=200)
    assert ann.elements()[copy] == before
    ann.press("Escape")
    ann.press("Control+Shift+G")
    ann.eventually(
        lambda: not any("group" in element for element in ann.elements().values()), "no group"
    )
    for _ in range(5):
        ann.press("Control+z")
    ann.eventually(lambda: len(ann.elements()) == 1, "all taken back")


def test_the_keyboard_goes_from_one_to_the_next_and_to_the_bars(ann: Visitor) -> None:
    puts(ann, (300, 200), (700, 210), (300, 400))
    ann.press("Control+a")
    for key in ("Tab", "Tab", "Shift+Tab", "Tab"):
        ann.press(key)
    ann.press("ArrowDown")
    becomes(ann, "rectangle0000002", y=211)
    assert ann.elements()[KEY]["y"] == 200
    ann.press("Escape")
    ann.press("Tab")
    focused = ann.page.evaluate("document.activeElement.tagName")
    assert focused != "BODY"


def test_a_drag_is_seen_before_it_is_let_go(visit: Visit, ann: Visitor) -> None:
    bob = visit("Bob")
    bob.join(ann.board)
    puts(ann, (300, 200))
    bob.sees_ink()
    clock = ann.document()["clock"]
    ann.drag((400, 250), (600, 450), let_go=False)
    # It has left the picture and is painted over it, where Ann's pointer is.
    bob.sees_nothing()
    bob.eventually(lambda: bob.look("#overlay")["inked"] > 15_000, "the rectangle on its way")
    assert ann.document()["clock"] == clock
    ann.page.mouse.up()
    becomes(ann, x=500, y=400)
    bob.sees_the_same_as(ann)


def test_two_drag_the_same_thing_and_both_see_where_it_lies(
    visit: Visit, ann: Visitor, server: Server
) -> None:
    """R4: nobody's drag is torn; the last to let go decides."""
    bob = visit("Bob")
    bob.join(ann.board)
    puts(ann, (400, 300))
    bob.press("v")
    bob.sees_ink()
    ann.drag((500, 350), (300, 250), let_go=False)
    bob.drag((500, 350), (800, 380), let_go=False)
    bob.page.mouse.up()
    becomes(bob, x=700, y=330)
    # It has stayed in Ann's hand meanwhile.
    ann.page.mouse.move(303, 250)
    ann.page.mouse.up()
    becomes(ann, x=203, y=200)
    bob.sees_the_same_as(ann)
    bob.press("Control+z")
    becomes(ann, x=203, y=200)
    server.verify(ann.board)
