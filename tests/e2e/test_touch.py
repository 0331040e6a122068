"""Fingers on glass: one draws, two move and zoom the view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import expect

from .conftest import Visit
from .visitor import Visitor

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
Touch = Callable[..., None]


@contextmanager
def fingers(visitor: Visitor) -> Iterator[Touch]:
    """`touch("touchMove", (x, y), …)` says where all fingers are now, as the glass does."""
    glass = visitor.context.new_cdp_session(visitor.page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": i, "force": 0.5} for i, (x, y) in enumerate(places)]
        glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    yield touch
    glass.detach()


def test_one_finger_draws(visit: Visit) -> None:
    ann = visit("Ann", **PHONE)
    ann.start_board()
    with fingers(ann) as touch:
        touch("touchStart", (100, 300))
        for step in range(1, 11):
            touch("touchMove", (100 + step * 15, 300 + step * 4))
        touch("touchEnd")
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke is stored")
    ann.is_saved()
    [stroke] = ann.elements().values()
    assert (stroke["x"], stroke["y"]) == (100, 300)


def test_two_fingers_move_and_zoom_and_leave_no_ink(visit: Visit) -> None:
    ann = visit("Ann", **PHONE)
    ann.start_board()
    with fingers(ann) as touch:
        # Fingers never land together: the first has begun a stroke, which is taken back.
        touch("touchStart", (150, 400))
        touch("touchMove", (151, 400))
        touch("touchStart", (151, 400), (250, 400))
        for step in range(1, 11):
            touch("touchMove", (151 - step * 5, 400 + step * 10), (250 + step * 5, 400 + step * 10))
        touch("touchEnd")
        expect(ann.page.locator("#zoom .percent")).not_to_have_text("100%")
        zoomed = ann.page.locator("#zoom .percent").text_content() or ""
        assert 180 <= int(zoomed.strip("%")) <= 220
        # One finger draws again, and where it touches is moved and twice as fine.
        touch("touchStart", (200, 500))
        for step in range(1, 6):
            touch("touchMove", (200 + step * 20, 500))
        touch("touchEnd")
    ann.eventually(lambda: len(ann.elements()) == 1, "one stroke, and none of the pinch")
    [stroke] = ann.elements().values()
    assert abs(stroke["x"] - 200) < 3
    assert abs(stroke["y"] - 400) < 3


def test_a_phone_has_its_tools_within_reach_of_a_thumb_and_the_rest_in_menus(visit: Visit) -> None:
    ann = visit("Ann", **PHONE)
    ann.start_board()
    for tool in ("Select", "Hand", "Pen", "Eraser"):
        box = ann.tool(tool).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] > 600
    ann.page.get_by_role("button", name="Menu", exact=True).tap()
    for words in ("Zoom to fit", "Export…", "Help"):
        expect(ann.page.locator("#menu").get_by_text(words, exact=True)).to_be_visible()
    ann.page.keyboard.press("Escape")
    ann.page.get_by_role("button", name="More", exact=True).tap()
    ann.page.get_by_role("button", name="All commands").tap()
    ann.page.get_by_role("option", name="Zoom to 100%").tap()
    expect(ann.page.locator("#palette")).to_have_count(0)
