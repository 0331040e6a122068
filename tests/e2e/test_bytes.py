"""How much a first visit has to wait for, whatever the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.editor_bytes import LANGUAGES, first_visit
from bench.editor_rows import KIB_UNTIL_LIVE

from .running import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser


TRIES = 3
"""Where a connection fails, the page fetches what it says of that, and comes back by itself."""


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_a_board_is_live_within_its_bytes(chromium: Browser, server: Server, language: str) -> None:
    visits = (first_visit(chromium, server.address, language) for _ in range(TRIES))
    slow = []
    for sizes in visits:
        if sum(sizes.values()) <= KIB_UNTIL_LIVE:
            return
        slow.append(sizes)
    pytest.fail(f"more than {KIB_UNTIL_LIVE} KiB in each of {TRIES} visits: {slow}")
