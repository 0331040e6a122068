"""A board of twenty pages with pictures: small pictures of all of them, and drawing meanwhile."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import Visit
from .running import Server
from .visitor import Visitor

PAGES = 20
FILL = """
import io
from PIL import Image
from boards.assets.keeping import keep, received
from boards.duplicates import draw
from boards.models import Board
board = Board.objects.get(pk="{board}")
file = io.BytesIO()
Image.new("RGB", (640, 480), "#d03030").save(file, "PNG")
asset = keep(board, board.owner_id, received([file.getvalue()])).key
elements = {{}}
for i in range({pages}):
    key = f"page-{{i:04}}" if i else "first-page"
    on = {{"page": key}} if i else {{}}
    elements[key] = {{"kind": "page", "z": f"a{{i:04}}V", "name": f"Lesson {{i + 1}}"}}
    elements[f"picture-{{i:04}}"] = {{
        "kind": "image", "x": 0, "y": 0, "w": 640, "h": 480, "z": "a1", "asset": asset, **on}}
draw(board, board.owner_id, elements)
"""
RED = """() => [...document.querySelectorAll("#pages canvas")].filter((canvas) => {
    const pencil = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    pencil.drawImage(canvas, -(canvas.width >> 1), -(canvas.height >> 1));
    const [red, green] = pencil.getImageData(0, 0, 1, 1).data;
    return red > 180 && green < 90;
}).length"""
"""How many of the small pictures show the picture on their page."""


def turns(visitor: Visitor, key: str, words: str) -> None:
    visitor.press(key)
    expect(visitor.page.locator("#pages-button")).to_have_text(words)
    expect(visitor.page.locator("#pages [aria-current]")).to_have_count(1)


def test_twenty_pages_are_shown_small_while_somebody_draws(visit: Visit, server: Server) -> None:
    ann = visit("Ann")
    board = ann.start_board()
    ann.open("/")
    server.manage("shell", "--no-imports", "-c", FILL.format(board=board, pages=PAGES))
    ann.open(f"/boards/{board}/")
    ann.is_live()
    expect(ann.page.locator("#pages-button")).to_have_text(f"Page 1 of {PAGES}")
    ann.press("p")
    ann.page.locator("#pages-button").click()
    expect(ann.page.locator("#pages li")).to_have_count(PAGES)
    # Whoever draws meanwhile has drawn, and all small pictures come.
    ann.drag((400, 200), (700, 300), (900, 200))
    ann.is_saved()
    assert [one["kind"] for one in ann.elements().values()].count("stroke") == 1
    ann.eventually(lambda: ann.page.evaluate(RED) == PAGES, "a picture on each small page")
    turns(ann, "PageDown", f"Page 2 of {PAGES}")
    ann.sees_ink()
    ann.page.get_by_role("button", name=re.compile(f"Lesson {PAGES}$")).first.click()
    expect(ann.page.locator("#pages-button")).to_have_text(f"Page {PAGES} of {PAGES}")
    ann.sees_ink()
    turns(ann, "PageUp", f"Page {PAGES - 1} of {PAGES}")
