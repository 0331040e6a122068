"""Drawing, erasing, selecting, undoing: each as a person does it, seen by somebody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .ink import by_hand, written
from .visitor import Visitor

LEFT = [(300.0, 300.0), (400.0, 300.0)]
RIGHT = [(700.0, 300.0), (800.0, 300.0)]


@pytest.fixture
def ann(visit: Visit) -> Visitor:
    ann = visit("Ann")
    ann.start_board()
    return ann


def has_elements(visitor: Visitor, count: int) -> None:
    visitor.eventually(lambda: len(visitor.elements()) == count, f"{count} elements")
    visitor.is_saved()


def test_undo_and_redo_are_of_one_s_own_strokes_alone(visit: Visit, ann: Visitor) -> None:
    """R11"""
    bob = visit("Bob")
    bob.join(ann.board)
    ann.drag(*LEFT)
    has_elements(ann, 1)
    [anns] = ann.elements()
    bob.drag(*RIGHT)
    has_elements(bob, 2)
    before = bob.document()["elements"]

    ann.press("Control+z")
    has_elements(ann, 1)
    assert anns not in ann.elements()
    expect(ann.tool("Undo")).to_be_disabled()
    ann.press("Control+z")
    ann.press("Control+Shift+Z")
    has_elements(ann, 2)
    assert ann.elements() == before
    ann.tool("Undo").click()
    has_elements(ann, 1)
    ann.press("Control+y")
    has_elements(ann, 2)
    bob.sees_the_same_as(ann)


def test_the_eraser_takes_what_it_touches_and_nothing_else(ann: Visitor) -> None:
    ann.drag(*LEFT)
    ann.drag(*RIGHT)
    has_elements(ann, 2)
    ann.tool("Eraser").click()
    ann.drag((350, 260), (350, 340))
    has_elements(ann, 1)
    assert [element["x"] for element in ann.elements().values()] == [700]
    ann.press("Control+z")
    has_elements(ann, 2)


def test_what_is_selected_is_moved_recoloured_and_deleted(visit: Visit, ann: Visitor) -> None:
    bob = visit("Bob")
    bob.join(ann.board)
    ann.drag(*LEFT)
    ann.drag(*RIGHT)
    has_elements(ann, 2)
    ann.tool("Select").click()
    # A click on the ink, then a drag on it.
    ann.drag((350, 300), (350, 300))
    ann.drag((350, 300), (370, 340))
    ann.eventually(
        lambda: (
            sorted((e["x"], e["y"]) for e in ann.elements().values()) == [(320, 340), (700, 300)]
        ),
        "the left stroke is moved",
    )
    ann.page.get_by_role("button", name="Red", exact=True).click()
    ann.eventually(
        lambda: {e["x"]: e["color"] for e in ann.elements().values()} == {320: "red", 700: "black"},
        "the left stroke is red",
    )
    ann.is_saved()
    ann.press("Escape")
    bob.sees_the_same_as(ann)
    # A box around both.
    ann.drag((250, 200), (850, 400))
    ann.press("Delete")
    has_elements(ann, 0)
    bob.sees_nothing()


def test_every_tool_and_most_commands_have_a_key(ann: Visitor) -> None:
    for key, tool in {"v": "Select", "h": "Hand", "e": "Eraser", "p": "Pen"}.items():
        ann.press(key)
        expect(ann.tool(tool)).to_have_attribute("aria-pressed", "true")
        expect(ann.page.locator("#tools [aria-pressed=true]")).to_have_count(1)
        assert ann.tool(tool).get_attribute("aria-keyshortcuts") == key.upper()
    ann.drag(*LEFT)
    has_elements(ann, 1)
    ann.press("Control+a")
    expect(ann.tool("Select")).to_have_attribute("aria-pressed", "true")
    ann.press("Shift+ArrowDown")
    ann.eventually(lambda: [e["y"] for e in ann.elements().values()] == [310], "nudged")
    ann.press("Backspace")
    has_elements(ann, 0)
    # Letters typed into the title are no shortcuts.
    ann.page.get_by_role("textbox", name="Title").fill("")
    ann.page.get_by_role("textbox", name="Title").press_sequentially("help")
    expect(ann.tool("Select")).to_have_attribute("aria-pressed", "true")


def test_the_help_sheet_tells_the_keys_and_closes(ann: Visitor) -> None:
    ann.press("?")
    sheet = ann.page.get_by_role("dialog", name="Help")
    for words in ("Eraser", "Undo", "Ctrl+Z", "Zoom to fit", "two fingers"):
        expect(sheet.get_by_text(words, exact=True).first).to_be_visible()
    ann.press("Escape")
    expect(sheet).to_be_hidden()
    ann.tool("Help").click()
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    # Opened from the menu, it leaves the keyboard to the board all the same.
    ann.page.get_by_role("button", name="Menu").click()
    ann.page.locator("#menu").get_by_text("Help", exact=True).click()
    expect(sheet).to_be_visible()
    ann.press("Escape")
    expect(sheet).to_be_hidden()
    ann.press("v")
    expect(ann.tool("Select")).to_have_attribute("aria-pressed", "true")


def test_escape_closes_the_menu(ann: Visitor) -> None:
    menu = ann.page.locator("#menu")
    ann.page.get_by_role("button", name="Menu").click()
    expect(menu).to_be_visible()
    ann.press("Escape")
    expect(menu).to_be_hidden()


def test_the_view_is_zoomed_and_fitted(ann: Visitor) -> None:
    percent = ann.page.get_by_role("button", name=re.compile(r"^Zoom \d+%"))
    ann.drag(*LEFT)
    ann.sees_ink()
    ann.press("+")
    expect(percent).to_have_text("125%")
    ann.page.mouse.move(600, 400)
    ann.page.keyboard.down("Control")
    ann.page.mouse.wheel(0, -100)
    ann.page.keyboard.up("Control")
    expect(percent).not_to_have_text("125%")
    # The wheel moves the view until the ink is out of it.
    ann.page.mouse.wheel(0, 3000)
    ann.sees_nothing()
    ann.press("Shift+1")
    ann.sees_ink()
    ann.press("Shift+0")
    expect(percent).to_have_text("100%")


def test_space_and_the_hand_move_the_view_under_the_pointer(ann: Visitor) -> None:
    ann.drag((600, 500), (700, 500))
    ann.page.keyboard.down("Space")
    ann.drag((600, 500), (560, 600))
    ann.page.keyboard.up("Space")
    ann.drag((600, 500), (700, 500))
    ann.press("h")
    ann.drag((600, 500), (660, 420))
    ann.press("p")
    ann.drag((600, 500), (700, 500))
    has_elements(ann, 3)
    drawn = sorted(ann.elements().values(), key=lambda element: element["z"])
    assert [(e["x"], e["y"]) for e in drawn] == [(600, 500), (640, 400), (580, 480)]


def test_a_picture_of_the_board_is_downloaded(ann: Visitor) -> None:
    title = ann.page.get_by_role("textbox", name="Title")
    title.fill("Résumé: 1/2 그림")
    title.press("Enter")
    ann.draw(by_hand(written("HI", 300, 300), 6))
    ann.page.get_by_role("button", name="Menu").click()
    ann.page.get_by_text("Export…").click()
    with ann.page.expect_download() as coming:
        ann.page.locator("#export").get_by_role("button", name="Download").click()
    # S35: what file systems trip over is no part of the name.
    assert coming.value.suggested_filename == "Résumé-1-2-그림.png"
    picture = Path(coming.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) > 1000


def test_colours_and_widths_are_one_touch_away(ann: Visitor) -> None:
    ann.page.get_by_role("button", name="Blue", exact=True).click()
    ann.page.get_by_role("button", name="Bold", exact=True).click()
    ann.drag(*LEFT)
    has_elements(ann, 1)
    [stroke] = ann.elements().values()
    assert stroke["color"] == "blue"
    assert stroke["width"] > 4
