"""Copying and pasting with real keys: on a board, from board to board, and from other programs."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .test_editing import LEFT, RIGHT, has_elements
from .visitor import Visitor

PASTE = """([type, text]) => {
    const transfer = new DataTransfer();
    transfer.setData(type, text);
    document.body.dispatchEvent(new ClipboardEvent("paste",
        { clipboardData: transfer, bubbles: true, cancelable: true }));
}"""
"""What the keys do, with a clipboard that another program has filled."""


@pytest.fixture
def ann(visit: Visit) -> Visitor:
    ann = visit("Ann")
    ann.start_board()
    return ann


def pastes(visitor: Visitor, text: str, kind: str = "text/plain") -> None:
    visitor.page.evaluate(PASTE, [kind, text])


def is_told(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(".said")).to_contain_text(words)


def places(visitor: Visitor) -> list[tuple[Any, Any]]:
    return sorted((element["x"], element["y"]) for element in visitor.elements().values())


def test_copies_go_from_board_to_board_in_one_step(visit: Visit, ann: Visitor) -> None:
    ann.drag(*LEFT)
    ann.drag(*RIGHT)
    has_elements(ann, 2)
    ann.press("Control+a")
    ann.press("Control+c")
    originals = ann.elements()

    # The same: at the pointer, then beside the first copy.
    ann.page.mouse.move(550, 500)
    ann.press("Control+v")
    has_elements(ann, 4)
    assert places(ann) == [(300, 300), (300, 500), (700, 300), (700, 500)]
    ann.press("Control+v")
    has_elements(ann, 6)
    assert (320, 520) in places(ann)
    ann.press("Control+z")
    has_elements(ann, 4)

    # What is cut is on the clipboard as well.
    ann.press("Control+a")
    ann.press("Control+x")
    has_elements(ann, 0)
    ann.press("Control+z")
    ann.page.mouse.click(550, 100)
    ann.drag((250, 250), (850, 350))
    ann.press("Control+x")
    has_elements(ann, 2)

    # Another board, where undo takes all of it back.
    other = visit("Bob")
    other.start_board()
    other.page.mouse.move(550, 400)
    other.press("Control+v")
    has_elements(other, 2)
    assert places(other) == [(300, 400), (700, 400)]
    assert not other.elements().keys() & originals.keys()
    looks = [
        sorted(element["points"] for element in elements.values())
        for elements in (originals, other.elements())
    ]
    assert looks[0] == looks[1]
    expect(other.tool("Select")).to_have_attribute("aria-pressed", "true")
    other.press("Control+z")
    has_elements(other, 0)


def test_text_from_elsewhere_becomes_an_element(ann: Visitor) -> None:
    ann.page.mouse.move(640, 400)
    pastes(ann, "from a letter\r\nwith two lines")
    has_elements(ann, 1)
    [text] = ann.elements().values()
    assert (text["kind"], text["text"]) == ("text", "from a letter\nwith two lines")
    # A field takes its own.
    title = ann.page.get_by_role("textbox", name="Title")
    title.fill("Copied")
    title.press("Control+a")
    title.press("Control+c")
    title.press("End")
    title.press("Control+v")
    expect(title).to_have_value("CopiedCopied")
    has_elements(ann, 1)


def test_what_can_t_be_pasted_gets_a_sentence_and_no_freeze(ann: Visitor) -> None:
    pastes(ann, "x" * 10_000_000)
    is_told(ann, "too long for a board")
    pastes(ann, '{"type":"excalidraw/clipboard","elements":[]}')
    is_told(ann, "Nothing in this can be on a board")
    elements = ",".join(f'"{i:08}":{{}}' for i in range(5001))
    pastes(ann, f'{{"whiteboard":1,"elements":{{{elements}}}}}')
    is_told(ann, "too much to paste at once")
    pastes(ann, '<div data-whiteboard="broken">words</div>', "text/html")
    is_told(ann, "damaged")
    pastes(ann, '{"whiteboard":1,"elements":{"aaaaaaaa":{"kind":"hologram"}}}')
    is_told(ann, "Nothing of this")
    has_elements(ann, 0)
    ann.press("Shift")
    expect(ann.page.locator(".said")).to_be_hidden()

    # As much as there may be at once, and back in one step.
    stroke = '"kind":"stroke","z":"a0","color":"blue","width":2,"points":"BgEAAIA"'
    elements = ",".join(
        f'"{i:08}":{{"x":{10 * (i % 100)},"y":{10 * (i // 100)},{stroke}}}' for i in range(5000)
    )
    pastes(ann, f'{{"whiteboard":1,"elements":{{{elements}}}}}')
    has_elements(ann, 5000)
    ann.press("Control+z")
    has_elements(ann, 0)


def test_a_style_is_copied_and_picked_up(ann: Visitor) -> None:
    ann.drag(*LEFT)
    ann.page.get_by_role("button", name="Red", exact=True).click()
    ann.drag(*RIGHT)
    has_elements(ann, 2)
    ann.press("v")
    ann.page.mouse.click(750, 300)
    ann.press("Control+Alt+c")
    ann.page.mouse.click(350, 300)
    ann.press("Control+Alt+v")
    ann.eventually(lambda: colors(ann) == {300: "red", 700: "red"}, "both are red")
    ann.press("Control+z")
    ann.eventually(lambda: colors(ann) == {300: "black", 700: "red"}, "one step back")

    ann.press("i")
    ann.page.mouse.move(750, 300)
    expect(ann.page.locator(".picked")).to_have_text("Red")
    ann.page.mouse.click(750, 300)
    ann.eventually(lambda: colors(ann) == {300: "red", 700: "red"}, "picked up")
    expect(ann.page.locator(".picked")).to_have_count(0)
    ann.press("i")
    ann.press("Escape")
    expect(ann.tool("Select")).to_have_attribute("aria-pressed", "true")


def colors(visitor: Visitor) -> dict[int, str]:
    return {element["x"]: element["color"] for element in visitor.elements().values()}
