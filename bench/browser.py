"""What a person sees of a full board in Chromium: the first view painted, and how panning runs."""

from __future__ import annotations

import shutil
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .opening import fill
from .system import HOST, PROJECT, Running, seed, temporary_state, whiteboard

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROBE = Path(__file__).with_name("probe.js")
VIEWPORT = {"width": 1280, "height": 720}
OPENINGS = 5
WATCH_SECONDS = 4
"""Long enough for late tiles: the view counts as painted when it has stopped changing."""
PAN_SECONDS = 4
PAN_STEP_SECONDS = 0.008
LOOKS = 60
"""Frames in which what was dragged has to be seen elsewhere."""
PAGE_MS = 30_000


def measure(strokes: int) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    if not (PROJECT / "staticfiles" / "staticfiles.json").is_file():
        raise RuntimeError("the production page is not built: run `make build` first")
    with temporary_state() as folder, whiteboard(folder) as server:
        [cookie], [board] = seed(folder, 1, 1)
        fill(server, board, cookie, strokes)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=_installed_chromium(), args=["--no-sandbox"]
            )
            try:
                return _measure_in(chromium, server, board, cookie)
            finally:
                chromium.close()


def _installed_chromium() -> str | None:
    """The machine's own; None for the one that Playwright brings."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _measure_in(chromium: Browser, server: Running, board: str, cookie: str) -> dict[str, Any]:
    origin = f"http://{HOST}:{server.port}"
    openings, pans = [], {}
    for i in range(OPENINGS):
        # A new context has an empty cache: the visit of somebody who comes for the first time.
        context = chromium.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]  # a plain dict
        context.set_default_timeout(PAGE_MS)
        name, value = cookie.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": origin}])
        context.add_init_script(path=PROBE)
        page = context.new_page()
        page.goto(f"{origin}/boards/{board}/", wait_until="commit")
        page.locator("html[data-connection=live]").wait_for(state="attached")
        page.wait_for_timeout(WATCH_SECONDS * 1000)
        openings.append(page.evaluate("benchProbe.firstView()"))
        if i == OPENINGS - 1:
            pans = {
                "pan": pan(page, "Shift+0"),
                "pan_far": pan(page, "Shift+1"),
            }
        context.close()
    return {
        "openings": openings,
        "first_view_ms": statistics.median(view["painted"] for view in openings),
        **pans,
    }


def pan(page: Page, zoom: str) -> dict[str, Any]:
    """Drags with the hand in circles; intervals between frames as the page gets them.

    Without `zoom` as large as it is.
    """
    page.get_by_role("button", name="Hand", exact=True).click()
    if zoom:
        page.keyboard.press(zoom)
    page.wait_for_timeout(1500)
    x, y = VIEWPORT["width"] // 2, VIEWPORT["height"] // 2
    page.mouse.move(x, y)
    page.mouse.down()
    before = page.evaluate("benchProbe.look()")
    page.evaluate("benchProbe.startTiming()")
    end = time.monotonic() + PAN_SECONDS
    step = 0
    while time.monotonic() < end:
        step += 1
        # Back and forth over most of the view, so that tiles come in from every side.
        swing = abs(step % 160 - 80) - 40
        page.mouse.move(x + swing * 10, y + swing * 5)
        time.sleep(PAN_STEP_SECONDS)
    intervals = sorted(page.evaluate("benchProbe.stopTiming()"))
    # The swing may have ended where it began.
    page.mouse.move(x + 100, y + 50, steps=2)
    page.mouse.up()
    if not _has_changed(page, before):
        raise RuntimeError("the hand was dragged and the picture has not moved")
    return {
        "zoom": page.locator("#zoom .percent").text_content(),
        "frames": len(intervals),
        "median": round(statistics.median(intervals), 1),
        "p95": round(intervals[int(len(intervals) * 0.95)], 1),
        "worst": round(intervals[-1], 1),
    }


def _has_changed(page: Page, before: Any) -> bool:
    """Looks once a frame, for some frames."""
    for _ in range(LOOKS):
        page.evaluate("new Promise(requestAnimationFrame)")
        if page.evaluate("benchProbe.look()") != before:
            return True
    return False
