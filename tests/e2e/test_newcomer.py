"""From nothing to drawing with somebody else, by mouse and keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Visit


def test_a_newcomer_draws_and_finds_it_again_and_shares_it_by_its_link(visit: Visit) -> None:
    ann = visit("Ann", permissions=["clipboard-read", "clipboard-write"])
    board = ann.start_board_by_hand()

    ann.drag((500, 300), (620, 380), (560, 460))
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke is stored")
    ann.is_saved()
    expect(ann.page.locator("#saved")).to_have_text("Saved")
    ann.sees_ink()
    ann.is_settled()
    drawn = ann.look()

    ann.page.reload()
    ann.is_live()
    ann.eventually(lambda: ann.look() == drawn, "the same picture after a reload")

    ann.page.get_by_role("button", name="Share").click()
    expect(ann.page.get_by_role("button", name="Copy link")).to_be_focused()
    ann.press("Enter")
    expect(ann.page.get_by_role("button", name="Link copied")).to_be_visible()
    link = ann.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{ann.address}/boards/{board}/"

    bob = visit("Bob")
    bob.open(link.removeprefix(bob.address))
    bob.give_nickname()
    bob.is_live()
    assert bob.page.url == link
    bob.sees_the_same_as(ann)
    bob.page.reload()
    bob.is_live()
    expect(bob.page.get_by_label("Nickname", exact=True)).not_to_be_visible()


def test_the_link_is_copied_where_browsers_have_no_clipboard(visit: Visit) -> None:
    ann = visit("Ann")
    ann.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    ann.start_board_by_hand()
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("button", name="Copy link").click()
    expect(ann.page.get_by_role("button", name="Link copied")).to_be_visible()


def test_the_first_page_of_a_stranger_may_be_a_board_s_own_address(visit: Visit) -> None:
    board = visit("Ann").start_board_by_hand()
    bob = visit("Bob")
    bob.join(board)
    bob.open("/")
    # A board that somebody has been on is on their list.
    expect(bob.page.locator(f"[data-board='{board}']")).to_be_visible()
