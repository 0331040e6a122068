"""`client.js` in pages that aren't ours: of other sites with a token, of the same one without."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest

from cluster.app import App, Setup, run_python
from cluster.processes import HOST, PROJECT, free_port

from .conftest import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SETTINGS: Final = "from whiteboard.settings import *\nBOARDS_TOKEN_ORIGINS = [{origin!r}]\n"
COPIED: Final = ("board/client.js", "board/core", "board/sync", "npm/fractional-indexing.js")
"""Of `static/`, as docs/clients.md says."""
SEED: Final = """
from django.core.management import call_command
from boards.access import Scope
from boards.deeds import Actor
from boards.models import Board, Person
from boards.token_deeds import make
call_command("migrate", verbosity=0)
people = [Person.objects.create(name=name) for name in ("Ann", "Bob")]
for _ in range(2):
    print(Board.objects.create(owner=people[0]).pk)
for person in people:
    print(make(person, "a page", tuple(Scope), Actor(person))[1])
"""
OPEN: Final = """async ([client, url, token, transport, own]) => {
    const { connect } = await import(client);
    const options = {
        ...(token && { headers: { Authorization: `Bearer ${token}` } }),
        ...(transport && { transport }),
        ...(own && { WebSocket }),
    };
    window.board = await connect(url, options);
    return board.transport;
}"""
DRAW: Final = "color => board.draw([{ x: 0, y: 0 }, { x: 100, y: 50 }], { color })"
COLOURS: Final = """count => board.elements.size === count
    && [...board.elements.values()].map(({ color }) => color).sort()"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: object, **named: object) -> None:
        """Each request would be a line among what tests say."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Another site's port, with a page of nothing. Its two names are two origins."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<!doctype html><title>A site of its own</title>")
    for name in COPIED:
        source, copy = PROJECT / "static" / name, folder / name
        copy.parent.mkdir(exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy)
    serving = ThreadingHTTPServer((HOST, 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving.server_port
    serving.shutdown()
    thread.join()
    serving.server_close()


@dataclass(frozen=True)
class Whiteboard:
    boards: list[str]
    tokens: list[str]


@pytest.fixture(scope="module")
def whiteboard(site: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whiteboard]:
    """It lets pages of one of the two origins come."""
    folder = tmp_path_factory.mktemp("visited")
    (folder / "visited.py").write_text(SETTINGS.format(origin=f"http://{HOST}:{site}"))
    setup = Setup(f"sqlite:///{folder}/boards.sqlite3", "", secrets.token_urlsafe(48), folder)
    where = {"PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "visited"}
    env = setup.environment() | where
    made = run_python(["manage.py", "shell", "--no-imports", "-c", SEED], env).stdout.split()
    with App(free_port(), env, log=folder / "server.log") as app:
        yield Whiteboard([f"{app.address}/boards/{board}/" for board in made[:2]], made[2:])


@pytest.fixture
def page_at(chromium: Browser) -> Iterator[Any]:
    context = chromium.new_context()

    def come(address: str) -> Page:
        page = context.new_page()
        page.goto(address)
        return page

    yield come
    context.close()


def opened(page: Page, *given: object, client: str = "/board/client.js") -> Any:
    return page.evaluate(OPEN, [client, *given])


def has(page: Page, *colours: str) -> None:
    found = page.wait_for_function(COLOURS, arg=len(colours)).json_value()
    assert found == sorted(colours)


def test_a_page_of_a_named_site_draws_with_a_token_and_sees_what_others_draw(
    page_at: Any, site: int, whiteboard: Whiteboard
) -> None:
    ann, bob = (page_at(f"http://{HOST}:{site}/") for _ in range(2))
    board, tokens = whiteboard.boards[0], whiteboard.tokens
    assert opened(ann, board, tokens[0], None, False) == "sse"
    assert opened(bob, board, tokens[1], "longpoll", False) == "longpoll"
    ann.evaluate(DRAW, "red")
    has(bob, "red")
    bob.evaluate(DRAW, "teal")
    has(ann, "red", "teal")


def test_where_it_insists_on_its_socket_it_goes_on_without(
    page_at: Any, site: int, whiteboard: Whiteboard
) -> None:
    """No browser sends a token with a socket, and without one none from there is let in."""
    page = page_at(f"http://{HOST}:{site}/")
    asked: list[str] = []
    page.on("websocket", lambda socket: asked.append(socket.url))
    opened(page, whiteboard.boards[1], whiteboard.tokens[0], None, True)
    assert page.evaluate("board.transport") == "sse"
    assert [urlsplit(url).path for url in asked] == [f"/ws{urlsplit(whiteboard.boards[1]).path}"]
    page.evaluate(DRAW, "red")


def test_s25_a_page_of_a_site_that_is_not_named_gets_nothing(
    page_at: Any, site: int, whiteboard: Whiteboard
) -> None:
    page = page_at(f"http://localhost:{site}/")
    for transport, told in (("sse", "blocked by CORS policy"), ("websocket", "response code: 403")):
        given = ["/board/client.js", whiteboard.boards[0], whiteboard.tokens[0], transport, True]
        with page.expect_console_message(lambda message, told=told: told in message.text):
            # Nobody waits for it: it goes on trying, for its site may be named any time.
            page.evaluate(f"given => void ({OPEN})(given).then(() => (window.in = true))", given)
    assert page.evaluate("window.in") is None


def test_a_page_of_the_same_site_comes_by_websocket_with_its_cookie(visit: Visit) -> None:
    ann = visit("Ann")
    board = ann.start_board()
    page = ann.new_page()
    page.goto(f"{ann.address}/")
    client = "/static/board/client.js"
    url = f"{ann.address}/boards/{board}/"
    assert opened(page, url, None, None, False, client=client) == "websocket"
    page.evaluate(DRAW, "red")
    ann.sees_ink()
    ann.press("r")
    ann.drag((600, 300), (700, 380))
    ann.is_saved()
    page.wait_for_function("board.elements.size === 2")
