"""How much a first visit has to wait for, whatever the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.editor_bytes import LANGUAGES, first_visit
from bench.editor_rows import KIB_UNTIL_LIVE

from .running import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("language", LANGUAGES.values())
def test_a_board_is_live_within_its_bytes(chromium: Browser, server: Server, language: str) -> None:
    sizes = first_visit(chromium, server.address, language)
    assert sum(sizes.values()) <= KIB_UNTIL_LIVE, sizes
