"""The pages around the board, as a browser shows them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import Visit
from .running import Server

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
"""S8: if any of it ran, there would be a CSP violation, and those fail every test."""


def test_a_newcomer_is_asked_for_a_nickname_once_and_sees_an_inviting_list(visit: Visit) -> None:
    ann = visit("Ann")
    ann.open("/")
    ann.give_nickname()
    expect(ann.page.get_by_role("button", name="New board")).to_be_visible()
    ann.page.reload()
    expect(ann.page.get_by_role("button", name="New board")).to_be_visible()
    expect(ann.page.get_by_label("Nickname", exact=True)).to_have_count(0)
