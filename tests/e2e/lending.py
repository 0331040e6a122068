"""Browsers that visitors borrow. What a visit leaves is emptied, but for the site's own files.

A new one fetches and compiles the whole site once more, and that is half of what a visit costs.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

HAND = Path(__file__).with_name("hand.js")
NOTHING_KEPT = "delete Navigator.prototype.serviceWorker"
"""As in a browser that keeps no pages: each new one would fetch the whole site once more, for a
network that is never lost."""


class Lending:
    """Of each kind as many as are lent at one time. A script that comes before the page's own is
    given to the page, not to its browser, which would go on running it for others."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._back: defaultdict[str, list[BrowserContext]] = defaultdict(list)
        self._lent: dict[BrowserContext, str] = {}

    def new(self, *, keeping: bool, **options: Any) -> BrowserContext:
        """One of its own, which nobody gets afterwards."""
        context = self._chromium.new_context(**options)
        context.add_init_script(path=HAND)
        if not keeping:
            context.add_init_script(NOTHING_KEPT)
        return context

    def lend(self, **options: Any) -> BrowserContext:
        kind = repr(sorted(options.items()))
        back = self._back[kind]
        context = back.pop() if back else self.new(keeping=False, **options)
        self._lent[context] = kind
        context.once("close", self._forget)
        return context

    def take_back(self, context: BrowserContext) -> None:
        """Closes its pages, or all of it where nobody else is to get it."""
        kind = self._lent.pop(context, None)
        if kind is None:
            context.close()
            return
        for page in context.pages:
            page.close()
        self._back[kind].append(context)

    def _forget(self, context: BrowserContext) -> None:
        self._lent.pop(context, None)


def empty(page: Page) -> None:
    """Whatever an earlier visitor's pages have stored in this browser, whichever server's."""
    page.context.clear_cookies()
    devtools = page.context.new_cdp_session(page)
    everything = {"origin": "*", "storageTypes": "all"}
    devtools.send("Storage.clearDataForOrigin", everything)
    devtools.detach()
