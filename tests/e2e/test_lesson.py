"""A lesson: a teacher, four pupils, and an operator in the admin meanwhile."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .test_presence import says
from .visitor import Visitor

SHUT_OUT = "You no longer have access to this board."
FROZEN = "This board is frozen"


@pytest.fixture
def teacher(visit: Visit) -> Visitor:
    """On a board that only members may see."""
    ann = visit("Ann")
    ann.start_board()
    ann.tool("Share").click()
    ann.page.get_by_label("Anyone with the address").select_option("nobody")
    return ann


def invite(ann: Visitor) -> str:
    """A link for editors, from the sheet that is open, with its code for the back of the class."""
    ann.page.locator("[data-mark=make-link]").click()
    link = ann.page.get_by_label("Invite link", exact=True)
    expect(link).to_be_visible()
    ann.page.get_by_role("button", name="As large as the screen").click()
    expect(ann.page.get_by_role("img", name=re.compile("QR", re.IGNORECASE)).last).to_be_visible()
    ann.press("Escape")
    return link.input_value()


def come_in(pupil: Visitor, link: str) -> None:
    pupil.open(link.removeprefix(pupil.address))
    box = pupil.page.get_by_role("textbox", name="Nickname", exact=True)
    box.fill(pupil.name)
    box.press("Enter")
    pupil.page.wait_for_url("**/boards/*/")
    pupil.is_live()
    # The token is in no address that the browser shows or keeps (S7).
    assert link.split("#")[1] not in pupil.page.url


def about(ann: Visitor, name: str, deed: str) -> None:
    """From the menu of a person in the list of people."""
    people = ann.page.locator("#people-list")
    if not people.is_visible():
        ann.page.locator("#people").click()
    row = people.locator("li", has_text=name).first
    row.get_by_role("button", name=re.compile("^More for")).click()
    people.get_by_role("button", name=deed, exact=True).click()


def draws(pupil: Visitor, y: int) -> None:
    before = len(pupil.elements())
    pupil.drag((400, y), (600, y + 20))
    pupil.eventually(lambda: len(pupil.elements()) == before + 1, "the stroke")


def takes_the_pen(pupil: Visitor) -> None:
    """As soon as the page has heard that it may."""
    expect(pupil.tool("Pen")).to_be_enabled()
    pupil.press("p")


def cannot_draw(pupil: Visitor) -> None:
    expect(pupil.tool("Pen")).to_be_disabled()


def test_a_lesson(visit: Visit, teacher: Visitor, staff: Visitor) -> None:
    ann = teacher
    link = invite(ann)
    ann.press("Escape")
    bob, cem, dan, eve = pupils = [visit(name) for name in ("Bob", "Cem", "Dan", "Eve")]
    for pupil in pupils:
        come_in(pupil, link)
    for place, pupil in enumerate(pupils):
        draws(pupil, 250 + 60 * place)

    # A hand goes up; on the frozen board the pen is given to who has raised it.
    bob.page.locator("#people").click()
    bob.page.get_by_role("button", name="Raise hand").click()
    bob.press("Escape")
    expect(ann.page.locator("#people")).to_have_accessible_name("5 people here, 1 hand raised")
    ann.page.get_by_role("button", name="Menu", exact=True).click()
    ann.page.get_by_role("button", name="Freeze the board").click()
    for pupil in pupils:
        expect(pupil.page.locator("#status")).to_contain_text(FROZEN)
        cannot_draw(pupil)
    about(ann, "Bob", "Give the pen…")
    ann.page.get_by_role("button", name="Give the pen", exact=True).click()
    expect(bob.page.locator("#status")).to_contain_text("You have the pen")
    takes_the_pen(bob)
    draws(bob, 500)
    cannot_draw(cem)

    # Meanwhile the operator sees who is there.
    staff.open("/admin/boards/board/control-room/")
    expect(staff.page.get_by_role("main")).to_contain_text("Untitled board")

    # Everybody to the teacher; a comment; then all draw again.
    ann.page.mouse.move(640, 400)
    ann.page.mouse.wheel(0, 4000)
    ann.page.locator("#people").click()
    ann.page.get_by_role("button", name="Bring everybody here").click()
    for pupil in pupils:
        expect(says(pupil, "Ann brought you here")).to_be_visible()
        pupil.sees_nothing()
    ann.press("Escape")
    ann.press("c")
    ann.page.mouse.click(500, 300)
    ann.page.get_by_role("textbox", name="Comment").fill("What is missing?")
    ann.press("Control+Enter")
    expect(eve.page.get_by_role("button", name=re.compile("^Comment by Ann"))).to_be_visible()
    ann.press("Escape")
    ann.page.get_by_role("button", name="Unfreeze", exact=True).click()
    takes_the_pen(cem)
    draws(cem, 500)

    # One is put out; the link is revoked: who came by it goes, the teacher stays.
    about(ann, "Dan", "Put out")
    expect(dan.page.locator("#status")).to_contain_text(SHUT_OUT)
    takes_the_pen(eve)
    draws(eve, 560)
    ann.press("Escape")
    ann.tool("Share").click()
    ann.page.get_by_role("button", name=re.compile("^Revoke")).click()
    for pupil in (bob, cem, eve):
        expect(pupil.page.locator("#status")).to_contain_text(SHUT_OUT)
    ann.press("Escape")
    draws(ann, 620)

    # The operator finds all of it in the record.
    staff.open("/admin/boards/auditentry/")
    for action in ("invite.make", "freeze", "pen.give", "unfreeze", "kick", "invite.revoke"):
        expect(staff.page.locator("#result_list")).to_contain_text(action)
