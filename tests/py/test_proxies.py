"""The lines that /connection/ shows, with the proxies they are for in front of the real server."""

from __future__ import annotations

import http.client
import json
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, Final, Self

import pytest

from boards.connection.proxies import APACHE, CADDY, HAPROXY, HERE, NGINX, PROXIES, Proxy
from cluster.app import App, Setup, run_python
from cluster.processes import HOST, free_port
from tests import fronts

from .frames import BINARY, TEXT, Raw, frame

DEADLINE: Final = 20
"""Seconds of silence. Less than a poll is held: whoever keeps answers back is found out."""
FRONTS: Final[dict[str, tuple[Proxy, Callable[[str], AbstractContextManager[int]]]]] = {
    "nginx": (NGINX, fronts.nginx),
    "caddy": (CADDY, fronts.caddy),
    "haproxy": (HAPROXY, fronts.haproxy),
    "apache": (APACHE, fronts.apache),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("behind")
    setup = Setup(
        f"sqlite:///{folder}/boards.sqlite3", "", secrets.token_urlsafe(48), folder, proxies=1
    )
    run_python(["manage.py", "migrate", "--verbosity", "0"], setup.environment())
    with App(free_port(), setup.environment(), log=folder / "server.log") as app:
        yield app


@pytest.fixture(scope="module", params=FRONTS)
def port(request: pytest.FixtureRequest, app: App) -> Iterator[int]:
    """Of the proxy, with exactly the lines of the page but for the server's address."""
    proxy, front = FRONTS[request.param]
    if proxy is APACHE:
        try:
            fronts.installed_apache()
        except fronts.NoApacheError as error:
            pytest.skip(f"{error}; APACHE may name one")
    with front(proxy.configuration(f"{HOST}:{app.port}")) as port:
        yield port


class Link:
    """Plain requests, and an echo link made of them."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: list[http.client.HTTPConnection | http.client.HTTPResponse] = []
        body = json.dumps({"protocols": ["whiteboard.echo"]})
        self._name = ""
        self._name = json.loads(self.ask("POST", "/live/echo/", body).read())["link"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._open:
            one.close()

    def ask(self, method: str, path: str, body: str | None = None) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=DEADLINE)
        headers = {"Origin": f"http://{HOST}:{self._port}", "X-Whiteboard-Link": self._name}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self._open += [answer, connection]
        assert answer.status == 200, answer.read()
        return answer

    def send(self, first: int, *frames: Any) -> None:
        self.ask("POST", "/live/send", json.dumps({"first": first, "frames": frames})).read()


def test_a_socket_echoes_through_it(port: int) -> None:
    with Raw.open(port) as raw:
        raw.send(frame(TEXT, "한글".encode()) + frame(BINARY, bytes(65_536)))
        assert raw.said() == ["text 한글", "binary of 65536"]
        assert ["host", f"{HOST}:{port}"] in raw.report["headers"]
        raw.send(frame(TEXT, b"!echo close 4321 as you wish"))
        assert raw.said() == ["close 4321 as you wish"]


def test_an_abort_comes_through_it(port: int) -> None:
    with Raw.open(port) as raw:
        raw.send(frame(TEXT, b"!echo abort"))
        assert next(raw.events()) == "cut"


def test_a_stream_comes_piece_by_piece(port: int) -> None:
    with Link(port) as link:
        stream = link.ask("GET", "/live/events")
        for number in (1, 2, 3):
            link.send(number, {"piece": number})
            # Were it gathered, it would not come before the end, which is not near.
            while not (line := stream.readline()).startswith(b"data:"):
                assert line, "the stream has ended"
            assert json.loads(line.removeprefix(b"data:")) == {"piece": number}


def test_a_held_request_is_answered_by_the_event(port: int) -> None:
    with Link(port) as link, ThreadPoolExecutor(1) as pool:
        held = pool.submit(lambda: link.ask("GET", "/live/poll?after=0&wait=25").read())
        link.send(1, {"event": 1})
        assert json.loads(held.result(DEADLINE)) == {"first": 1, "frames": [{"event": 1}]}


def test_the_largest_request_comes_through_it(port: int) -> None:
    with Link(port) as link:
        link.send(1, *["A" * 50_000] * 5)


def test_the_server_knows_who_asks_and_for_what(port: int) -> None:
    own = f"http://{HOST}:{port}"
    with Link(port) as link:
        seen = json.loads(link.ask("GET", f"/connection/seen/?origin={own}").read())
    assert seen["accepts"]
    assert seen["host"] == f"{HOST}:{port}"
    assert seen["http"] == "1.1"
    assert seen["address"] == HOST
    assert ["x-forwarded-proto", "http"] in seen["headers"]


def test_every_topic_has_lines_for_every_proxy() -> None:
    for proxy in PROXIES.values():
        assert proxy.lines.keys() == NGINX.lines.keys()
        assert HERE in proxy.configuration()
        assert "[" not in proxy.configuration().replace("%[req.hdr(host)]", "")


def test_the_lines_of_a_whole_are_those_of_its_topics() -> None:
    for proxy in PROXIES.values():
        whole = [line.strip() for line in proxy.configuration().splitlines()]
        for topic, lines in proxy.lines.items():
            if proxy in (NGINX, APACHE) or topic not in {"upgrade", "body"}:
                assert all(line.strip() in whole for line in lines.splitlines()), topic


def test_the_page_calls_proven_what_is_proven_here() -> None:
    """No test can rely on an Apache: where the machine has one it is put in front too."""
    at_each_run = {name for name, proxy in PROXIES.items() if not proxy.by_hand}
    assert at_each_run == FRONTS.keys() - {"apache"}
