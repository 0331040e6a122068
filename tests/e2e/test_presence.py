"""What people do together beside drawing: a teacher and a pupil, each in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from .conftest import Visit
from .test_together import WORDS
from .visitor import Visitor

OVERLAY = "#overlay"


def isolated(words: str) -> re.Pattern[str]:
    """Names stand between marks that keep the writing direction around them (S34)."""
    return re.compile(re.sub("(Ann|Bob)", "\u2068\\1\u2069", words))


def says(visitor: Visitor, words: str) -> Locator:
    return visitor.page.get_by_text(isolated(words))


def has_read(visitor: Visitor, text: str) -> bool:
    read: bool = visitor.page.evaluate("text => said.has(text)", text)
    return read


def test_a_teacher_is_followed_brings_everybody_and_presents(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.drag((300, 300), (500, 400), (600, 300))
    ann.is_saved()
    bob.sees_ink()
    # Bob follows Ann by a click on her in the list; her view takes his along.
    bob.page.locator("#people").click()
    bob.page.get_by_title("Follow Ann").click()
    expect(says(bob, "Following Ann")).to_be_visible()
    ann.page.mouse.move(640, 400)
    ann.page.mouse.wheel(0, 4000)
    bob.sees_nothing()
    bob.press("Escape")
    expect(bob.page.locator(".follow-bar")).to_be_hidden()
    # He goes back by himself; she brings him to her, and he returns by the button.
    bob.press("Shift+1")
    bob.sees_ink()
    ann.page.locator("#people").click()
    ann.page.get_by_role("button", name="Bring everybody here").click()
    expect(says(bob, "Ann brought you here")).to_be_visible()
    bob.sees_nothing()
    bob.page.get_by_role("button", name="Back", exact=True).click()
    bob.sees_ink()
    # Presenting takes him along until he breaks off, and a button leads back.
    ann.page.locator("#people").click()
    ann.page.get_by_role("button", name="Present", exact=True).click()
    expect(says(bob, "Ann is presenting")).to_be_visible()
    bob.sees_nothing()
    bob.press("Shift+1")
    bob.page.get_by_role("button", name=isolated("Return to Ann")).click()
    bob.sees_nothing()
    # Somebody who comes later follows too.
    cem = visit("Cem")
    cem.join(ann.board)
    expect(says(cem, "Ann is presenting")).to_be_visible()


def test_a_hand_words_a_laser_and_who_drew_it(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    ann.page.add_init_script(WORDS)
    bob.join(ann.start_board())
    # Bob raises his hand: Ann is told, and he is the first of her list.
    bob.page.locator("#people").click()
    bob.page.get_by_role("button", name="Raise hand").click()
    bob.press("Escape")
    expect(says(ann, "Bob has raised a hand")).to_be_visible()
    expect(ann.page.locator("#people")).to_have_accessible_name("2 people here, 1 hand raised")
    ann.page.locator("#people").click()
    expect(ann.page.locator("#people-list li").first).to_contain_text("Bob")
    ann.page.get_by_role("button", name="More for Bob").click()
    ann.page.get_by_role("button", name="Lower the hand").click()
    expect(ann.page.locator("#people")).to_have_accessible_name("2 people here")
    ann.press("Escape")
    # What Bob types at his pointer Ann reads while he types it; Escape ends it.
    bob.page.mouse.move(600, 400)
    bob.press("y")
    bob.page.keyboard.type("hi, ")
    bob.page.get_by_role("textbox", name="Say something").press_sequentially("안녕")
    ann.eventually(lambda: has_read(ann, "hi, 안녕"), "Bob's words")
    bob.press("Escape")
    expect(bob.page.get_by_role("textbox", name="Say something")).to_be_hidden()
    bob.page.mouse.move(1, 1)
    # A laser leaves light for a second, and nothing on the board.
    bob.press("k")
    bob.drag((400, 500), (700, 520), (900, 600), let_go=False)
    ann.eventually(lambda: ann.look(OVERLAY)["inked"] > 300, "the laser")
    bob.page.mouse.up()
    assert ann.document()["clock"] == 0
    # Who drew this?
    bob.press("p")
    bob.drag((300, 300), (500, 300))
    bob.is_saved()
    ann.sees_ink()
    ann.press("v")
    ann.page.mouse.click(400, 300, button="right")
    ann.page.get_by_role("menuitem", name="Who drew this?").click()
    card = ann.page.get_by_role("dialog", name="Who drew this?")
    expect(card).to_contain_text("Bob")
    expect(card).to_contain_text("Drawn")
