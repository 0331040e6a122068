"""All pages in a browser: nothing breaks the strict CSP, and no stored text runs (S8, S23).

What is wrong on any page fails in `visit`: page errors, console errors, CSP violations.
"""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import expect

from .conftest import Visit
from .ink import by_hand, written
from .running import Server
from .visitor import Visitor

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def settle(visitor: Visitor) -> None:
    """Everything has come and run; two frames later the browser has told what it blocked."""
    visitor.page.wait_for_load_state("load")
    visitor.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def test_no_page_breaks_the_content_security_policy(visit: Visit, staff: Visitor) -> None:
    ann = visit("Ann")
    # And the connection page tries handshakes that must be refused.
    ann.tolerate(re.compile("status of 404|/ws/echo/"))
    board = ann.start_board_by_hand()
    ann.draw(by_hand(written("O", 300, 300), 7))
    for name in ("Menu", "1 person here"):
        ann.page.get_by_role("button", name=name).click()
        ann.press("Escape")
    ann.press("?")
    expect(ann.page.get_by_role("dialog", name="Help")).to_be_visible()
    for path in (
        *("/", "/?q=nothing", "/nickname/", "/trash/", "/nowhere", "/join/", "/connection/"),
        *("/account/", "/account/signup/", "/account/login/", "/tokens/", "/api/"),
        *(f"/boards/{uuid4()}/", f"/boards/{board}/"),
    ):
        ann.open(path)
        settle(ann)

    staff.open(f"/boards/{board}/")
    staff.is_live()
    tables = ("board", "element", "transaction", "person", "auditentry", "restraint", "report")
    for path in ("", "boards/board/control-room/", *(f"boards/{name}/" for name in tables)):
        staff.open(f"/admin/{path}")
        settle(staff)
        rows = staff.page.locator("#result_list tbody tr")
        if rows.count() > 0:
            rows.first.get_by_role("link").first.click()
            settle(staff)
    staff.open("/admin/password_change/")
    settle(staff)


def test_script_in_titles_and_names_stays_text_everywhere(visit: Visit, staff: Visitor) -> None:
    """S8: in the board, the list, the trash, the admin."""
    eve, bob = visit(f"E{SCRIPT}"[:64]), visit("Bob")
    board = eve.start_board_by_hand()
    title = eve.page.get_by_role("textbox", name="Title")
    title.fill(SCRIPT)
    title.press("Enter")
    expect(eve.page).to_have_title(SCRIPT)
    bob.join(board)
    expect(bob.page.get_by_role("textbox", name="Title")).to_have_value(SCRIPT)
    bob.page.get_by_role("button", name="2 people here").click()
    expect(bob.page.locator("#people-list")).to_contain_text("<img src=x")
    eve.drag((300, 300), (400, 400))
    eve.is_saved()
    for visitor in (eve, bob):
        visitor.open("/")
        expect(visitor.page.get_by_role("link", name=SCRIPT)).to_be_visible()
        settle(visitor)
    eve.page.get_by_label(re.compile("^More for “<img")).click()
    eve.page.get_by_role("button", name="Move to trash").click()
    eve.open("/trash/")
    expect(eve.page.get_by_text(SCRIPT, exact=True)).to_be_visible()
    for path in (f"board/?q={board}", f"board/{board}/change/", "person/?q=img"):
        staff.open(f"/admin/boards/{path}")
        expect(staff.page.get_by_text("<img src=x", exact=False).first).to_be_attached()
        settle(staff)


def test_text_of_both_directions_does_not_turn_what_stands_beside_it(visit: Visit) -> None:
    """S34: an override in a name ends with the name."""
    eve, bob = visit("ab\u202ecd"), visit("Bob")
    bob.join(eve.start_board_by_hand())
    bob.page.get_by_role("button", name="2 people here").click()
    names = bob.page.locator("#people-list bdi")
    expect(names).to_have_count(2)
    assert all("\u202e" not in name for name in names.all_inner_texts())


def test_nobody_may_frame_a_page(visit: Visit, server: Server) -> None:
    """S22"""
    ann = visit("Ann")
    ann.open("/")
    answer = ann.context.request.get(server.address)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
