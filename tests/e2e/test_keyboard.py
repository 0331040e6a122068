"""A whole board by keyboard alone: made, written, moved, connected, drawn on, styled, taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .conftest import Visit

if TYPE_CHECKING:
    from .visitor import Visitor

STOPS = 40
"""Nothing on a page is farther away than so many tabs."""


def tab_to(ann: Visitor, name: str) -> None:
    """Presses Tab until what has the focus is called this."""
    for _ in range(STOPS):
        ann.press("Tab")
        focused = ann.page.locator(":focus")
        called = focused.evaluate("each => each.getAttribute('aria-label') ?? each.textContent")
        if name in called:
            return
    pytest.fail(f"Tab does not lead to {name}")


def hears(ann: Visitor, words: str | re.Pattern[str]) -> None:
    """What keys do is told in a line that is read out."""
    line = ann.page.locator("p.unseen[role=status]")
    expect(line).to_have_text(re.compile(words) if isinstance(words, str) else words)


def keys(ann: Visitor, *shortcuts: str) -> None:
    for shortcut in shortcuts:
        ann.press(shortcut)


def write(ann: Visitor, words: str) -> None:
    """Into what is selected."""
    ann.press("Enter")
    expect(ann.page.locator("textarea:focus")).to_be_visible()
    ann.page.keyboard.type(words)
    ann.press("Escape")
    expect(ann.page.locator("#picture")).to_be_focused()


def start(ann: Visitor) -> None:
    ann.open("/")
    expect(ann.page.get_by_role("textbox", name="Nickname", exact=True)).to_be_focused()
    ann.page.keyboard.type(ann.name)
    ann.press("Enter")
    ann.page.get_by_role("textbox", name="Nickname", exact=True).wait_for(state="detached")
    tab_to(ann, "New board")
    ann.press("Enter")
    ann.page.wait_for_url("**/boards/*/")
    ann.is_live()


def kinds(ann: Visitor) -> list[str]:
    return sorted(str(each["kind"]) for each in ann.elements().values())


def test_a_whole_board_without_a_pointer(visit: Visit) -> None:
    ann = visit("Ann")
    start(ann)
    tab_to(ann, "The picture on this board")

    # Made: the first from Enter to Enter, the second of the usual size, beside it.
    keys(ann, "r", "Enter")
    hears(ann, "Begun at")
    keys(ann, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Enter")
    hears(ann, "Rectangle, black, .* selected, 1 of 1")
    write(ann, "Plan")
    keys(ann, "o", *["Shift+ArrowRight"] * 6, "Enter", "Enter")
    hears(ann, "Ellipse, .* selected, 2 of 2")
    write(ann, "Do")

    # Moved, resized, turned.
    keys(ann, "Control+ArrowLeft")
    hears(ann, "Rectangle, Plan, selected, 1 of 2")
    ann.press("Shift+ArrowUp")
    hears(ann, "across, ")
    ann.press("Alt+ArrowRight")
    hears(ann, "by .* units")
    ann.press("]")
    hears(ann, "15 degrees")

    # Connected with the other one.
    ann.press("Control+k")
    ann.page.keyboard.type("Connect to")
    expect(ann.page.get_by_role("option", name="Connect to…")).to_be_visible()
    ann.press("Enter")
    expect(ann.page.locator("#connect-to button:focus")).to_contain_text("Ellipse, Do")
    ann.press("Enter")
    hears(ann, "Arrow, ")
    ann.is_saved()
    by_kind = {str(each["kind"]): key for key, each in ann.elements().items()}
    arrow = ann.elements()[by_kind["arrow"]]
    assert (arrow["from"], arrow["to"]) == (by_kind["rectangle"], by_kind["ellipse"])

    # A line from point to point, ink in steps, a text.
    keys(ann, "l", "Enter", "Shift+ArrowRight", "Shift+ArrowRight", "Enter", "Enter")
    hears(ann, "Line, ")
    keys(ann, "p", "Shift+ArrowDown", "Shift+ArrowDown", "Enter")
    keys(ann, *["ArrowRight", "ArrowDown"] * 5, "Enter")
    hears(ann, "Done")
    keys(ann, "t", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp", "Enter")
    expect(ann.page.locator("textarea:focus")).to_be_visible()
    ann.page.keyboard.type("Week")
    ann.press("Escape")
    ann.is_saved()
    assert kinds(ann) == ["arrow", "ellipse", "line", "rectangle", "stroke", "text"]

    # Through what is there, and out of it.
    expect(ann.page.locator("#picture")).to_be_focused()
    keys(ann, "Escape", "Escape", "Tab")
    expect(ann.page.locator("#picture")).not_to_be_focused()
    ann.press("Shift+Tab")
    ann.press("Tab")
    hears(ann, "Text, Week, selected, 1 of 6")
    for _ in range(6):
        ann.press("Tab")
    expect(ann.page.locator("#picture")).not_to_be_focused()

    # Through it whatever is in the hand; Escape keeps the tool, and leads out.
    keys(ann, "Shift+Tab", "p", "Tab")
    hears(ann, "Text, Week, selected, 1 of 6")
    expect(ann.tool("Select")).to_have_attribute("aria-pressed", "true")
    keys(ann, "p", "Escape", "Tab")
    expect(ann.page.locator("#picture")).not_to_be_focused()
    expect(ann.tool("Pen")).to_have_attribute("aria-pressed", "true")

    # Right after opening, too.
    ann.page.reload()
    ann.is_live()
    tab_to(ann, "The picture on this board")
    ann.press("Tab")
    hears(ann, "Text, Week, selected, 1 of 6")

    # Styled by the panel, which F6 leads to.
    for _ in range(STOPS):
        if ann.page.locator("#style-more:focus-within").count():
            break
        ann.press("F6")
    tab_to(ann, "Red")
    ann.press("Enter")
    ann.is_saved()
    assert "red" in {each["color"] for each in ann.elements().values()}

    # Grouped, and out as a picture.
    keys(ann, "Control+a", "Control+g")
    ann.is_saved()
    assert all("group" in each for each in ann.elements().values())
    ann.press("Control+Shift+E")
    expect(ann.page.locator("#export")).to_be_visible()
    tab_to(ann, "Download")
    with ann.page.expect_download() as download:
        ann.press("Enter")
    assert download.value.suggested_filename.endswith(".png")
