"""How pages look and read: themes, languages, phones, and for those who don't see them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .ink import by_hand, written
from .test_touch import PHONE
from .visitor import Visitor

LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
KEYS = {"Ctrl", "Shift", "Alt", "Esc", "Escape", "Delete", "Enter", "Tab", "PageUp", "PageDown"}
NAMES = {"English", "PNG", "SVG", "Ann", "XL", "Aa", *KEYS}
"""Keys, formats and names are the same in every language."""
BACKGROUND = """() => {
    const seen = document.querySelector("main canvas");
    const pencil = new OffscreenCanvas(1, 1).getContext("2d");
    pencil.drawImage(seen, 0, 0);
    return [...pencil.getImageData(0, 0, 1, 1).data];
}"""
TOOLS = [
    *("Select", "Hand", "Pen", "Highlighter", "Eraser", "Laser"),
    *("Rectangle", "Ellipse", "Diamond", "Arrow", "Line", "Text", "Note", "Comment"),
    *("Frame", "Image"),
    *("Triangle", "Hexagon", "Star", "Cloud", "Speech bubble"),
]
"""In the order of the toolbar, those that there are."""
DARK, LIGHT = [0x16, 0x16, 0x18, 255], [0xFB, 0xFB, 0xF9, 255]


def background(visitor: Visitor) -> list[int]:
    seen: list[int] = visitor.page.evaluate(BACKGROUND)
    return seen


def choose_theme(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("button", name="Menu").click()
    visitor.page.get_by_role("button", name=name, exact=True).click()
    visitor.press("Escape")


def test_the_theme_follows_the_system_until_one_is_chosen(visit: Visit) -> None:
    ann = visit("Ann", color_scheme="dark")
    ann.start_board()
    ann.eventually(lambda: background(ann) == DARK, "the system's dark board")
    ann.draw(by_hand(written("A", 300, 300), 8))
    ann.page.emulate_media(color_scheme="light")
    ann.eventually(lambda: background(ann) == LIGHT, "the system's light board")
    choose_theme(ann, "Dark")
    ann.eventually(lambda: background(ann) == DARK, "the dark board of one's own choice")
    ann.page.reload()
    ann.is_live()
    ann.eventually(lambda: background(ann) == DARK, "the choice is remembered")
    ann.sees_ink()
    choose_theme(ann, "System")
    ann.eventually(lambda: background(ann) == LIGHT, "the system's board again")


def words_on(visitor: Visitor) -> set[str]:
    """All text of the page: seen, said by assistive technology, or shown as a tooltip."""
    texts: list[str] = visitor.page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((each) => !each.closest("script, noscript, button[lang=en]"))
            .flatMap((each) => [
                ...[...each.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data),
                ...["aria-label", "title", "placeholder", "data-tooltip", "alt"]
                    .map((name) => each.getAttribute(name) ?? ""),
            ])"""
    )
    return {word for text in texts for word in LATIN_WORD.findall(text)}


def test_every_word_of_a_board_is_korean_for_a_korean(visit: Visit) -> None:
    ann = visit("Ann", locale="ko-KR")
    ann.open("/")
    assert words_on(ann) - NAMES == set()
    ann.page.get_by_role("textbox").fill("Ann")
    ann.press("Enter")
    ann.page.get_by_role("button", name="새 보드").click()
    ann.page.wait_for_url("**/boards/*/")
    ann.is_live()
    expect(ann.root).to_have_attribute("lang", "ko")
    ann.press("?")
    expect(ann.page.get_by_role("dialog")).to_be_visible()
    assert words_on(ann) - NAMES == set()
    ann.open("/")
    assert words_on(ann) - NAMES == set()


def test_the_language_is_switched_from_the_board_and_stays(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    ann.page.get_by_role("button", name="Menu").click()
    ann.page.get_by_role("button", name="한국어").click()
    expect(ann.root).to_have_attribute("lang", "ko")
    ann.is_live()
    expect(ann.page.get_by_role("button", name="지우개")).to_be_visible()
    ann.open("/")
    expect(ann.root).to_have_attribute("lang", "ko")


@pytest.mark.parametrize(
    "screen",
    [{"viewport": {"width": 1024, "height": 768}}, PHONE],
    ids=["tablet", "phone"],
)
@pytest.mark.parametrize("language", ["en-US", "ko-KR"])
def test_nothing_scrolls_and_nothing_sticks_out(
    visit: Visit, screen: dict[str, object], language: str
) -> None:
    ann = visit("Ann", locale=language, **screen)
    ann.open("/")
    assert sticking_out(ann) == []
    ann.page.get_by_role("textbox").fill("Ann")
    ann.press("Enter")
    new = ann.page.locator("form[action='/boards/'] button")
    new.wait_for()
    assert sticking_out(ann) == []
    new.click()
    ann.page.wait_for_url("**/boards/*/")
    ann.is_live()
    assert sticking_out(ann) == []
    scrolls = ann.page.evaluate(
        """() => [document.documentElement, document.body].some(
            (each) => each.scrollHeight > innerHeight || each.scrollWidth > innerWidth)"""
    )
    assert not scrolls


def sticking_out(visitor: Visitor) -> list[str]:
    """Buttons, links and fields that are cut by the window's edges or lie over each other."""
    found: list[str] = visitor.page.evaluate(
        """() => {
            const name = (each) => each.getAttribute("aria-label") || each.textContent.trim();
            const seen = [...document.querySelectorAll("button, a, input:not([type=hidden])")]
                .filter((each) => each.checkVisibility() && each.getClientRects().length > 0);
            const wrong = [];
            const rects = seen.map((each) => each.getBoundingClientRect());
            seen.forEach((each, i) => {
                const a = rects[i];
                if (a.left < 0 || a.top < 0 || a.right > innerWidth) wrong.push(name(each));
                seen.forEach((other, j) => {
                    const b = rects[j];
                    if (j <= i || each.contains(other) || other.contains(each)) return;
                    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                    if (across > 1 && down > 1) wrong.push(`${name(each)} over ${name(other)}`);
                });
            });
            return wrong;
        }"""
    )
    return found


def test_a_board_is_a_main_with_its_canvas_first_and_named_buttons(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    expect(ann.page.locator("main")).to_have_count(1)
    assert ann.page.locator("main > *").first.evaluate("each => each.tagName") == "CANVAS"
    pressed = ann.page.locator("#tools [aria-pressed]")
    names = [button.get_attribute("aria-label") for button in pressed.all()]
    assert names == [name for name in TOOLS if name in names]
    assert {"Select", "Hand", "Pen", "Eraser"} <= set(names)
    nameless = ann.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input")].filter((each) =>
            !each.getAttribute("aria-label") && !each.textContent.trim() && !each.labels?.length
            && each.type !== "hidden").map((each) => each.outerHTML)"""
    )
    assert nameless == []


def test_the_keyboard_alone_reaches_every_button(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    reached = set()
    for _ in range(90):
        ann.press("Tab")
        reached.add(
            ann.page.evaluate(
                "() => document.activeElement.getAttribute('aria-label')"
                " ?? document.activeElement.textContent.trim()"
            )
        )
    assert {"Select", "Pen", "Eraser", "Menu", "Share", "Title", "Help", "Zoom in"} <= reached
    ann.tool("Eraser").focus()
    ann.press("Enter")
    expect(ann.tool("Eraser")).to_have_attribute("aria-pressed", "true")
