"""Two people talk about something on their board, and see each other's words as they come."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import Visit
from .test_axe import Axe

MARKUP = "<b>Why</b> so large?"


def test_a_comment_is_answered_live_and_resolved(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob", reduced_motion="reduce")
    axe = Axe(bob.page)
    board = ann.start_board()
    bob.join(board)
    ann.page.keyboard.press("c")
    ann.page.mouse.click(500, 300)
    ann.page.get_by_role("textbox", name="Comment").fill(MARKUP)
    ann.page.keyboard.press("Control+Enter")

    pin = bob.page.get_by_role("button", name=re.compile("^Comment by Ann.*unread"))
    pin.click()
    card = bob.page.get_by_role("dialog", name="Comment")
    expect(card.get_by_text(MARKUP)).to_be_visible()
    axe.look("a thread", ".thread")
    axe.look("pins", ".pins")
    reply = card.get_by_role("textbox", name="Reply")
    reply.press_sequentially("Ask @An")
    reply.press("Enter")
    reply.press_sequentially("please")
    card.get_by_role("button", name="Send").click()

    answered = ann.page.get_by_role("dialog", name="Comment")
    expect(answered.get_by_text("Ask @Ann please")).to_be_visible()
    expect(answered.locator(".mention")).to_have_text("@Ann")
    answered.get_by_role("button", name="Resolve").click()
    expect(ann.page.locator(".pin:not(.pin-draft)")).to_have_count(0)
    bob.page.keyboard.press("Escape")
    expect(bob.page.locator(".pin:not(.pin-draft)")).to_have_count(0)
    bob.page.keyboard.press("Shift+C")
    bob.page.get_by_role("button", name="Resolved", exact=True).click()
    bob.page.locator(".thread-row").click()
    expect(card.get_by_text("Resolved by Ann")).to_be_visible()
    axe.look("the list of all", ".comments-panel")
    assert not axe.found, axe.found
