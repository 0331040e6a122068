"""Frames and pages: two people on one board, who see each other only where both are."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, expect

from .conftest import Visit
from .visitor import Visitor

OVERLAY = "#overlay"


def of_kind(visitor: Visitor, kind: str) -> list[dict[str, Any]]:
    return [one for one in visitor.elements().values() if one["kind"] == kind]


def pages_button(visitor: Visitor) -> Locator:
    return visitor.page.locator("#pages-button")


def test_a_frame_takes_its_content_along(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    # A frame drawn around something holds it, and takes it along.
    ann.press("r")
    ann.drag((420, 330), (480, 380), (520, 420))
    ann.tool("Frame").click()
    expect(ann.tool("Frame")).to_have_attribute("aria-pressed", "true")
    ann.drag((320, 260), (500, 400), (720, 540))
    ann.is_saved()
    (shape,), (frame,) = of_kind(ann, "rectangle"), of_kind(ann, "frame")
    assert shape["frame"] in ann.elements()
    ann.press("Escape")
    ann.drag((320, 330), (360, 350), (420, 400))
    ann.is_saved()
    (moved,), (there,) = of_kind(ann, "rectangle"), of_kind(ann, "frame")
    assert moved["x"] - shape["x"] == there["x"] - frame["x"] != 0


def test_pages_keep_people_apart(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.press("r")
    ann.drag((420, 330), (520, 420))
    ann.press("Escape")
    bob.sees_ink()
    # On another page she is out of Bob's sight: her pointer, and what she draws.
    expect(pages_button(bob)).to_be_hidden()
    ann.page.locator("#menu-button").click()
    ann.page.get_by_role("button", name="Add page").click()
    expect(pages_button(ann)).to_have_text("Page 2 of 2")
    expect(pages_button(bob)).to_have_text("Page 1 of 2")
    ann.sees_nothing()
    ann.press("p")
    ann.drag((300, 300), (600, 500), (800, 300), let_go=False)
    bob.page.locator("#people").click()
    expect(bob.page.locator("#people-list li", has_text="Ann")).to_contain_text("on Page 2")
    bob.press("Escape")
    bob.sees_nothing(OVERLAY)
    ann.page.mouse.up()
    ann.is_saved()
    bob.press("PageDown")
    expect(pages_button(bob)).to_have_text("Page 2 of 2")
    # Each has a view of their own of every page.
    for one in (ann, bob):
        one.press("Shift+1")
    bob.sees_the_same_as(ann)
    # The page that Bob is on is deleted: he is told, and is on the one beside it.
    pages_button(ann).click()
    expect(ann.page.locator("#pages li")).to_have_count(2)
    ann.page.get_by_role("button", name="More for Page 2").click()
    ann.page.get_by_role("button", name="Delete page").click()
    expect(bob.page.get_by_text(re.compile("^This page was deleted"))).to_be_visible()
    expect(pages_button(bob)).to_be_hidden()
    bob.sees_ink()
    assert len(of_kind(ann, "stroke")) == 0
    ann.page.locator("#pages").get_by_role("button", name="Close").click()
    ann.press("Control+z")
    expect(pages_button(ann)).to_have_text("Page 2 of 2")
    ann.sees_ink()
