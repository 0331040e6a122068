"""What a first visit to a board loads until it is live, on the production build."""

from __future__ import annotations

import gzip
import re
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .editor_page import VIEW, chromium

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Browser, BrowserContext

KIB = 1024
LANGUAGES = {"en": "en-US", "ko": "ko-KR"}
KINDS = {
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js",
    "application/javascript": "js",
    "image/svg+xml": "icons",
    "image/png": "icons",
}
"""The board's elements and its fonts count apart."""
NOTES = Path(__file__).with_name("editor_live.js")
BUTTONS = re.compile("New board|새 보드|새 칠판")
WAIT_MS = 60_000


def bytes_until_live() -> dict[str, float]:
    """KiB as gzip makes them, in the language that needs more."""
    from tests.e2e.running import Server

    with tempfile.TemporaryDirectory(prefix="whiteboard-bench-") as name:
        server = Server(Path(name))
        server.start()
        try:
            with chromium() as browser:
                visits = [
                    first_visit(browser, server.address, language)
                    for language in LANGUAGES.values()
                ]
        finally:
            server.stop()
    largest = max(visits, key=lambda sizes: sum(sizes.values()))
    by_kind = {f"bytes {name}": size for name, size in largest.items()}
    return {"bytes": sum(largest.values()), **by_kind}


def first_visit(browser: Browser, address: str, language: str) -> dict[str, float]:
    """KiB by kind. The board is made by one page and opened by another, whose cache is empty."""
    first = browser.new_context(locale=language)
    page = first.new_page()
    page.goto(address)
    page.get_by_role("textbox").first.fill("guest")
    page.keyboard.press("Enter")
    with page.expect_navigation(url="**/boards/*-*/"):
        page.get_by_role("button", name=BUTTONS).first.click()
    board, state = page.url, first.storage_state()
    first.close()
    context = browser.new_context(locale=language, viewport=VIEW, storage_state=state)  # type: ignore[arg-type]  # a plain dict
    try:
        return _sizes(context, board, language)
    finally:
        context.close()


def _sizes(context: BrowserContext, board: str, language: str) -> dict[str, float]:
    context.add_init_script(path=NOTES)
    page = context.new_page()
    page.goto(board, wait_until="commit")
    page.locator("html[data-connection=live]").wait_for(state="attached", timeout=WAIT_MS)
    sizes: dict[str, float] = defaultdict(float)
    for url in page.evaluate("globalThis.loadedUntilLive"):
        # Asked for by a script, the page would come in English.
        answer = context.request.get(url, headers={"Accept-Language": language})
        kind = KINDS.get(answer.headers.get("content-type", "").split(";")[0])
        if kind and urlsplit(url).netloc == urlsplit(board).netloc:
            sizes[kind] += _zipped(answer) / KIB
    return sizes


def _zipped(answer: APIResponse) -> int:
    return len(gzip.compress(answer.body(), 9, mtime=0))
