"""Puts a scene on a board through the page itself: by pasting it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .elements import Element
from .scenes import scene

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASTE = """json => {
    const transfer = new DataTransfer();
    transfer.setData("text/plain", json);
    document.body.dispatchEvent(new ClipboardEvent("paste",
        { clipboardData: transfer, bubbles: true, cancelable: true }));
}"""


def paste(page: Page, elements: dict[str, Element]) -> None:
    page.evaluate(PASTE, json.dumps({"whiteboard": 1, "elements": elements}))
    page.wait_for_selector("#tools [data-command='tool.select'][aria-pressed=true]")
    page.wait_for_selector("html[data-saved=saved]")


def fill(page: Page, name: str) -> None:
    """Pastes a scene, fits it into the view, selects nothing, and waits until it is saved."""
    paste(page, scene(name))
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Digit1")
    is_painted(page)


def is_painted(page: Page) -> None:
    """Two looks at the picture that are the same: tiles have stopped coming."""
    page.evaluate(
        """async () => {
            const seen = document.querySelector("main canvas");
            const look = async () => (await createImageBitmap(seen), hash(seen));
            const hash = (canvas) => {
                const copy = new OffscreenCanvas(canvas.width / 4, canvas.height / 4);
                const pencil = copy.getContext("2d", { willReadFrequently: true });
                pencil.drawImage(canvas, 0, 0, copy.width, copy.height);
                const { data } = pencil.getImageData(0, 0, copy.width, copy.height);
                let sum = 7;
                for (let i = 0; i < data.length; i += 4) sum = (Math.imul(sum, 31) + data[i]) | 0;
                return sum;
            };
            const frames = (count) => new Promise((done) => {
                const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
                next();
            });
            for (let before = null, now = await look(); before !== now; ) {
                await frames(12);
                [before, now] = [now, await look()];
            }
        }"""
    )
