"""The page of bench/editor.html in Chromium, and what the browser says of its memory."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.chromium import ARGUMENTS, ensure_chromium

from .system import HOST, PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

VIEW = {"width": 1440, "height": 900}
PAGE_MS = 120_000
MIB = 2**20


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing: the table is the output."""


@contextmanager
def static_server() -> Iterator[str]:
    """The project's files on the loopback; the address of the page."""
    server = ThreadingHTTPServer((HOST, 0), partial(_Quiet, directory=str(PROJECT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/bench/editor.html"
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=[*ARGUMENTS, "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


class Board:
    """One fresh page; every measurement is a function of `bench` in editor.js."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self._workers: list[str] = []
        self.context = browser.new_context(viewport=VIEW)  # type: ignore[arg-type]  # a plain dict
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PAGE_MS)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def ask(self, name: str, *given: Any) -> Any:
        answer = self.page.evaluate(f"(given) => bench.{name}(...given)", list(given))
        if self.errors:
            raise RuntimeError(f"the page failed: {self.errors[0]}")
        return answer

    def memory(self) -> dict[str, float]:
        """MiB after collecting: V8's heaps, Blink's, and array buffers, of page and worker."""
        session = self.context.new_cdp_session(self.page)
        figures = memory_of(session)
        session.detach()
        return {**figures, "tiles": self.ask("pixels") / MIB}

    def close(self) -> None:
        self.context.close()


def memory_of(session: CDPSession) -> dict[str, float]:
    """In MiB, of a page and its workers."""
    heaps = [_heap(session), *_workers_heaps(session)]
    parts = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
    by_part = {part: sum(heap.get(part, 0) for heap in heaps) / MIB for part in parts}
    return {
        "all": sum(by_part.values()),
        "page": sum(heaps[0].get(part, 0) for part in parts) / MIB,
        **by_part,
    }


def _heap(session: CDPSession) -> dict[str, float]:
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")


def _workers_heaps(session: CDPSession) -> list[dict[str, float]]:
    """Through messages in messages: Playwright's own session with a worker can't be had."""
    attached: list[str] = []
    answers: dict[int, dict[str, Any]] = {}
    session.on("Target.attachedToTarget", lambda event: attached.append(event["sessionId"]))

    def hear(event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            answers[message["id"]] = message

    session.on("Target.receivedMessageFromTarget", hear)
    session.send(
        "Target.setAutoAttach",
        {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False},
    )
    heaps = []
    for number, target in enumerate(attached):
        for step, method in enumerate(
            ("HeapProfiler.collectGarbage", "HeapProfiler.collectGarbage", "Runtime.getHeapUsage")
        ):
            key = number * 10 + step + 1
            message = json.dumps({"id": key, "method": method})
            session.send("Target.sendMessageToTarget", {"sessionId": target, "message": message})
            for _ in range(1000):
                if key in answers:
                    break
                session.send("Runtime.getHeapUsage")
        heaps.append(answers[number * 10 + 3]["result"])
    return heaps
