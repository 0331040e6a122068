"""What is drawn without a network is never lost: over reload, restart and days (F8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, expect

from tests.chromium import ARGUMENTS, ensure_chromium

from .conftest import DESKTOP, Visit
from .dropping import bring, has_pictures, keeps_pictures, photo
from .lending import HAND
from .running import Server
from .visitor import DEADLINE, NO_NETWORK, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WAITING = """async (what) => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const name = names.find((one) => one.startsWith(`whiteboard ${what}`));
    if (!name) return 0;
    const database = await new Promise((resolve) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve(asked.result);
    });
    const rows = await new Promise((resolve) => {
        const asked = database.transaction("waiting").objectStore("waiting").count();
        asked.onsuccess = () => resolve(asked.result);
    });
    database.close();
    return rows;
}"""
KEPT = """async () => {
    for (const name of await caches.keys()) {
        if (!name.startsWith("whiteboard pages")) continue;
        const urls = (await (await caches.open(name)).keys()).map(({ url }) => url);
        if (!urls.some((url) => new URL(url).pathname === "/")) return false;
        if (!urls.includes(location.href)) return false;
    }
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const name = names.find((one) => one.startsWith("whiteboard copies"));
    if (!name) return false;
    const database = await new Promise((resolve) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve(asked.result);
    });
    const rows = await new Promise((resolve) => {
        const asked = database.transaction("copies").objectStore("copies").count();
        asked.onsuccess = () => resolve(asked.result);
    });
    const later = await new Promise((resolve) => {
        const asked = database.transaction("later").objectStore("later").count();
        asked.onsuccess = () => resolve(asked.result);
    });
    database.close();
    return rows > 0 && later >= 0;
}"""
OFFLINE_SAYS = NO_NETWORK


def waits_here(visitor: Visitor, count: int, what: str = "work") -> None:
    """So many changes are on this device's disk."""
    visitor.eventually(lambda: visitor.page.evaluate(WAITING, what) == count, f"{count} kept")


def is_kept(visitor: Visitor) -> None:
    """This board and the list of boards can be opened without the server."""
    visitor.eventually(lambda: bool(visitor.page.evaluate(KEPT)), "the pages are kept")


@pytest.fixture
def start_browser(chromium: Browser, server: Server, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """The same browser each time: its cookies and all that it keeps are on the disk."""
    open_ones: list[Visitor] = []

    def start() -> Visitor:
        context: BrowserContext = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=ensure_chromium(),
            args=list(ARGUMENTS),
            viewport=DESKTOP,  # type: ignore[arg-type]  # a plain dict
            locale="en-US",
        )
        context.add_init_script(path=HAND)
        visitor = Visitor("Ann", context, server.address)
        visitor.tolerate(OFFLINE_SAYS)
        open_ones.append(visitor)
        return visitor

    yield start
    for visitor in open_ones:
        visitor.context.close()
        visitor.check()


def test_a_stroke_outlives_the_network_the_tab_and_the_browser(
    start_browser: Callable[[], Visitor], visit: Visit
) -> None:
    """F8: the network goes in the middle of a stroke, the browser is closed and started again."""
    ann = start_browser()
    board = ann.start_board()
    ann.drag((300, 300), (360, 330), let_go=False)
    ann.context.set_offline(True)
    ann.shows(connection="offline")
    ann.page.mouse.move(420, 300, steps=4)
    ann.page.mouse.up()
    waits_here(ann, 1)
    ann.context.close()

    ann = start_browser()
    ann.open(f"/boards/{board}/")
    ann.is_live()
    ann.is_saved()
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke is there once")
    waits_here(ann, 0)
    bob = visit("Bob")
    bob.join(board)
    bob.sees_ink()
    ann.sees_the_same_as(bob)


def test_what_two_do_offline_to_one_element_is_merged(visit: Visit) -> None:
    """R4: one moves it, the other colours it, and both hold."""
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.drag((300, 300), (420, 330), (500, 300))
    ann.is_saved()
    bob.sees_ink()
    ((key, before),) = ann.elements().items()

    def red(visitor: Visitor) -> Locator:
        # A line that was held still for a moment may have become a shape, which has a fill too.
        colours = visitor.page.get_by_role("group", name="Colour", exact=True)
        return colours.get_by_role("button", name="Red", exact=True)

    for visitor in (ann, bob):
        visitor.tolerate(OFFLINE_SAYS)
        visitor.press("v")
        visitor.press("Control+a")
        expect(red(visitor)).to_be_visible(timeout=DEADLINE)
        visitor.context.set_offline(True)
        visitor.shows(connection="offline")
    ann.press("Shift+ArrowRight")
    red(bob).click()
    for visitor in (ann, bob):
        visitor.shows(saved="waiting")
        visitor.context.set_offline(False)
    for visitor in (ann, bob):
        visitor.is_live()
        visitor.is_saved()
    after = ann.elements()[key]
    assert after["x"] > before["x"]
    assert (before["color"], after["color"]) == ("black", "red")
    ann.press("Escape")
    bob.press("Escape")
    ann.sees_the_same_as(bob)


def test_the_other_tab_delivers_what_a_closed_one_left(visit: Visit, server: Server) -> None:
    """Two tabs of one browser: nothing twice, nothing lost."""
    ann = visit("Ann")
    ann.tolerate(OFFLINE_SAYS)
    board = ann.start_board()
    first, second = ann.page, ann.new_page()
    ann.page = second
    ann.open(f"/boards/{board}/")
    ann.is_live()
    ann.context.set_offline(True)
    for page, y in ((first, 300), (second, 400)):
        ann.page = page
        page.bring_to_front()
        ann.shows(connection="offline")
        ann.drag((300, y), (420, y + 20))
        ann.shows(saved="waiting")
    waits_here(ann, 2)
    # What is kept needs no question.
    first.close(run_before_unload=True)
    expect(second.locator("#saved")).to_have_text("2 changes waiting")
    ann.context.set_offline(False)
    ann.is_live()
    ann.is_saved()
    assert len(ann.elements()) == 2
    assert ann.document()["clock"] == 2
    waits_here(ann, 0)


def test_a_comment_written_without_a_network_outlives_its_tab(visit: Visit) -> None:
    """F8: it waits on the device, and is said once when the board is opened again."""
    ann, bob = visit("Ann"), visit("Bob")
    ann.tolerate(OFFLINE_SAYS)
    board = ann.start_board()
    bob.join(board)
    ann.page.keyboard.press("c")
    ann.context.set_offline(True)
    ann.shows(connection="offline")
    ann.page.mouse.click(500, 300)
    ann.page.get_by_role("textbox", name="Comment").fill("Said into the void")
    ann.page.keyboard.press("Control+Enter")
    expect(ann.page.get_by_text("Waiting to be sent")).to_be_visible()
    expect(ann.page.locator("#saved")).to_have_text("1 change waiting")
    waits_here(ann, 1, "comments")
    ann.page.close()

    ann.context.set_offline(False)
    ann.page = ann.new_page()
    ann.open(f"/boards/{board}/")
    pin = bob.page.get_by_role("button", name=re.compile("^Comment by Ann.*unread"))
    expect(pin).to_have_count(1, timeout=DEADLINE)
    expect(ann.page.locator("#saved")).to_have_text("Saved")
    expect(ann.page.locator(".pin:not(.pin-draft)")).to_have_count(1)
    waits_here(ann, 0, "comments")
    pin.click()
    said = bob.page.get_by_role("dialog", name="Comment").locator(".said-text")
    expect(said).to_have_text(["Said into the void"])


def test_where_nothing_can_be_kept_the_page_says_so_and_asks_before_it_goes(visit: Visit) -> None:
    ann = visit("Ann")
    ann.tolerate(OFFLINE_SAYS)
    ann.context.add_init_script("indexedDB.open = () => { throw new Error('not allowed here'); }")
    ann.start_board()
    ann.context.set_offline(True)
    ann.shows(connection="offline")
    ann.drag((300, 300), (420, 330))
    expect(ann.status).to_contain_text(
        "Keep this page open: your change can't be kept", timeout=DEADLINE
    )
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    ann.page.once("dialog", stay)
    ann.page.close(run_before_unload=True)
    ann.eventually(lambda: asked == ["beforeunload"], "the question before leaving")
    ann.context.set_offline(False)
    ann.is_saved()


def test_a_board_opens_and_takes_ink_while_the_server_is_stopped(
    visit: Visit, server: Server
) -> None:
    ann = visit("Ann")
    ann.tolerate(OFFLINE_SAYS)
    board = ann.start_board()
    ann.drag((300, 300), (420, 330))
    ann.is_saved()
    is_kept(ann)
    picture = ann.look()
    server.stop()

    ann.open("/")
    expect(ann.page.get_by_text("You are offline.")).to_be_visible()
    ann.page.locator(f'[data-board="{board}"] a[data-title]').click()
    ann.shows(connection="offline")
    ann.eventually(lambda: ann.look() == picture, "the board as it was")
    ann.drag((300, 500), (420, 530))
    waits_here(ann, 1)
    bring(ann, "drop", photo("photo.png", "#3050d0"))
    keeps_pictures(ann, 1)
    ann.page.reload()
    expect(ann.page.locator("#saved")).to_have_text("2 changes waiting")

    server.start()
    ann.is_live()
    has_pictures(ann, 1)
    ann.is_saved()
    assert len(ann.elements()) == 3
    assert ann.document()["clock"] == 3


def test_without_https_a_lost_network_takes_no_tool_away(visit: Visit) -> None:
    """No service worker keeps the files of the page there, so it has fetched them before."""
    ann = visit("Ann")
    ann.tolerate(OFFLINE_SAYS)
    ann.page.add_init_script(
        "delete Navigator.prototype.serviceWorker;"
        "Object.defineProperty(window, 'isSecureContext', { value: false });"
    )
    ann.start_board()
    ahead = "link[rel=modulepreload][href*='/text-editor-'] ~ link[rel=modulepreload]"
    ann.page.locator(ahead).first.wait_for(state="attached")
    ann.context.set_offline(True)
    ann.shows(connection="offline")
    ann.press("t")
    ann.page.mouse.click(300, 300)
    ann.page.keyboard.type("written offline")
    ann.press("Escape")
    ann.shows(saved="waiting")
    ann.context.set_offline(False)
    ann.is_live()
    ann.is_saved()
    assert [each["text"] for each in ann.elements().values()] == ["written offline"]
