"""The list of boards in a real browser: pictures from the server, and a card's menu by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, expect

from tests.gallery.filling import fill

from .conftest import Visit

BOARD_FILE = b'{"format":"whiteboard","version":1,"title":"Sums","elements":{}}'
LOADED = "picture => picture.naturalWidth"


def test_a_board_is_seen_renamed_found_and_copied_by_keyboard(visit: Visit) -> None:
    ann = visit("Ann", color_scheme="dark")
    board = ann.start_board()
    fill(ann.page, "meeting")
    ann.open("/")
    card = ann.page.locator(f"[data-board='{board}']")
    # Only the picture of the theme that is seen is asked for.
    expect(card.locator(".for-dark")).to_have_js_property("naturalWidth", 480)
    assert card.locator(".for-light").evaluate(LOADED) == 0

    card.locator("summary").focus()
    for key in ("Enter", "Tab", "Enter"):
        ann.press(key)
    ann.page.keyboard.insert_text("한글 제목")
    ann.press("Enter")
    expect(card.get_by_role("link", name="한글 제목")).to_be_focused()

    ann.page.get_by_role("searchbox").fill("DEMO")
    ann.press("Enter")
    expect(card.locator("mark")).to_have_text("demo")
    card.locator("summary").focus()
    for key in ("Enter", "Tab", "Tab", "Tab", "Enter"):
        ann.press(key)
    expect(ann.page.get_by_role("link", name=re.compile("copy"))).to_be_visible()
    expect(ann.page.locator("[data-board]")).to_have_count(2)
    expect(ann.page).to_have_url(re.compile(r"\?q=DEMO$"))

    # A menu closes by itself.
    card.locator("summary").click()
    ann.press("Escape")
    expect(card.locator(".menu-sheet")).to_be_hidden()


def test_a_file_becomes_a_board_or_the_page_says_why_not(visit: Visit) -> None:
    ann = visit("Ann", viewport={"width": 390, "height": 844})
    ann.open("/")
    ann.give_nickname()
    ann.tolerate(re.compile("status of 400"))
    button = ann.page.get_by_role("button", name="Open a file…")
    for name, content in (("notes.json", b"{}"), ("sums.board.json", BOARD_FILE)):
        with ann.page.expect_file_chooser() as chosen:
            button.click()
        chosen.value.set_files(FilePayload(name=name, mimeType="application/json", buffer=content))
        if name == "notes.json":
            expect(ann.page.get_by_role("alert")).to_contain_text("This is no file of a board")
    ann.page.wait_for_url("**/boards/*/")
    ann.is_live()
    ann.open("/")
    expect(ann.page.get_by_role("link", name="Sums")).to_be_visible()
