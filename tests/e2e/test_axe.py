"""axe finds nothing on any page or open dialog, in both themes."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.gallery.filling import PASTE, fill
from tests.gallery.openings import OPEN, each_opened

from .conftest import Visit
from .running import ROOT, Server
from .visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
MISHAPS = ("400", "403", "403_csrf", "429", "500", "503")
"""Pages that are hard to get by asking; 404 is easy."""
RENDER = """
import json
from django.template.loader import render_to_string
from django.test import RequestFactory
request = RequestFactory().get("/")
pages = {name: render_to_string(f"{name}.html", request=request) for name in %r.split()}
print(json.dumps(pages))
"""
LOOK = """async ([within, only]) => {
    // All of WCAG 2.2 AA, also what is off unless asked for, and the best practice.
    const rules = { "target-size": { enabled: true } };
    const how = only.length > 0 ? { runOnly: only } : { rules };
    const { violations } = await axe.run(within, { resultTypes: ["violations"], ...how });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`));
}"""
COLORS = ("color-contrast", "link-in-text-block")
"""Rules about what a theme can change."""


class Axe:
    """Looks at page after page and keeps what it finds, each thing once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, str] = {}

    def look(self, where: str, within: str = "html", only: tuple[str, ...] = ()) -> None:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text())
        for fault in self.page.evaluate(LOOK, [within, list(only)]):
            self.found.setdefault(fault, where)

    def found_nothing(self) -> None:
        assert not self.found, "\n".join(f"{self.found[fault]}: {fault}" for fault in self.found)


class AxeInBothThemes(Axe):
    """For a page that is light. What opens is opened once, and its colours looked at twice."""

    def look(self, where: str, within: str = "html", only: tuple[str, ...] = ()) -> None:
        super().look(where, within, only)
        self.page.emulate_media(color_scheme="dark")
        super().look(f"{where}, dark", within, only or COLORS)
        self.page.emulate_media(color_scheme="light")


@pytest.fixture
def ann(visit: Visit) -> Visitor:
    # Without motion a theme is there at once, and no colour on its way to another.
    return visit("Ann", color_scheme="light", reduced_motion="reduce")


@pytest.fixture
def axe(ann: Visitor) -> Axe:
    return AxeInBothThemes(ann.page)


def test_axe_finds_nothing_on_a_board(ann: Visitor, axe: Axe) -> None:
    ann.start_board()
    axe.look("an empty board")
    fill(ann.page, "meeting")
    axe.look("a board")
    ann.press("Control+a")
    axe.look("a selection")
    ann.page.evaluate(PASTE, '{"type":"excalidraw/clipboard"}')
    expect(ann.page.locator(".said")).not_to_be_empty()
    axe.look("a sentence", ".said")
    for opening in each_opened(ann.page):
        axe.look(opening.name, OPEN if opening.shown == OPEN else "html")
    axe.found_nothing()


def test_axe_finds_nothing_in_panels_and_lists(ann: Visitor, axe: Axe, visit: Visit) -> None:
    ann.start_board()
    fill(ann.page, "meeting")
    look_at_panels(ann, axe)
    look_at_company(ann, axe, visit)
    look_around_boards(ann, axe)
    axe.found_nothing()


def test_axe_finds_nothing_on_other_pages(ann: Visitor, axe: Axe, mishaps: dict[str, str]) -> None:
    ann.open("/")
    axe.look("the nickname page")
    ann.give_nickname()
    axe.look("the empty list of boards")
    look_at_pages(ann, axe)
    look_at_mishaps(ann, axe, mishaps)
    axe.found_nothing()


@pytest.fixture(scope="module")
def mishaps(_one_server: Server) -> dict[str, str]:
    """Their pages, by name."""
    _one_server.start()
    printed = _one_server.manage("shell", "--no-imports", "-c", RENDER % " ".join(MISHAPS))
    found: dict[str, str] = json.loads(printed)
    return found


PANELS = {
    "Shift+O": "#outline",
    "Shift+C": "#comments",
    "c": ".thread",
    "Enter": ".writing-box",
    "y": ".chat-field",
}
"""What opens beside the board when one element is selected, by its key."""


def look_at_panels(ann: Visitor, axe: Axe) -> None:
    """What is neither dialog nor popover, and what is behind a dialog's buttons."""
    page = ann.page
    for key, shown in PANELS.items():
        page.locator("#picture").focus()
        for shortcut in ("v", "Escape", "Control+ArrowLeft", key):
            ann.press(shortcut)
        page.locator(shown).first.wait_for()
        axe.look(f"the panel behind {key}", shown)
        ann.press("Escape")
    page.locator("#picture").focus()
    for shortcut in ("r", "Shift+ArrowRight", "Enter", "Shift+ArrowRight"):
        ann.press(shortcut)
    axe.look("a shape on its way")
    ann.press("Escape")
    connect_by_list(ann)
    axe.look("connecting", "#connect-to")
    ann.press("Escape")
    ann.press("Shift+P")
    page.locator("#pages").wait_for()
    axe.look("pages", "#pages")
    ann.press("Escape")
    ann.press("?")
    page.get_by_role("button", name="Change shortcuts").click()
    axe.look("changing shortcuts", "#help")
    ann.press("Escape")


def connect_by_list(ann: Visitor) -> None:
    """From a shape just made, which is selected."""
    for shortcut in ("r", "Enter", "Enter", "Control+k"):
        ann.press(shortcut)
    # It comes when it is first wanted; until then keys are the board's.
    ann.page.locator("#palette").wait_for()
    ann.page.keyboard.type("Connect to")
    expect(ann.page.get_by_role("option", name="Connect to…")).to_be_visible()
    ann.press("Enter")
    ann.page.locator("#connect-to button").first.wait_for()


def look_at_company(ann: Visitor, axe: Axe, visit: Visit) -> None:
    """The list of people with somebody in it, and what its owner can do to them."""
    bob = visit("Bob")
    bob.join(ann.board)
    ann.page.locator("#people").click()
    ann.page.get_by_role("button", name=re.compile("Bob")).last.wait_for()
    axe.look("two people", "#people-list")
    ann.press("Escape")
    for sheet in ("Role…", "Give the pen…", "Ban…", "Undo everything they did…"):
        ann.page.locator("#people").click()
        ann.page.get_by_role("button", name="More for Bob").click()
        ann.page.get_by_role("button", name=sheet).click()
        ann.page.locator("#order-sheet").wait_for()
        axe.look(sheet, "#order-sheet")
        ann.press("Escape")
    bob.page.close()
    look_at_links(ann, axe)


def look_at_links(ann: Visitor, axe: Axe) -> None:
    """The sheet behind Share with a link in it, and with the one just made."""
    ann.page.locator("#share").click()
    ann.page.locator("[data-mark=make-link]").click()
    ann.page.locator(".share-made").wait_for()
    axe.look("a link just made", "dialog[open]")
    ann.press("Escape")


SITE = (
    *("account/", "account/login/", "account/signup/", "account/password/reset/"),
    *("account/delete/", "account/erase/", "tokens/", "api/", "connection/", "join/", "offline/"),
)


def look_at_pages(ann: Visitor, axe: Axe) -> None:
    # The connection page tries handshakes that must be refused.
    ann.tolerate(re.compile("status of 404|/ws/echo/"))
    for path in SITE:
        ann.open(f"/{path}")
        axe.look(path)


def look_around_boards(ann: Visitor, axe: Axe) -> None:
    ann.open("/")
    axe.look("the list of boards")
    ann.page.locator(".card-menu summary").first.click()
    axe.look("a board's menu")
    ann.page.get_by_role("link", name="Move to a folder").click()
    axe.look("moving a board")
    ann.page.get_by_role("textbox").fill("Lessons")
    ann.press("Enter")
    ann.page.locator(".places a[href*='folder=']").click()
    ann.page.locator(".folder-menu summary").click()
    axe.look("a folder")
    ann.open("/?q=week")
    axe.look("what was searched for")
    ann.open("/trash/")
    axe.look("the empty trash")
    ann.open("/")
    ann.page.locator(".card-menu summary").first.click()
    ann.page.get_by_role("button", name="Move to trash").first.click()
    ann.open("/trash/")
    axe.look("the trash")
    ann.page.get_by_role("link", name="for good").first.click()
    axe.look("deleting for good")


def look_at_mishaps(ann: Visitor, axe: Axe, mishaps: dict[str, str]) -> None:
    ann.tolerate(re.compile("404"))
    ann.open("/nowhere/")
    axe.look("404")
    for name, html in mishaps.items():
        ann.page.route(f"**/mishaps/{name}", partial(answer, html))
        ann.open(f"/mishaps/{name}")
        axe.look(name)


def answer(html: str, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html")
