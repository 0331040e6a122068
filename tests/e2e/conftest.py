"""Fixtures of the browser tests: a real server, real browsers, and cables between them."""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS, ensure_chromium

from .cable import Cable
from .lending import Lending, empty
from .running import Server
from .visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DESKTOP = {"width": 1280, "height": 800}
Visit = Callable[..., Visitor]

HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps a loop running, asyncio tests want their own."""
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


UNNEEDED = (
    # Two pages of its own in each new window, for an address bar that nobody sees.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # A process in reserve for each new browser, which is gone before anybody goes elsewhere.
    "SpareRendererForSitePerProcess",
)
"""What Chromium would spend time on in each of a hundred browsers."""
WITHOUT_UNNEEDED = """\
#!/bin/sh
for argument do
    shift
    case $argument in
        --disable-features=*) argument=$argument,{unneeded} ;;
    esac
    set -- "$@" "$argument"
done
exec {chromium} "$@"
"""
"""A script, for of several lists of features only the last counts; Playwright has one already."""
KEEPING = {
    *("test_nothing_lost", "test_offline", "test_development"),
    "test_a_newcomer_draws_and_finds_it_again_and_shares_it_by_its_link",
    "test_a_board_that_is_moved_to_the_trash_closes_for_everybody_else",
    "test_an_open_page_shows_the_restored_board",
    "test_no_page_breaks_the_content_security_policy",
    "test_script_in_titles_and_names_stays_text_everywhere",
    "test_the_first_page_of_a_stranger_may_be_a_board_s_own_address",
    "test_what_waits_is_counted_and_leaving_is_warned_of",
}
"""Modules and tests about what a service worker has a part in: lost networks, and the first steps
of all. Each of their browsers is a new one."""


@pytest.fixture(scope="session")
def _executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    script = tmp_path_factory.mktemp("chromium") / "chromium"
    program = shlex.quote(str(ensure_chromium()))
    script.write_text(WITHOUT_UNNEEDED.format(chromium=program, unneeded=",".join(UNNEEDED)))
    script.chmod(0o700)
    return script


@pytest.fixture(scope="session")
def chromium(_executable: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture
def server(_one_server: Server) -> Iterator[Server]:
    """The server, up and running, and without a traceback in its log afterwards."""
    _one_server.start()
    before = _one_server.log.stat().st_size
    yield _one_server
    log = _one_server.log.read_bytes()[before:].decode()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture(scope="session")
def lending(chromium: Browser) -> Lending:
    return Lending(chromium)


@pytest.fixture
def visit(lending: Lending, server: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Brings a browser with nothing stored, and somebody with this nickname in front of it."""
    visitors: list[Visitor] = []
    keeping = not KEEPING.isdisjoint({request.path.stem, request.node.name})

    def come(
        name: str, *, server: Server = server, cable: Cable | None = None, **options: Any
    ) -> Visitor:
        options = {"viewport": DESKTOP, "locale": "en-US", **options}
        # A cable has an address of its own, so nothing of the site's would be there already.
        alone = keeping or cable is not None
        context = lending.new(keeping=keeping, **options) if alone else lending.lend(**options)
        visitors.append(Visitor(name, context, (cable or server).address))
        if not alone:
            empty(visitors[-1].page)
        return visitors[-1]

    yield come
    for visitor in visitors:
        lending.take_back(visitor.context)
        visitor.leave()
    for visitor in visitors:
        visitor.check()


@pytest.fixture(scope="session")
def _root(_one_server: Server) -> tuple[str, str]:
    """Name and password of a staff user, made by the one documented command."""
    name, password = "root", secrets.token_urlsafe(12)
    _one_server.manage(
        *("createsuperuser", "--no-input", "--username", name, "--email", "root@example.org"),
        DJANGO_SUPERUSER_PASSWORD=password,
    )
    return name, password


@pytest.fixture
def staff(visit: Visit, _root: tuple[str, str]) -> Visitor:
    """Somebody signed in to the admin."""
    name, password = _root
    staff = visit("Sam")
    staff.open("/admin/")
    staff.page.get_by_label("Username or e-mail").fill(name)
    staff.page.get_by_label("Password").fill(password)
    staff.press("Enter")
    staff.page.wait_for_selector("#user-tools")
    return staff


@pytest.fixture
def cable(server: Server) -> Iterator[Cable]:
    cable = Cable(server.port)
    yield cable
    cable.close()
