"""Somebody in front of a browser: what they do, and what they see, hear and are told."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from playwright.sync_api import expect

from .ink import Stroke

if TYPE_CHECKING:
    from playwright.sync_api import (
        BrowserContext,
        ConsoleMessage,
        Dialog,
        Locator,
        Page,
        WebError,
        WebSocket,
    )

DEADLINE = 20_000
"""Milliseconds until a test gives up on a condition; on any machine it comes much sooner."""
LOOK_AGAIN_MS = 50.0
LOOK_AGAIN_AT_LAST_MS = 250.0
"""To look is work, a million pixels at times: what takes longer is not slowed down by looking."""
NO_NETWORK = re.compile(
    r"WebSocket connection to|net::ERR_|Failed to fetch|occurred when fetching the script"
)
"""What a browser itself says on the console while the server can't be reached."""

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PICTURE = "main canvas"
"""The board's first canvas: what is stored, painted. Over it lies #overlay: what is not."""
LOOK = """where => {
    const seen = document.querySelector(where);
    const copy = new OffscreenCanvas(seen.width, seen.height);
    const pencil = copy.getContext("2d", { willReadFrequently: true });
    pencil.drawImage(seen, 0, 0);
    const pixels = new Uint32Array(pencil.getImageData(0, 0, copy.width, copy.height).data.buffer);
    const background = pixels[0];
    let hash = 0x811c9dc5;
    let inked = 0;
    for (const pixel of pixels) {
        hash = Math.imul(hash ^ pixel, 0x01000193);
        if (pixel !== background) inked += 1;
    }
    return { hash, inked, width: copy.width, height: copy.height };
}"""


class Visitor:
    """One browser with its own cookies. Whatever goes wrong in its pages is kept in `mishaps`."""

    def __init__(self, name: str, context: BrowserContext, address: str) -> None:
        self.name = name
        self.context = context
        self.address = address
        self.mishaps: list[str] = []
        self.sent: dict[str, set[str]] = {}
        """Transactions that the page has sent, by id, with the keys of the elements they put."""
        self.acknowledged: set[str] = set()
        """Those of them that the server has acknowledged on the socket (R3)."""
        self._tolerated: list[re.Pattern[str]] = []
        context.set_default_timeout(DEADLINE)
        context.on("console", self._hear_console)
        # A script that got in would say so with a dialog.
        context.on("dialog", self._refuse_dialog)
        context.on("weberror", self._hear_error)
        self.page = self.new_page()

    def leave(self) -> None:
        """Hears nothing any more: somebody else may get this browser."""
        self.context.remove_listener("console", self._hear_console)
        self.context.remove_listener("dialog", self._refuse_dialog)
        self.context.remove_listener("weberror", self._hear_error)

    def new_page(self) -> Page:
        """Another tab of the same browser; what is sent on its socket is heard too."""
        page = self.context.new_page()
        page.on("websocket", self._listen)
        return page

    def tolerate(self, pattern: re.Pattern[str]) -> None:
        """What the test itself causes is no mishap."""
        self._tolerated.append(pattern)

    def check(self) -> None:
        """No page error, console error or CSP violation but what the test has caused."""
        real = [
            mishap
            for mishap in self.mishaps
            if not any(pattern.search(mishap) for pattern in self._tolerated)
        ]
        assert not real, f"{self.name}'s pages: {real}"

    # -- coming in ---------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def give_nickname(self) -> None:
        """What is asked before anything else on the first page opened; Enter takes it."""
        box = self.page.get_by_role("textbox", name="Nickname", exact=True)
        box.fill(self.name)
        box.press("Enter")
        box.wait_for(state="detached")

    def start_board(self) -> str:
        """A new board, by the forms of two pages that are not shown; returns its id."""
        self._post("/", "/nickname/", name=self.name)
        board = self._post("/", "/boards/").rstrip("/").rsplit("/", 1)[1]
        self.open(f"/boards/{board}/")
        self.is_live()
        return self.board

    def start_board_by_hand(self) -> str:
        """A new board as a newcomer makes it, from page to page; returns its id."""
        self.open("/")
        self.give_nickname()
        self.page.get_by_role("button", name="New board").click()
        self.page.wait_for_url("**/boards/*/")
        self.is_live()
        return self.board

    def join(self, board: str) -> None:
        """Follows the link to a board for the first time."""
        self.open(f"/boards/{board}/")
        self.give_nickname()
        self.is_live()

    def _post(self, page: str, path: str, **fields: str) -> str:
        """What the form of a page does; returns where that leads."""
        token = TOKEN.search(self.context.request.get(self.address + page).text())
        assert token, f"there is no form on {page}"
        answer = self.context.request.post(
            self.address + path,
            form={"csrfmiddlewaretoken": token[1], **fields},
            max_redirects=0,
        )
        assert answer.status == 302, answer.text()
        return str(answer.headers["location"])

    @property
    def board(self) -> str:
        return str(UUID(self.page.url.rstrip("/").rsplit("/", 1)[1]))

    # -- drawing -----------------------------------------------------------------------------------

    def press(self, shortcut: str) -> None:
        self.page.keyboard.press(shortcut)

    def tool(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def drag(self, *way: tuple[float, float], let_go: bool = True) -> None:
        """A real mouse along these places."""
        first, *rest = way
        self.page.mouse.move(*first)
        self.page.mouse.down()
        for place in rest:
            self.page.mouse.move(*place, steps=4)
        if let_go:
            self.page.mouse.up()

    def start_drawing(self, strokes: Sequence[Stroke]) -> None:
        """Begins to draw by script and returns at once, so that others can draw meanwhile."""
        self.page.evaluate("strokes => hand.start(strokes)", strokes)

    def has_drawn(self, strokes: int) -> None:
        self.page.wait_for_function(
            "count => hand.drawn >= count", arg=strokes, polling=LOOK_AGAIN_MS
        )

    def rests(self) -> None:
        # Not at each frame, as by default: then there would be frames all the time.
        self.page.wait_for_function(
            "() => hand.resting", timeout=2 * DEADLINE, polling=LOOK_AGAIN_AT_LAST_MS
        )

    def draw(self, strokes: Sequence[Stroke]) -> None:
        """Draws all of it and waits until it is stored."""
        self.start_drawing(strokes)
        self.rests()
        self.is_saved()

    # -- seeing ------------------------------------------------------------------------------------

    @property
    def root(self) -> Locator:
        return self.page.locator("html")

    def is_live(self) -> None:
        self.shows(connection="live")
        # The menu's picture comes with the last parts of the page.
        self.page.locator("#menu-button .icon").wait_for(timeout=DEADLINE)

    def is_saved(self) -> None:
        self.shows(saved="saved")

    def shows(self, **marks: str) -> None:
        for name, value in marks.items():
            expect(self.root).to_have_attribute(f"data-{name}", value, timeout=DEADLINE)

    @property
    def status(self) -> Locator:
        """The one line at the top that says what is the matter."""
        return self.page.get_by_role("status").and_(self.page.locator("#status"))

    def document(self) -> dict[str, Any]:
        """The board's document as the server gives it to this person."""
        answer = self.context.request.get(f"{self.address}/boards/{self.board}/document")
        assert answer.ok, answer.status
        found: dict[str, Any] = answer.json()
        return found

    def elements(self) -> dict[str, Any]:
        found: dict[str, Any] = self.document()["elements"]
        return found

    def look(self, on: str = PICTURE) -> dict[str, int]:
        """The pixels of a canvas, as a hash, and how many of them have ink."""
        seen: dict[str, int] = self.page.evaluate(LOOK, on)
        return seen

    def eventually(self, fits: Callable[[], bool], what: str) -> None:
        """Waits for something that no single element of the page shows."""
        give_up = time.monotonic() + DEADLINE / 1000
        pause = LOOK_AGAIN_MS
        while not fits():
            assert time.monotonic() < give_up, f"{self.name} waited in vain: {what}"
            self.page.wait_for_timeout(pause)  # Lets the browser's events in meanwhile.
            pause = min(pause * 1.5, LOOK_AGAIN_AT_LAST_MS)

    def sees_ink(self, on: str = PICTURE) -> None:
        self.eventually(lambda: self.look(on)["inked"] > 0, f"ink on {on}")

    def sees_nothing(self, on: str = PICTURE) -> None:
        self.eventually(lambda: self.look(on)["inked"] == 0, f"nothing on {on}")

    def is_settled(self) -> None:
        """What is seen is as sharp as it gets, and painted as it would be on a page just opened."""
        expect(self.page.locator(f"{PICTURE}[data-settled=true]")).to_be_visible()

    def sees_the_same_as(self, *others: Visitor) -> None:
        """All canvases are the same, pixel for pixel, when they are at rest."""
        for other in others:
            self.eventually(
                partial(self._looks_like, other),
                f"the same picture as {other.name}",
            )

    def _looks_like(self, other: Visitor) -> bool:
        return self.look() == other.look()

    # -- listening ---------------------------------------------------------------------------------

    def _hear_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.mishaps.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _hear_error(self, error: WebError) -> None:
        self.mishaps.append(f"page error: {error.error}")

    def _refuse_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            return
        self.mishaps.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _listen(self, socket: WebSocket) -> None:
        if "/ws/boards/" not in socket.url:
            return  # An echo says whatever it was told.
        socket.on("framesent", self._note_sent)
        socket.on("framereceived", self._note_received)

    def _note_sent(self, frame: str | bytes) -> None:
        for proposal in _transactions(frame, "commit"):
            put = {change["key"] for change in proposal["changes"] if change["op"] == "put"}
            self.sent[proposal["id"]] = put

    def _note_received(self, frame: str | bytes) -> None:
        for transaction in _transactions(frame, "commits"):
            if transaction["id"] in self.sent:
                self.acknowledged.add(transaction["id"])


def _transactions(frame: str | bytes, kind: str) -> list[dict[str, Any]]:
    if not isinstance(frame, str):
        return []
    message = json.loads(frame)
    if message["type"] != kind:
        return []
    found: list[dict[str, Any]] = message["transactions"]
    return found
