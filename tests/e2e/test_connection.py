"""The connection page in Chromium: everything good, and behind an nginx made bad in each way."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from boards.connection.proxies import NGINX, Topic
from tests import fronts

from .conftest import Visit
from .running import HOST, Server
from .test_axe import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Handshakes that must be refused are tried, and what proxies refuse is asked for.
REFUSED = re.compile(r"WebSocket connection to|Failed to load resource")
HOLD_SECONDS: Final = 4
"""Instead of 25; longer than the bad nginx waits."""
SHORTEN: Final = """
const parse = JSON.parse;
JSON.parse = (...all) => {
    const found = parse(...all);
    return found?.hold === 25 ? { ...found, ...%s } : found;
};
"""
# By HTTP/1.0, nginx's default: the chunks of 1.1 it passes on whatever it is told.
GATHERS: Final = """
location /live/ {
    proxy_pass http://BEHIND;
    proxy_set_header Host $http_host;
    proxy_buffering on;
    proxy_ignore_headers X-Accel-Buffering;
}"""
BAD: Final[dict[str, tuple[str, Topic]]] = {
    "upgrade-refused": ("if ($http_upgrade) { return 403; }", "upgrade"),
    "path-refused": ("location /ws/ { return 404; }", "upgrade"),
    "upgrade-dropped": ("", "upgrade"),
    "host-changed": ("", "host"),
    "stream-gathered": (GATHERS, "buffering"),
    "idle-cut": ("", "timeout"),
    "body-too-big": ("", "body"),
}
"""By the diagnosis: a rule of the server block, or none where lines are left out; their topic."""
INSTEAD: Final[dict[Topic, str]] = {
    "timeout": "proxy_read_timeout 2s;",
    "body": "client_max_body_size 100k;",
    "upgrade": "proxy_http_version 1.1;",
}


def opened(visit: Visit, address: str, *, laps: bool, **options: object) -> Page:
    """The page, with shorter holds, until it is through."""
    visitor = visit("Ann", **options)
    visitor.tolerate(REFUSED)

    # Not by answering in the server's place: Chromium lets such a page open no local sockets.
    changed = json.dumps({"hold": HOLD_SECONDS, "laps": laps})
    # A page of its own: a visitor's page is listened to in the language of boards.
    page = visitor.context.new_page()
    page.add_init_script(SHORTEN % changed)
    page.goto(f"{address}/connection/")
    page.wait_for_selector("html[data-diagnosis]:not([data-diagnosis=''])", timeout=60_000)
    return page


def test_where_all_is_well_everything_is_shown_and_taught(visit: Visit, server: Server) -> None:
    page = opened(visit, server.address, laps=True, reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-diagnosis", "fine")
    expect(page.locator("#verdict")).to_have_text("Everything works")
    cards = page.locator(".check")
    assert [card.get_attribute("data-state") for card in cards.all()] == ["good"] * 14

    handshake = page.locator("#check-handshake")
    for name in ("Host", "Upgrade", "Connection", "Origin", "Sec-WebSocket-Key"):
        expect(handshake.locator("dt", has_text=re.compile(f"^{name}$"))).to_be_visible()
    expect(handshake.get_by_text("reported by the server").first).to_be_visible()
    expect(page.locator("#check-accept")).to_contain_text("computed here")

    laps = page.locator("#laps tbody tr").first.locator("td")
    expect(laps).to_have_count(4)
    expect(laps.first).to_have_text("1")
    expect(page.locator("[data-live-sentence='websocket']")).to_contain_text("one request")
    for event in ("open", "message", "error", "close"):
        expect(page.locator(f"#log [data-event={event}]").first).to_be_attached()

    question = page.locator("[data-question=code]")
    question.get_by_label("The server").check()
    expect(question).to_contain_text("Not quite.")
    question.get_by_label("Nobody").check()
    expect(question).to_contain_text("RFC 6455 forbids 1006")
    axe = Axe(page)
    axe.look("the connection page")
    assert not axe.found


@pytest.mark.parametrize("wrong", BAD)
def test_what_is_wrong_is_found_and_the_lines_that_help_are_shown(
    visit: Visit, server: Server, wrong: str
) -> None:
    rule, topic = BAD[wrong]
    behind = f"{HOST}:{server.port}"
    bad = NGINX.configuration(behind)
    if not rule:
        for line in NGINX.lines[topic].splitlines():
            bad = bad.replace(line, "")
        bad = bad.replace("}", f"{INSTEAD.get(topic, '')}\n}}")
    with fronts.nginx(f"{rule.replace('BEHIND', behind)}\n{bad}") as port:
        page = opened(visit, f"http://{HOST}:{port}", laps=False)
        found = str(page.locator("html").get_attribute("data-diagnosis")).split()
        assert found[0] == wrong, found
        finding = page.locator(f"[data-finding={wrong}]")
        finding.get_by_role("tab", name="Caddy").click()
        finding.get_by_role("tab", name="nginx").click()
        shown = finding.locator("pre:visible").first.inner_text()
        assert shown == NGINX.lines[topic]
