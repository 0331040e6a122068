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


def command(visitor: Visitor, name: str) -> None:
    """By its name, in the list of all commands."""
    visitor.press("Control+k")
    visitor.page.keyboard.type(name)
    expect(visitor.page.get_by_role("option", name=name).first).to_be_visible()
    visitor.press("Enter")
    expect(visitor.page.locator("dialog[open]")).to_have_count(0)


def order_of_pages(visitor: Visitor) -> list[str]:
    """Their keys as they are shown; the first one is written only once it has been changed."""
    pages = {"first-page": {"z": "Zz"}, **visitor.document().get("pages", {})}
    return sorted(pages, key=lambda key: (str(pages[key]["z"]), key))


def picture_of_page(visitor: Visitor, page: str) -> Locator:
    return visitor.page.locator(f"#pages [data-page='{page}'] .page-picture")


def test_pages_are_sorted_linked_to_and_walked_through(visit: Visit) -> None:
    # Without flights, which would be moves of his own while he follows.
    ann, bob = visit("Ann"), visit("Bob", reduced_motion="reduce")
    board = ann.start_board()
    for words in ("Page 2 of 2", "Page 3 of 3"):
        command(ann, "Add page")
        expect(pages_button(ann)).to_have_text(words)
    ann.press("r")
    ann.drag((420, 330), (480, 380), (520, 420))
    ann.is_saved()
    first, second, third = order_of_pages(ann)
    (key,) = [key for key, one in ann.elements().items() if one["kind"] == "rectangle"]

    # Sorted by a mouse, then by keys.
    ann.press("Escape")
    ann.press("Shift+P")
    boxes = [picture_of_page(ann, page).bounding_box() for page in (first, third)]
    (top, bottom) = [(box["x"] + box["width"] / 2, box["y"] + 8) for box in boxes if box]
    ann.drag(bottom, (bottom[0], bottom[1] - 40), (top[0], top[1] - 6))
    ann.eventually(lambda: order_of_pages(ann) == [third, first, second], "the last page is first")
    expect(pages_button(ann)).to_have_text("Page 1 of 3")
    picture_of_page(ann, third).focus()
    ann.press("Alt+ArrowDown")
    ann.eventually(lambda: order_of_pages(ann) == [first, third, second], "it is in the middle")
    expect(picture_of_page(ann, third)).to_be_focused()
    ann.press("Escape")

    # Links from outside lead newcomers, too, to the element, the page, the view.
    bob.open(f"/boards/{board}/#element={key}")
    bob.give_nickname()
    bob.is_live()
    expect(pages_button(bob)).to_have_text("Page 2 of 3")
    bob.sees_ink()
    for place, words in {
        f"#page={second}": "Page 3 of 3",
        f"#view=-300,-300,900,700@{third}": "Page 2 of 3",
        "#view=0,0,900,700": "Page 1 of 3",
    }.items():
        bob.page.evaluate("place => { location.hash = place; }", place)
        expect(pages_button(bob)).to_have_text(words)

    # Whoever is followed takes others along from page to page.
    bob.page.locator("#people").click()
    bob.page.get_by_title("Follow Ann").click()
    for shortcut, words in {"PageDown": "Page 3 of 3", "PageUp": "Page 2 of 3"}.items():
        ann.press(shortcut)
        expect(pages_button(bob)).to_have_text(words)
    bob.sees_ink()

    # Ann deletes the page while Bob writes on it: his words are kept, on a page that is there.
    bob.press("Escape")
    bob.press("t")
    bob.page.mouse.click(300, 300)
    bob.page.keyboard.type("on the page that goes")
    command(ann, "Delete page")
    expect(bob.page.get_by_text(re.compile("^This page was deleted"))).to_be_visible()
    bob.eventually(lambda: len(of_kind(ann, "text")) == 1, "the words are on the board")
    expect(bob.page.locator("textarea:focus")).to_have_count(0)
