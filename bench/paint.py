"""Measures painting in Chromium: first view, pan, zoom and new strokes on a board of many strokes.

`python -m bench.paint [strokes]` prints a table; frame intervals are median/95 %/worst in ms.
"""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
VIEW = {"width": 1440, "height": 900}
FRAMES = 120


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing: the table is the output."""


def serve() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def ask(page: Page, script: str) -> Any:
    return page.evaluate(f"async () => {{ {script} }}")


def frames(page: Page, act: str) -> str:
    times = cast(dict[str, int], ask(page, f"return bench.intervals({FRAMES}, (i) => {{ {act} }})"))
    return f"{times['median']}/{times['p95']}/{times['worst']}"


def measure(page: Page, count: int) -> list[tuple[str, str]]:
    elements = f"bench.strokes({count})"
    rows = []
    first = ask(
        page,
        f"const all = {elements}; const from = performance.now(); bench.load(all); bench.start();"
        " await bench.settled(); return Math.round(performance.now() - from)",
    )
    rows.append(("load until the first view is painted, ms", str(first)))
    ask(page, "await new Promise((r) => setTimeout(r, 1500))")
    rows.append(("pan at 100 %", frames(page, "bench.camera.panBy(i % 60 < 30 ? -24 : 24, -9)")))
    overview = ask(
        page,
        "const from = performance.now(); bench.camera.setZoom(0.1); await bench.settled();"
        " return Math.round(performance.now() - from)",
    )
    rows.append(("first overview until sharp, ms", str(overview)))
    rows.append(("pan at 10 %", frames(page, "bench.camera.panBy(i % 60 < 30 ? -24 : 24, -9)")))
    rows.append(
        ("zoom", frames(page, "bench.camera.zoomAt(700, 400, i % 80 < 40 ? 1.06 : 1 / 1.06)"))
    )
    ask(page, "bench.camera.setZoom(0.1); await bench.settled(); fresh = bench.strokes(200, 7)")
    rows.append(
        ("60 new strokes/s at 10 %", frames(page, "bench.put([fresh[i]])")),
    )
    return rows


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    server = serve()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None,
            args=["--no-sandbox"],
        )
        page = browser.new_page(viewport=VIEW)  # type: ignore[arg-type]  # a plain dict
        page.on("pageerror", lambda error: print("page error:", error))
        page.on("console", lambda message: print("page:", message.text))
        page.goto(f"http://127.0.0.1:{server.server_port}/bench/paint.html")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.evaluate("globalThis.fresh = []")
        print(f"{count} strokes of 60 points, {VIEW['width']} x {VIEW['height']}")
        for name, value in measure(page, count):
            print(f"{name:45} {value}")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
