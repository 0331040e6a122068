"""A board of twenty pages and two hundred pictures on the production page, beside an empty one.

Nothing of the product's inside is asked: the canvas is looked at, as in `browser.py`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .browser import PROBE, pan
from .contents_seed import PAGES
from .editor_page import MIB, VIEW, chromium, memory_of
from .system import HOST, PROJECT, environment, temporary_state, whiteboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Response

SEED_SECONDS = 600
PAGE_MS = 60_000
WATCH_MS = 4000
"""Long enough for late pictures: the view counts as painted when it has stopped changing."""
TURN_MS = 1500
ZOOMS = 8
KIB = 1024


@dataclass
class Fetched:
    """What was fetched of pictures, by page and worker alike."""

    sizes: dict[str, list[int]] = field(default_factory=dict)

    def hear(self, response: Response) -> None:
        if "/assets/" not in response.url:
            return
        _, _, side = response.url.partition("?side=")
        length = int(response.headers.get("content-length", "0"))
        self.sizes.setdefault(side or "original", []).append(length)

    def kib(self, side: str = "") -> float:
        """Of one size, or of all."""
        return sum(sum(sizes) for at, sizes in self.sizes.items() if side in ("", at)) / KIB

    def count(self, side: str) -> int:
        return len(self.sizes.get(side, []))


def contents(folder: Path | None = None) -> dict[str, float]:
    """`folder` is one that is seeded already."""
    if folder:
        return _measured(folder, json.loads((folder / "made.json").read_text()))
    with temporary_state() as made:
        return _measured(made, _seeded(made))


def _seeded(folder: Path) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.contents_seed"],
        cwd=PROJECT,
        env=environment(folder),
        check=True,
        timeout=SEED_SECONDS,
        stdout=subprocess.PIPE,
    )
    made: dict[str, str] = json.loads(done.stdout)
    return made


def _measured(folder: Path, made: dict[str, str]) -> dict[str, float]:
    figures: dict[str, float] = {}
    with whiteboard(folder) as server, chromium() as browser:
        origin = f"http://{HOST}:{server.port}"
        for name in ("empty", "full"):
            visit = _visit(browser, origin, made["cookie"], made[name])
            figures |= {f"contents {name} {part}": value for part, value in visit.items()}
    return figures


def _visit(browser: Browser, origin: str, cookie: str, board: str) -> dict[str, float]:
    """A new context has an empty cache: the visit of somebody who comes for the first time."""
    context = browser.new_context(viewport=VIEW)  # type: ignore[arg-type]  # a plain dict
    context.set_default_timeout(PAGE_MS)
    name, value = cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": origin}])
    context.add_init_script(path=PROBE)
    page = context.new_page()
    try:
        return dict(_figures(page, f"{origin}/boards/{board}/"))
    finally:
        context.close()


def _figures(page: Page, address: str) -> Iterator[tuple[str, float]]:
    fetched = Fetched()
    page.on("response", fetched.hear)
    page.goto(address, wait_until="commit")
    page.locator("html[data-connection=live]").wait_for(state="attached")
    page.wait_for_timeout(WATCH_MS)
    yield "load", page.evaluate("benchProbe.firstView()")["painted"]
    yield "load KiB", fetched.kib()
    page.keyboard.press("Shift+1")
    yield from _named("pan 100", pan(page, "Shift+0"))
    yield from _far(page)
    yield "far KiB", fetched.kib("256")
    yield from _named("zoom", _zoom(page))
    yield from _turns(page)
    yield "originals", fetched.count("original")
    yield from _panel(page)
    yield from _memory(page)


def _far(page: Page) -> Iterator[tuple[str, float]]:
    page.keyboard.press("Shift+1")
    for _ in range(20):
        if int((page.locator("#zoom .percent").text_content() or "0%").rstrip("%")) <= 10:
            break
        page.keyboard.press("Control+-")
    page.wait_for_timeout(WATCH_MS)
    yield from _named("pan 10", pan(page, ""))


def _zoom(page: Page) -> dict[str, float]:
    """With the wheel from 100 % to about 10 and back."""
    page.keyboard.press("Shift+1")
    page.keyboard.press("Shift+0")
    page.mouse.move(VIEW["width"] // 2, VIEW["height"] // 2)
    page.keyboard.down("Control")
    page.evaluate("benchProbe.startTiming()")
    for step in range(ZOOMS * 20):
        page.mouse.wheel(0, 24 if step // 20 % 2 == 0 else -24)
    intervals = sorted(page.evaluate("benchProbe.stopTiming()"))
    page.keyboard.up("Control")
    return {
        "p95": intervals[int(len(intervals) * 0.95)],
        "worst": intervals[-1],
    }


def _turns(page: Page) -> Iterator[tuple[str, float]]:
    """All pages in turn, and back, when their pictures are there."""
    for name, key in (("turn", "PageDown"), ("turn back", "PageUp")):
        times = [_turn(page, key) for _ in range(PAGES - 1)]
        yield f"{name} median", statistics.median(times)
        yield f"{name} p95", sorted(times)[int(len(times) * 0.95)]


def _turn(page: Page, key: str) -> float:
    began: float = page.evaluate("benchProbe.watch()")
    page.evaluate("key => benchProbe.press(key)", key)
    page.wait_for_timeout(TURN_MS)
    painted: float = page.evaluate("benchProbe.firstView()")["painted"]
    return max(0.0, painted - began)


def _panel(page: Page) -> Iterator[tuple[str, float]]:
    """While all small pictures are painted: how the frames come meanwhile."""
    page.evaluate("benchProbe.startTiming()")
    page.locator("#pages-button").click()
    page.locator("#pages li").nth(PAGES - 1).wait_for()
    page.wait_for_timeout(WATCH_MS)
    intervals = sorted(page.evaluate("benchProbe.stopTiming()"))
    yield "panel p95", intervals[int(len(intervals) * 0.95)]
    yield "panel worst", intervals[-1]


def _memory(page: Page) -> Iterator[tuple[str, float]]:
    session = page.context.new_cdp_session(page)
    yield "memory", memory_of(session)["all"]
    session.detach()
    browser = page.context.browser
    assert browser
    root = browser.new_browser_cdp_session()
    processes: list[dict[str, Any]] = root.send("SystemInfo.getProcessInfo")["processInfo"]
    root.detach()
    yield "RSS", max(_rss(one["id"]) for one in processes if one["type"] == "renderer") / MIB


def _rss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * KIB
    return 0


def _named(name: str, answer: dict[str, Any]) -> Iterator[tuple[str, float]]:
    for part in ("median", "p95", "worst"):
        if part in answer:
            yield f"{name} {part}", answer[part]


if __name__ == "__main__":
    print(json.dumps(contents(*map(Path, sys.argv[1:])), indent=1))
