"""The pictures of docs/using.md: few, small, each of one thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from .openings import opened, openings
from .shots import NEW_BOARD, PHONE, Photographer, photographer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BYTES_MAX: Final = 150 * 1024
SMALL: Final = {"viewport": {"width": 1080, "height": 680}}


def pictures_for_docs(chromium: Browser, address: str, folder: Path) -> None:
    with photographer(chromium, address, folder, "", **SMALL) as ann:
        come_in(ann)
        ann.new_board("Launch week", "meeting")
        ann.take("using-board")
        ann.page.keyboard.press("Control+a")
        ann.take("using-selection")
        ann.page.keyboard.press("Escape")
        for opening in openings(ann.page):
            if opening.name in {"help", "palette", "settings", "context menu"} and opened(
                ann.page, opening
            ):
                ann.take(f"using-{opening.name}")
        for scene in ("kinds", "fills", "lines", "texts"):
            ann.new_board(scene.capitalize(), scene)
            ann.take(f"using-{scene}")
    with photographer(chromium, address, folder, "", **SMALL, color_scheme="dark") as ann:
        come_in(ann)
        ann.new_board("Launch week", "meeting")
        ann.take("using-dark")
    phone = {**PHONE, "device_scale_factor": 1}
    with photographer(chromium, address, folder, "", **phone) as ann:
        come_in(ann)
        ann.new_board("Launch week", "meeting")
        ann.take("using-phone")
    for picture in sorted(folder.glob("using-*.png")):
        size = picture.stat().st_size
        print(f"{picture.name}: {size / 1024:.0f} KiB{' TOO LARGE' * (size > BYTES_MAX)}")


def come_in(somebody: Photographer) -> None:
    somebody.open("/")
    somebody.page.locator("input[name=name]").fill("Ann")
    somebody.page.keyboard.press("Enter")
    somebody.page.wait_for_selector(NEW_BOARD)
