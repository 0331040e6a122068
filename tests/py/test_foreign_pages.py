"""Pages of other sites: from origins that a setting names, with a token, never with a cookie."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from pytest_django import Settings

from boards.asgi import application
from boards.checks import check_token_origins
from boards.models import Board, Person
from boards.origins import is_allowed
from boards.rooms import rooms_here

from .links import Answer, Held, ask
from .programs import program_of
from .sockets import BOTH, cookie_of, put
from .test_token_links import socket_of

pytestmark = pytest.mark.django_db(transaction=True)

APP = "https://app.example.org"
OTHER = "https://evil.example"
OPEN = "access-control-allow-origin"


@pytest.fixture(autouse=True)
def named(settings: Settings) -> None:
    settings.BOARDS_TOKEN_ORIGINS = [APP]
    cache.clear()


@pytest.fixture
async def rooms() -> AsyncIterator[None]:
    yield
    await rooms_here().close()


def coming(origin: str = APP, **more: str) -> list[tuple[bytes, bytes]]:
    given = {"host": "testserver", "origin": origin, **more}
    return [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]


async def may_ask(path: str, origin: str = APP) -> Answer:
    """What a browser asks before it sends a request with a token for a page."""
    return await ask("OPTIONS", path, coming(origin, access_control_request_method="POST"))


async def test_a_named_origin_may_ask_for_what_programs_use_and_for_no_page(board: Board) -> None:
    for path in ("/api/boards", f"/api/boards/{board.pk}/document", "/live/send"):
        answer = await may_ask(path)
        assert (answer.status, answer.headers[OPEN]) == (204, APP)
        assert "authorization" in answer.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in answer.headers
    below = f"/boards/{board.pk}/"
    for path in ("/", below, f"{below}document", f"{below}comments", "/tokens/"):
        assert OPEN not in (await may_ask(path)).headers


async def test_s25_no_other_origin_may_ask_and_none_unless_a_setting_names_it(
    board: Board, settings: Settings
) -> None:
    for origin in (OTHER, "null", APP + ":8443", APP.replace("https", "http")):
        assert OPEN not in (await may_ask("/api/boards", origin)).headers
    settings.BOARDS_TOKEN_ORIGINS = ()
    assert OPEN not in (await may_ask("/api/boards")).headers


async def test_s25_a_cookie_opens_nothing_for_a_foreign_page(ann: Person, board: Board) -> None:
    cookie = await sync_to_async(cookie_of)(ann)
    path = f"/api/boards/{board.pk}/document"
    answer = await ask("GET", path, coming(cookie=cookie))
    # Without leave to read it a browser keeps it from the page.
    assert OPEN not in answer.headers
    # With a token that is none the cookie beside it is not looked at.
    wrong = await ask("GET", path, coming(cookie=cookie, authorization="Bearer wb_" + "x" * 43))
    assert (wrong.status, wrong.headers[OPEN]) == (401, APP)
    opening = {"protocols": list(BOTH)}
    assert (
        await ask("POST", f"/live/boards/{board.pk}/", coming(cookie=cookie), opening)
    ).status == 403


async def test_a_page_with_a_token_reads_and_draws(rooms: None, ann: Person, board: Board) -> None:
    token = (await program_of(ann)).token
    shown = coming(authorization=f"Bearer {token}")
    read = await ask("GET", f"/api/boards/{board.pk}/document", shown)
    assert (read.status, read.headers[OPEN], read.json["clock"]) == (200, APP, 0)
    opening = {"protocols": list(BOTH)}
    opened = await ask("POST", f"/live/boards/{board.pk}/", shown, opening)
    assert (opened.status, opened.headers[OPEN]) == (200, APP)
    someone = Held(opened.json["link"], application)
    await someone.hello()
    await someone.receipt(await someone.commit(put("stroke-1")))
    link = (b"x-whiteboard-link", opened.json["link"].encode())
    # The link alone is no token.
    assert (await ask("GET", "/live/poll?wait=0", [*coming(), link])).status == 403
    heard = await ask("GET", f"/live/poll?wait=0&after={someone.arrived}", [*shown, link])
    assert (heard.status, heard.headers[OPEN]) == (200, APP)
    await someone.leave()


async def test_s1_a_socket_from_there_needs_the_token_too(
    rooms: None, ann: Person, board: Board
) -> None:
    token = (await program_of(ann)).token
    let_in = await socket_of(token, board, origin=APP)
    await let_in.hello()
    await let_in.leave()
    assert (await socket_of(token, board, origin=OTHER)).closed is not None
    cookie = await sync_to_async(cookie_of)(ann)
    assert not is_allowed({"host": "testserver", "origin": APP, "cookie": cookie})


@pytest.mark.parametrize(
    "origin",
    [
        *("*", "https://*.example.org", "https://app.example.org/", "https://app.example.org/draw"),
        *("app.example.org", "//app.example.org", "ftp://app.example.org", "null", "", None),
        *("https://app.example.org:99999", "https://app.example.org:", "https://app.example.org "),
        *("https://ann@app.example.org", "https://app.example.org?", "https://앱.example.org"),
    ],
)
def test_what_is_no_origin_is_named_at_the_start(settings: Settings, origin: object) -> None:
    settings.BOARDS_TOKEN_ORIGINS = [APP, origin]
    (found,) = check_token_origins(None)
    assert found.id == "boards.E005"
    assert found.msg == f"{origin!r} in BOARDS_TOKEN_ORIGINS is no origin."
    assert "scheme://host:port" in (found.hint or "")


def test_origins_are_taken_as_browsers_write_them_and_only_in_a_list(settings: Settings) -> None:
    fine = (APP, "http://localhost:5173", "http://[::1]:8080", "https://xn--o39a.example.org")
    settings.BOARDS_TOKEN_ORIGINS = fine
    assert check_token_origins(None) == []
    settings.BOARDS_TOKEN_ORIGINS = ()
    assert check_token_origins(None) == []
    settings.BOARDS_TOKEN_ORIGINS = APP
    assert [found.id for found in check_token_origins(None)] == ["boards.E005"]
