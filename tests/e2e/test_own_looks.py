"""Colours of one's own, and windows as narrow as a large one at 400 %."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .conftest import Visit

if TYPE_CHECKING:
    from .visitor import Visitor

LOOKS = """where => {
    const { backgroundColor, borderTopStyle } = getComputedStyle(document.querySelector(where));
    return { fill: backgroundColor, line: borderTopStyle };
}"""
BEYOND = """() => [...document.querySelectorAll("button, a, input, select, h1, h2, p, label")]
    .filter((each) => each.checkVisibility({ opacityProperty: true }))
    .filter((each) => !each.closest(".unseen"))
    .map((each) => [each.getBoundingClientRect(), each.ariaLabel ?? each.textContent.trim()])
    .filter(([box]) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
    .map(([, name]) => name)"""
"""What one would have to scroll sideways for."""
SHEETS = {
    "Control+,": "#settings",
    "?": "#help",
    "Control+k": "#palette",
    "Control+f": ".find",
    "Shift+C": "#comments",
    "Shift+O": "#outline",
}


def looks(ann: Visitor, where: str) -> dict[str, str]:
    found: dict[str, str] = ann.page.evaluate(LOOKS, where)
    return found


def test_with_forced_colours_bars_have_lines_and_the_tool_in_the_hand_is_seen(visit: Visit) -> None:
    ann = visit("Ann", forced_colors="active")
    ann.start_board()
    expect(ann.page.locator("#tools")).to_have_css("border-top-style", "solid")
    pen, hand = (looks(ann, f"[data-command='tool.{name}']") for name in ("pen", "hand"))
    assert pen["fill"] != hand["fill"]
    ann.press("Control+,")
    ann.page.wait_for_selector("#settings")
    assert looks(ann, "#settings")["line"] == "solid"
    on, off = (looks(ann, f"[data-setting={name}]") for name in ("snapToObjects", "constantWidth"))
    assert on["fill"] != off["fill"]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400)])
def test_nothing_scrolls_sideways(visit: Visit, width: int, height: int) -> None:
    ann = visit("Ann", viewport={"width": width, "height": height})
    # The connection page tries handshakes that must be refused.
    ann.tolerate(re.compile("status of 404|/ws/echo/"))
    ann.start_board()
    assert ann.page.evaluate(BEYOND) == [], "the board with a pen"
    for key in ("r", "Enter", "Enter"):
        ann.press(key)
    ann.page.wait_for_selector("#tools [data-command='tool.select'][aria-pressed=true]")
    assert ann.page.evaluate(BEYOND) == [], "the board with something selected"
    ann.press("Escape")
    for key, shown in SHEETS.items():
        ann.press(key)
        ann.page.wait_for_selector(shown)
        assert ann.page.evaluate(BEYOND) == [], shown
        ann.press("Escape")
    for path in ("", "trash/", "account/", "api/", "connection/", "join/"):
        ann.open(f"/{path}")
        assert ann.page.evaluate(BEYOND) == [], path
