"""What is around the board: palette, menus, shortcuts of one's own, the panel of styles, memory."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from .conftest import Visit
from .test_touch import PHONE
from .visitor import Visitor

BROKEN = """for (const name of ["device", "views", "recent"])
    localStorage.setItem(`whiteboard.${name}`, '{"settings":[1');"""
BLOCKED = """Object.defineProperty(window, "localStorage", {
    get() { throw new Error("blocked"); },
});"""
LINE = [(300.0, 300.0), (400.0, 300.0)]


@pytest.fixture
def ann(visit: Visit) -> Visitor:
    ann = visit("Ann")
    ann.start_board()
    return ann


def zoom_is(visitor: Visitor, percent: str) -> None:
    button = visitor.page.get_by_role("button", name=re.compile(r"^Zoom \d+%"))
    expect(button).to_have_text(percent)


def test_the_palette_finds_a_command_and_runs_it(ann: Visitor) -> None:
    ann.press("Control+k")
    box = ann.page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.press_sequentially("zoom in")
    expect(ann.page.get_by_role("option")).to_have_count(1)
    ann.press("Enter")
    expect(box).to_have_count(0)
    zoom_is(ann, "125%")
    # What was used last is the first the next time.
    ann.press("Control+k")
    expect(ann.page.get_by_role("option").first).to_contain_text("Zoom in")
    ann.press("ArrowUp")
    ann.press("ArrowDown")
    ann.press("Enter")
    zoom_is(ann, "156%")


def test_what_is_typed_before_the_palette_has_come_is_kept(visit: Visit) -> None:
    ann = visit("Ann")
    held: list[Route] = []
    ann.page.route(re.compile(r"/palette-[0-9a-f]{8}\.js"), lambda route: held.append(route))
    ann.start_board()
    ann.press("Control+k")
    ann.page.keyboard.type("zoom ")
    ann.eventually(lambda: bool(held), "the palette asked for")
    held[0].continue_()
    box = ann.page.get_by_role("combobox")
    expect(box).to_have_value("zoom ")
    ann.page.keyboard.type("in\n")
    zoom_is(ann, "125%")


def test_a_shortcut_is_changed_taken_from_another_and_stays(ann: Visitor) -> None:
    ann.press("?")
    ann.page.get_by_role("button", name="Change shortcuts").click()
    ann.page.get_by_role("button", name="Shortcut of Hand: H").click()
    ann.press("e")
    expect(ann.page.get_by_text("E is now “Eraser”.")).to_be_visible()
    ann.page.get_by_role("button", name="Take it").click()
    expect(ann.page.get_by_role("button", name="Shortcut of Hand: E")).to_be_focused()
    ann.press("Escape")
    ann.page.reload()
    ann.is_live()
    ann.press("e")
    expect(ann.tool("Hand")).to_have_attribute("aria-pressed", "true")
    expect(ann.tool("Hand")).to_have_attribute("aria-keyshortcuts", "E")
    assert ann.tool("Eraser").get_attribute("aria-keyshortcuts") is None
    ann.press("?")
    ann.page.get_by_role("button", name="Change shortcuts").click()
    ann.page.get_by_role("button", name="Reset all").click()
    ann.press("Escape")
    ann.press("e")
    expect(ann.tool("Eraser")).to_have_attribute("aria-pressed", "true")


def test_single_keys_can_be_switched_off(ann: Visitor) -> None:
    ann.press("Control+,")
    ann.page.get_by_role("switch", name="Single-key shortcuts").click()
    ann.press("Escape")
    ann.press("h")
    expect(ann.tool("Pen")).to_have_attribute("aria-pressed", "true")
    assert ann.tool("Hand").get_attribute("aria-keyshortcuts") is None
    ann.press("Control+k")
    expect(ann.page.get_by_role("combobox")).to_be_focused()


def test_the_context_menu_serves_the_keyboard_and_the_right_button(ann: Visitor) -> None:
    ann.drag(*LINE)
    ann.is_saved()
    ann.press("Control+a")
    ann.press("Shift+F10")
    items = ann.page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    ann.press("End")
    expect(ann.page.get_by_role("menuitem", name="Delete")).to_be_focused()
    ann.press("Enter")
    expect(ann.page.get_by_role("menu")).to_have_count(0)
    ann.eventually(lambda: ann.elements() == {}, "the stroke is deleted")
    ann.page.mouse.click(700, 500, button="right")
    ann.page.get_by_role("menuitem", name="Undo").click()
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke is back")
    # On the ink, what is meant is selected first.
    ann.page.mouse.click(350, 300, button="right")
    expect(ann.page.get_by_role("menuitem", name="Delete")).to_be_visible()
    ann.press("Escape")
    expect(ann.page.get_by_role("menu")).to_have_count(0)


def test_place_tool_style_and_settings_come_back(ann: Visitor) -> None:
    ann.page.get_by_role("button", name="Green", exact=True).click()
    ann.drag(*LINE)
    ann.is_saved()
    ann.press("+")
    ann.page.get_by_role("button", name="Menu", exact=True).click()
    ann.page.locator("#menu").get_by_text("Minimap").click()
    expect(ann.page.get_by_role("img", name="Minimap")).to_be_visible()
    ann.press("v")
    # A tab that crashes has written a moment earlier; one that goes writes as it goes.
    ann.page.reload()
    ann.is_live()
    zoom_is(ann, "125%")
    expect(ann.tool("Select")).to_have_attribute("aria-pressed", "true")
    expect(ann.page.get_by_role("img", name="Minimap")).to_be_visible()
    ann.press("p")
    expect(ann.tool("Green")).to_have_attribute("aria-pressed", "true")


def test_broken_memory_and_none_at_all_harm_nobody(visit: Visit) -> None:
    for script in (BROKEN, BLOCKED):
        ann = visit("Ann")
        ann.page.add_init_script(script)
        ann.start_board()
        expect(ann.tool("Pen")).to_have_attribute("aria-pressed", "true")
        ann.press("Control+k")
        ann.press("Enter")
        ann.drag(*LINE)
        ann.is_saved()


def test_whoever_is_lost_is_led_back(ann: Visitor) -> None:
    back = ann.page.get_by_role("button", name="Back to the content")
    ann.drag(*LINE)
    ann.is_saved()
    expect(back).to_be_hidden()
    ann.page.mouse.move(600, 400)
    ann.page.mouse.wheel(0, 4000)
    back.click()
    ann.sees_ink()
    expect(back).to_be_hidden()


def test_the_panel_shows_what_is_selected_and_changes_it(ann: Visitor) -> None:
    ann.drag(*LINE)
    ann.page.get_by_role("button", name="Blue", exact=True).click()
    ann.drag((300, 360), (400, 360))
    ann.press("Control+a")
    panel = ann.page.locator("#style-more")
    expect(panel.locator(".mixed:visible")).to_have_count(1)
    panel.get_by_role("slider", name="Opacity").fill("50")
    ann.eventually(
        lambda: {e.get("opacity") for e in ann.elements().values()} == {0.5}, "both are half there"
    )
    panel.get_by_role("button", name="Red", exact=True).click()
    expect(panel.locator(".mixed:visible")).to_have_count(0)
    ann.press("Escape")
    expect(panel).to_be_hidden()


def test_a_phone_has_every_tool_at_hand_or_behind_more(visit: Visit) -> None:
    ann = visit("Ann", **PHONE)
    ann.start_board()
    tools = ann.page.locator("#tools [data-command^='tool.']")
    more = ann.page.get_by_role("button", name="More", exact=True)
    for tool in tools.all():
        if not tool.is_visible():
            more.tap()
        box = tool.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] > 600
        if tool.get_attribute("aria-label") == "Image":
            # It asks for files instead of being in the hand.
            continue
        tool.tap()
        expect(tool).to_have_attribute("aria-pressed", "true")
        # Where it was taken from is closed again, and the tool in the hand can be seen.
        expect(more).to_have_attribute("aria-expanded", "false")
        expect(tool).to_be_visible()
