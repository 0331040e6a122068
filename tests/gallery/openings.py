"""Whatever opens over a board, found on the page itself: menus, lists, sheets, palettes, panels.

What a board doesn't have yet opens nothing, and is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Page

OPEN: Final = "dialog[open], [popover]:popover-open"
FOLDED: Final = "button[aria-expanded]:not([popovertarget])"
KEYS: Final = {
    "help": "?",
    "palette": "Control+k",
    "find": "Control+f",
    "settings": "Control+,",
    "commands of the board": "Shift+F10",
}
"""Opened by a key."""
PATIENCE_MS: Final = 1500
"""A sheet's module is loaded when it is opened for the first time."""


@dataclass(frozen=True)
class Opening:
    name: str
    open: Callable[[Page], None]
    shown: str = OPEN
    """What is there when it is open."""
    known: bool = False
    """Whether it has to be there on every board."""


def openings(page: Page) -> list[Opening]:
    targets: list[str] = page.evaluate(
        """() => [...new Set([...document.querySelectorAll("[popovertarget]")]
            .filter((each) => each.checkVisibility())
            .map((each) => each.getAttribute("popovertarget")))]"""
    )
    folded: list[str] = page.evaluate(
        """folded => [...document.querySelectorAll(folded)]
            .filter((each) => each.checkVisibility())
            .map((each) => each.getAttribute("aria-label") ?? each.textContent.trim())""",
        FOLDED,
    )
    return [
        *(Opening(target, _click(f"[popovertarget={target}]"), known=True) for target in targets),
        *(Opening(name, _press(key), known=name == "help") for name, key in KEYS.items()),
        *(
            Opening(f"unfolded {i}", _unfold(name), f"{_named(name)}[aria-expanded=true]")
            for i, name in enumerate(folded)
        ),
        Opening("share", _click("#share")),
        Opening("context menu", _right_click),
    ]


def opened(page: Page, opening: Opening) -> bool:
    """Opens it; False where there is no such thing."""
    close_all(page)
    opening.open(page)
    try:
        page.wait_for_selector(
            opening.shown, timeout=PATIENCE_MS if opening.known else PATIENCE_MS / 3
        )
    except Error:
        assert not opening.known, f"{opening.name} does not open"
        return False
    return True


def each_opened(page: Page) -> Iterator[Opening]:
    """Opens one after another, and closes it when the next is asked for."""
    for opening in openings(page):
        if opened(page, opening):
            yield opening
    close_all(page)


def close_all(page: Page) -> None:
    page.evaluate(
        """open => { for (const each of document.querySelectorAll(open)) {
            if (each instanceof HTMLDialogElement) each.close();
            else each.hidePopover();
        } }""",
        OPEN,
    )
    # The board's keys are no field's.
    page.evaluate("() => document.activeElement?.blur()")


def _click(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).locator("visible=true").first.click()


def _press(key: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(key)


def _unfold(name: str) -> Callable[[Page], None]:
    """What is unfolded already stays so."""

    def unfold(page: Page) -> None:
        button = page.locator(_named(name)).locator("visible=true").first
        if button.count() and button.get_attribute("aria-expanded") == "false":
            button.click()

    return unfold


def _named(name: str) -> str:
    return f'{FOLDED}[aria-label="{name}"]'


def _right_click(page: Page) -> None:
    size = page.viewport_size or {"width": 0, "height": 0}
    page.mouse.click(size["width"] / 2, size["height"] / 2, button="right")
