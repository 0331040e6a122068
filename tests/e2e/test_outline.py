"""The outline: a board of a thousand elements for whoever listens, two-way with the selection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.gallery.filling import paste

from .conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .visitor import Visitor

COUNT = 1000
COLUMNS = 25


def elements(count: int) -> dict[str, dict[str, object]]:
    """Notes in rows, so that the order in which one reads is known."""
    return {
        f"element{i:08}": {
            "kind": "rectangle",
            "x": i % COLUMNS * 200,
            "y": i // COLUMNS * 150,
            "w": 120,
            "h": 80,
            "z": f"a{i:05}1",
            "color": "black",
            "width": 2,
            "text": f"Number {i}",
        }
        for i in range(count)
    }


def heard(page: Page) -> list[tuple[str, str]]:
    """Role and name of what a screen reader is told, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


def come(ann: Visitor, count: int) -> None:
    ann.start_board()
    paste(ann.page, elements(count))
    ann.press("Escape")
    ann.press("Shift+O")
    ann.page.wait_for_selector("#outline .outline-row")


def test_a_screen_reader_has_all_of_a_thousand_elements(visit: Visit) -> None:
    ann = visit("Ann")
    come(ann, COUNT)
    tree = heard(ann.page)
    assert ("heading", f"Page 1, {COUNT} elements") in tree
    names = [name for role, name in tree if role == "button" and name.startswith("Rectangle, ")]
    numbers = [int(re.findall(r"Number (\d+)", name)[0]) for name in names]
    assert numbers == list(range(COUNT))
    assert "by you" in names[0]
    assert ann.page.locator("#outline .outline-row:not(.outline-title)").count() == COUNT


def test_outline_and_selection_lead_to_each_other(visit: Visit) -> None:
    ann = visit("Ann")
    come(ann, 40)
    focused = ann.page.locator("#outline :focus")
    expect(focused).to_have_accessible_name("Page 1, 40 elements")
    ann.press("End")
    expect(focused).to_have_accessible_name(re.compile("Number 39"))
    ann.press("Enter")
    current = ann.page.locator("#outline [aria-current=true]")
    expect(current).to_have_accessible_name(re.compile("Number 39"))
    # What others change, and what one changes oneself, leaves the focus where it is.
    ann.press("Delete")
    expect(ann.page.locator("#outline .outline-row:not(.outline-title)")).to_have_count(39)
    expect(focused).to_have_count(1)
    ann.press("Escape")
    expect(ann.page.locator("#outline")).to_have_count(0)
    expect(ann.page.locator("#picture")).to_be_focused()
    ann.press("Shift+O")
    ann.press("F6")
    ann.page.locator("#picture").focus()
    ann.press("Tab")
    expect(current).to_have_accessible_name(re.compile("Number 0,"))


def test_a_long_outline_has_the_lines_in_sight_alone(visit: Visit) -> None:
    ann = visit("Ann")
    come(ann, 2400)
    rows = ann.page.locator("#outline .outline-row:not(.outline-title)")
    assert rows.count() < 100
    ann.press("End")
    focused = ann.page.locator("#outline :focus")
    expect(focused).to_have_accessible_name(re.compile("Number 2399"))
    item = focused.locator("xpath=ancestor::li")
    expect(item).to_have_attribute("aria-setsize", "2400")
    expect(item).to_have_attribute("aria-posinset", "2400")
    assert rows.count() < 100
