"""A token from its page, a program that draws with it, and the page to try the API (S23)."""

from __future__ import annotations

import json
import re
import shlex
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .test_axe import Axe
from .visitor import Visitor


def test_a_program_draws_on_a_board_that_is_open(visit: Visit) -> None:
    ann = visit("Ann")
    board = ann.start_board()
    page, ann.page = ann.page, ann.new_page()
    axe = Axe(ann.page)
    token = make_token(ann, axe)

    ann.page.get_by_role("link", name="Try the API").click()
    line = ann.page.locator("#first-line")
    expect(line).to_contain_text(board)
    shown = line.inner_text()
    for _ in range(2):
        assert posted(shown, token) == [{"id": "AAAAAAAAAAAAAAAAAAAAAA", "clock": 1}]
    try_it(ann, token, axe)

    ann.open("/tokens/")
    ann.page.get_by_role("button", name="Revoke robot").click()
    expect(ann.page.get_by_role("status")).to_contain_text("revoked")
    with pytest.raises(HTTPError, match="401"):
        posted(shown, token)
    ann.page = page
    ann.sees_ink()
    assert len(ann.elements()) == 2
    assert not axe.found, axe.found


def make_token(ann: Visitor, axe: Axe) -> str:
    """As somebody finds the way there."""
    ann.open("/account/")
    ann.page.get_by_role("link", name="Access tokens").click()
    ann.page.get_by_label("What is it for?").fill("robot")
    ann.page.get_by_label("Draw, comment and point").check()
    ann.press("Enter")
    shown = ann.page.locator("#token")
    expect(shown).to_have_text(re.compile(r"^wb_[\w-]{43}$"))
    axe.look("a new token")
    return shown.inner_text()


def posted(line: str, token: str) -> object:
    """What curl would do with this line."""
    _, _, method, address, *options = shlex.split(line.replace("\\\n", " "))
    given = dict(zip(options[::2], options[1::2], strict=True)) | {"-X": method}
    assert given.keys() == {"-X", "-H", "-d"}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = Request(address, given["-d"].encode(), headers, method=given["-X"])
    with urlopen(request) as answer:
        return json.load(answer)["results"]


def try_it(ann: Visitor, token: str, axe: Axe) -> None:
    """With the session first, then with the token; the line to copy never has it."""
    row = ann.page.locator("details").filter(has_text="Draw and change")
    row.locator("summary").click()
    row.get_by_role("button", name="Send").click()
    expect(row.get_by_role("status")).to_have_text("200 OK")
    me = ann.page.locator("details").filter(has_text="For whom you speak")
    me.locator("summary").click()
    ann.page.get_by_label("Access token").fill(token)
    me.get_by_role("button", name="Send").click()
    expect(me.locator(".answer pre")).to_contain_text('"name": "robot"')
    expect(me.locator("pre").first).to_contain_text("Bearer $TOKEN")
    axe.look("the page to try the API")
