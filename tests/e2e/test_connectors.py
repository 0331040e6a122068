"""Two people, and the arrow between two shapes: it follows whoever moves them, for both."""

from __future__ import annotations

from typing import Any

from .conftest import Visit
from .visitor import Visitor

INK_NEAR = """([x, y]) => {
    const canvas = document.querySelector("#overlay");
    const ratio = canvas.width / innerWidth;
    const side = 24 * ratio;
    const pencil = new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true });
    pencil.drawImage(canvas, (12 - x) * ratio, (12 - y) * ratio);
    return pencil.getImageData(0, 0, side, side).data.some((value) => value > 0);
}"""
HALFWAY = (430, 468)
"""On the arrow while the lower shape is held, away from everything else."""


def connector(visitor: Visitor) -> dict[str, Any]:
    """The arrow as it is written."""
    arrows = [one for one in visitor.elements().values() if one["kind"] == "arrow"]
    return arrows[0] if arrows else {}


def test_an_arrow_follows_the_shapes_it_connects_whoever_moves_them(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.press("r")
    ann.drag((240, 200), (400, 300))
    ann.press("o")
    ann.drag((700, 220), (860, 320))
    ann.press("a")
    # From within the one to the middle of the other's left side.
    ann.drag((350, 270), (600, 260), (702, 270))
    ann.eventually(lambda: "@0,0.5" in connector(ann).get("to", ""), "the arrow sticks")
    assert "@" not in connector(ann)["from"]
    ann.press("Enter")
    ann.page.keyboard.type("yes, 네")
    ann.page.keyboard.press("Escape")
    ann.eventually(lambda: connector(ann).get("text") == "yes, 네", "the label is there")
    ann.press("Escape")
    bob.eventually(lambda: connector(bob).get("text") == "yes, 네", "the label is seen")
    bob.sees_the_same_as(ann)

    before = connector(ann)["points"]
    bob.press("v")
    bob.page.mouse.click(700, 270)
    bob.drag((240, 260), (240, 360), (240, 560), let_go=False)
    # Nothing is written yet, and all the same the arrow is on its way, here and there.
    for visitor in (ann, bob):
        visitor.page.wait_for_function(INK_NEAR, arg=HALFWAY)
    assert connector(ann)["points"] == before
    bob.page.mouse.up()
    ann.eventually(lambda: connector(ann)["points"] != before, "the way is written")
    bob.sees_the_same_as(ann)

    bob.press("Control+z")
    ann.eventually(lambda: connector(ann)["points"] == before, "the way is as it was")
    bob.sees_the_same_as(ann)

    # Written in, the shape grows, and takes the arrow along before anything is written.
    ann.press("v")
    ann.page.mouse.click(240, 250)
    ann.press("Enter")
    ann.page.keyboard.type("so\n" * 12)
    ann.eventually(
        lambda: any(ann.page.evaluate(INK_NEAR, (480, y)) for y in range(290, 360, 20)),
        "the arrow follows what grows",
    )
    ann.press("Escape")
    ann.is_saved()
    bob.sees_the_same_as(ann)
