"""Which pictures there are, and how the app is brought to each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .elements import line, note, shape, stroke, text, wave
from .filling import fill, is_painted, paste
from .guests import NAMES, guests
from .openings import close_all, each_opened
from .scenes import SCENES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
SCREENS: Final[dict[str, dict[str, Any]]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "tablet": {"viewport": {"width": 1024, "height": 768}},
    "phone": PHONE,
}
NEW_BOARD: Final = "form[action='/boards/'] button"
LANGUAGES: Final = {"en": "en-US", "ko": "ko-KR"}
WHOLE: Final = {("desktop", "light", "en"), ("desktop", "dark", "en")}
"""Where every scene is shown; elsewhere one will do."""
MANY: Final = 30
SINGLE: Final = {
    "shape": shape("rectangle", 0, 0, 200, 120, angle=0.3, fill="blue", text="Turned"),
    "arrow": line("arrow", [(0, 0), (120, 80), (240, 0)], curve=True, head="arrow"),
    "text": text("Words that are selected", 0, 0, 24),
    "note": note("A note", 0, 0),
    "stroke": stroke(wave(0, 0, 240)),
}
LIT: Final = ("select", "pen", "eraser", "rectangle", "arrow", "text", "note", "highlighter")


@dataclass
class Photographer:
    """Somebody with a browser of their own, whose pictures begin with the same words."""

    page: Page
    address: str
    folder: Path
    prefix: str

    def take(self, name: str) -> None:
        if "/boards/" in self.page.url:
            is_painted(self.page)
        file = re.sub(r"\W+", "-", name).strip("-").lower()
        self.page.screenshot(path=self.folder / f"{self.prefix}{file}.png")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="networkidle")

    def new_board(self, title: str, scene: str = "") -> None:
        self.open("/")
        self.page.locator(NEW_BOARD).click()
        self.page.wait_for_selector("html[data-connection=live]")
        self.page.locator("#title").fill(title)
        self.page.keyboard.press("Enter")
        if scene:
            fill(self.page, scene)


@contextmanager
def photographer(
    chromium: Browser, address: str, folder: Path, prefix: str, **options: Any
) -> Iterator[Photographer]:
    context = chromium.new_context(reduced_motion="reduce", **options)
    try:
        yield Photographer(context.new_page(), address, folder, prefix)
    finally:
        context.close()


def every_picture(chromium: Browser, address: str, folder: Path, only: str) -> None:
    """Of those whose names begin with `only`."""
    for screen, options in SCREENS.items():
        for theme in ("light", "dark"):
            for language, locale in LANGUAGES.items():
                prefix = f"{screen}-{theme}-{language}-"
                if not prefix.startswith(only):
                    continue
                looks = {**options, "color_scheme": theme, "locale": locale}
                with photographer(chromium, address, folder, prefix, **looks) as somebody:
                    whole = (screen, theme, language) in WHOLE
                    pictures_of(somebody, tuple(SCENES) if whole else ("meeting",))
                print(f"{prefix}*", flush=True)


def pictures_of(somebody: Photographer, scenes: tuple[str, ...]) -> None:
    page = somebody.page
    somebody.open("/")
    somebody.take("nickname")
    page.locator("input[name=name]").fill("Ann")
    page.keyboard.press("Enter")
    page.wait_for_selector(NEW_BOARD)
    somebody.take("home-empty")
    somebody.new_board("")
    somebody.take("board-empty")
    for scene in scenes:
        somebody.new_board(scene.capitalize(), scene)
        somebody.take(f"scene-{scene}")
    pictures_of_a_board(somebody)
    if len(scenes) > 1 or "phone" in somebody.prefix:
        pictures_of_people(somebody)
    pictures_around_boards(somebody)


def pictures_of_a_board(somebody: Photographer) -> None:
    """Of the last one: tools and their styles, selections, whatever opens, other people."""
    page = somebody.page
    for tool in LIT:
        button = page.locator(f"#tools [data-command='tool.{tool}']")
        if button.count() and button.is_visible():
            button.click()
            somebody.take(f"tool-{tool}")
    # A tooltip would stay.
    page.mouse.move(0, 0)
    page.keyboard.press("Control+a")
    somebody.take("selected-all")
    page.keyboard.press("Escape")
    for name, element in SINGLE.items():
        # What is pasted is selected.
        paste(page, {"element-one": element})
        somebody.take(f"selected-{name}")
        page.keyboard.press("Control+z")
    for opening in each_opened(page):
        somebody.take(f"open-{opening.name}")
    close_all(page)
    page.keyboard.press("Escape")


def pictures_of_people(somebody: Photographer) -> None:
    page = somebody.page
    board = page.url.rstrip("/").rsplit("/", 1)[1]
    places = [(150 + i % 6 * 170, 20 + i // 6 * 120) for i in range(MANY)]
    with guests(somebody.address, board, NAMES[:MANY], places):
        page.wait_for_function(
            "many => document.querySelectorAll('#people-list li').length > many", arg=MANY
        )
        somebody.take("many-people")
        page.locator("#people").click()
        somebody.take("many-people-list")


def pictures_around_boards(somebody: Photographer) -> None:
    page = somebody.page
    somebody.open("/")
    somebody.take("home")
    page.locator(".card-menu summary").last.click()
    somebody.take("home-menu")
    page.locator("[data-board] form[action$='/trash/'] button").last.click()
    somebody.open("/?q=week")
    somebody.take("home-search")
    somebody.open("/trash/")
    somebody.take("trash")
    page.locator("a[href$='/delete/']").click()
    somebody.take("delete")
    somebody.open("/nowhere/")
    somebody.take("404")
