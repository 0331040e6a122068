"""Requests read by ourselves are answered like those that Twisted reads, on a real server (S13)."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Iterator
from typing import Any, Final, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.web.http import HTTPChannel, Request

from boards.plain_requests import HEAD_BYTES, HEADERS_MAX, PlainChannel, plain
from cluster.app import App, Setup, run_python
from cluster.processes import HOST, free_port

DEADLINE: Final = 20
GET: Final = b"GET /live/poll?after=0&wait=0 HTTP/1.1\r\nHost: a\r\n"
POST: Final = b"POST /live/send HTTP/1.1\r\nHost: a\r\n"


def test_a_whole_request_is_read() -> None:
    found = plain(POST + b"Content-Length: 2\r\nX-Name:  \t a b \t\r\n\r\n{}")
    assert found is not None
    assert (found.method, found.target, found.body) == ("POST", b"/live/send", b"{}")
    assert found.headers == [(b"host", b"a"), (b"content-length", b"2"), (b"x-name", b"a b")]
    asked = plain(GET + b"Connection: keep-alive\r\n\r\n")
    assert asked is not None
    assert asked.target == b"/live/poll?after=0&wait=0"


def test_what_one_request_says_is_not_the_nexts() -> None:
    first, second = plain(GET + b"\r\n"), plain(GET + b"\r\n")
    assert first is not None
    assert second is not None
    first.headers.clear()
    assert second.headers == [(b"host", b"a")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GET,
        GET + b"\r\n" + GET + b"\r\n",
        GET + b"Content-Length: 0\r\n\r\n",
        GET.replace(b"1.1", b"1.0") + b"\r\n",
        GET.replace(b"GET", b"PUT") + b"\r\n",
        GET.replace(b"/live", b"http://a/live") + b"\r\n",
        GET.replace(b"after=0", "after=é".encode()) + b"\r\n",
        GET.replace(b"\r\n", b"\n") + b"\n",
        GET + b"Connection: close\r\n\r\n",
        GET + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        GET + b"Daphne-Root-Path: /elsewhere\r\n\r\n",
        GET + b"X_Name: a\r\n\r\n",
        GET + b"X-Name : a\r\n\r\n",
        GET + b"X-Name: a\r\n b\r\n\r\n",
        GET + b"X-Name: a\nX-Other: b\r\n\r\n",
        GET + b"X-Name: a\rX-Other: b\r\n\r\n",
        GET + b"X-Name: \x00\r\n\r\n",
        GET + b"X-Name: \x85\r\n\r\n",
        GET + b"no header\r\n\r\n",
        GET + b"X-Name: a\r\n" * HEADERS_MAX + b"\r\n",
        GET + b"X-Name: " + b"a" * HEAD_BYTES + b"\r\n\r\n",
        POST + b"Content-Length: 3\r\n\r\n{}",
        POST + b"Content-Length: 1\r\n\r\n{}",
        POST + b"Content-Length: +2\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        POST + b"Content-Length: 2, 2\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n{}",
    ],
)
def test_what_takes_more_than_a_look_is_left_to_twisted(data: bytes) -> None:
    """Above all what a proxy before us might cut in another way than we."""
    assert plain(data) is None


@pytest.mark.parametrize("said", [b"", GET, POST + b"Content-Length: 2\r\n\r\n{"])
def test_who_asks_nothing_or_never_ends_is_hung_up_on(said: bytes) -> None:
    make: Any = StringTransport  # Twisted says nothing of its types
    clock, transport, channel = Clock(), make(), PlainChannel()
    channel.callLater, channel.timeOut = clock.callLater, 60
    channel.beginnings = (b"GET /live/poll?", b"POST /live/send ")
    channel.makeConnection(transport)
    channel.dataReceived(said)
    clock.advance(61)
    assert transport.disconnecting


# -- beside Twisted --------------------------------------------------------------------------------

HEADERS: Final = [
    b"Host: a",
    b"Content-Length: 2",
    b"content-length:2",
    b"Content-Length: 02",
    b"Content-Length: 0",
    b"Transfer-Encoding: chunked",
    b"Connection: keep-alive",
    b"Connection: close",
    b"Cookie: a=b; c=\xc3\xa9",
    b"X-Name:\t twice \t",
    b"X-Name:",
    b" folded",
    b"Expect: 100-continue",
    b"X-Name\x00: a",
]
ODD: Final = [
    b"\r\n",
    b"\n",
    b"\r",
    b" ",
    b"\t",
    b":",
    b"\x00",
    b"\x7f",
    b"\x0b",
    b"0",
    b"%2F",
    b"#",
]


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """Ordinary ones, and such as somebody may have changed by a few bytes."""
    line = draw(st.sampled_from([GET, POST])).partition(b"\r\n")[0]
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5))
    body = draw(st.sampled_from([b"", b"{}", b"{}{}", b"2\r\n{}\r\n0\r\n\r\n"]))
    data = b"\r\n".join([line, *headers, b"", body])
    for odd in draw(st.lists(st.sampled_from(ODD), max_size=2)):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + odd + data[at + draw(st.integers(0, 1)) :]
    return data


def by_twisted(data: bytes) -> list[Any]:
    make: Any = StringTransport
    channel: Any = cast("Any", HTTPChannel)()
    heard: list[Any] = []

    class Heard(Request):
        def process(self) -> None:
            heard.append(self)

    channel.requestFactory, channel.timeOut = Heard, None
    channel.makeConnection(make())
    channel.dataReceived(data)
    return heard


@given(requests())
@settings(max_examples=300)
@example(POST + b"Content-Length: 2\r\n\r\n{}")
@example(GET + b"Connection: keep-alive\r\n\r\n")
def test_what_is_read_is_what_twisted_reads(data: bytes) -> None:
    found = plain(data)
    if found is None:
        return
    [request] = by_twisted(data)
    assert found.method.encode() == request.method
    assert found.target == request.uri
    assert found.body == request.content.read()
    said = [
        (name.lower(), value)
        for name, values in request.requestHeaders.getAllRawHeaders()
        for value in values
    ]
    assert sorted(found.headers) == sorted(said)


# -- on a server -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("plain")
    setup = Setup(f"sqlite:///{folder}/boards.sqlite3", "", secrets.token_urlsafe(48), folder)
    run_python(["manage.py", "migrate", "--verbosity", "0"], setup.environment())
    with App(free_port(), setup.environment(), log=folder / "server.log") as app:
        yield app.port


class Line:
    """One connection, and an echo link that was opened on it."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=DEADLINE)
        self._rest = b""
        self._head = f"Host: {HOST}:{port}\r\nOrigin: http://{HOST}:{port}\r\n"
        # This one is Twisted's: after it the connection is in any state that it may be in.
        self.say(self.post("/live/echo/", {"protocols": ["whiteboard.echo"]}))
        self.link = json.loads(self.hear()[1])["link"]
        self._head += f"X-Whiteboard-Link: {self.link}\r\n"

    def get(self, path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode()

    def post(self, path: str, body: object) -> bytes:
        text = json.dumps(body, separators=(",", ":"))
        more = f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n"
        return f"POST {path} HTTP/1.1\r\n{self._head}{more}\r\n{text}".encode()

    def sending(self, first: int, *frames: object) -> bytes:
        return self.post("/live/send", {"first": first, "frames": frames})

    def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._socket.sendall(piece)

    def hear(self) -> tuple[str, bytes]:
        head, body = self._until(b"\r\n\r\n").decode().lower(), b""
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        while len(self._rest) < length:
            self._read()
        body, self._rest = self._rest[:length], self._rest[length:]
        return head, body

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._read()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _read(self) -> None:
        piece = self._socket.recv(65_536)
        assert piece, "the server has hung up"
        self._rest += piece

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def line(port: int) -> Iterator[Line]:
    line = Line(port)
    yield line
    line.close()


def test_in_pieces_it_is_answered_the_same(line: Line) -> None:
    line.say(line.sending(1, {"n": 1}))
    whole = line.hear()
    again = line.sending(1, {"n": 1})
    for cut in (1, 20, len(again) - 3):
        line.say(again[:cut])
        # The rest is a piece of its own: what the server has of it, it has read before.
        other = Line(int(line._head.partition("\r\n")[0].rpartition(":")[2]))
        other.close()
        line.say(again[cut:])
        head, body = line.hear()
        assert body == whole[1] == b'{"received":1}'
        assert sorted(head.split("\r\n")) == sorted(whole[0].split("\r\n"))


def test_several_in_one_piece_are_answered_in_their_order(line: Line) -> None:
    line.say(line.sending(1, {"n": 1}) + line.sending(2, {"n": 2}) + line.sending(3, {"n": 3}))
    assert [line.hear()[1] for _ in range(3)] == [b'{"received":%d}' % n for n in (1, 2, 3)]


def test_what_comes_while_a_poll_is_held_is_answered_after_it(port: int, line: Line) -> None:
    other = Line(port)
    other._head = line._head
    line.say(line.get("/live/poll?after=0&wait=25"), line.get("/live/poll?after=1&wait=0"))
    other.say(other.sending(1, {"n": 1}))
    assert other.hear()[1] == b'{"received":1}'
    assert line.hear()[1] == b'{"first":1,"frames":[{"n":1}]}'
    assert line.hear()[1] == b'{"first":2,"frames":[]}'
    other.close()


def test_a_poll_whose_client_hangs_up_is_over(port: int, line: Line) -> None:
    """And the link is there for the next one."""
    other = Line(port)
    other._head = line._head
    line.say(line.get("/live/poll?after=0&wait=25"))
    line.close()
    other.say(other.sending(1, {"n": 1}), other.get("/live/poll?after=0&wait=25"))
    assert other.hear()[1] == b'{"received":1}'
    assert other.hear()[1] == b'{"first":1,"frames":[{"n":1}]}'
    other.close()


def test_answers_have_the_headers_that_they_have_from_twisted(line: Line) -> None:
    """S24; the second is Twisted's, for what it says of the connection."""
    poll = line.get("/live/poll?after=0&wait=0")
    line.say(poll)
    ours = line.hear()[0].split("\r\n")
    line.say(poll[:-2] + b"Connection: Keep-Alive\r\n\r\n")
    assert sorted(ours) == sorted(line.hear()[0].split("\r\n"))
    for header in ("x-content-type-options: nosniff", "cache-control: no-store, no-transform"):
        assert header in ours


def test_a_stranger_is_refused_as_ever(line: Line) -> None:
    """S1: the same application asks."""
    line.say(line.sending(1, {"n": 1}).replace(b"Origin: http://", b"Origin: http://not."))
    head, body = line.hear()
    assert head.startswith("http/1.1 403")
    assert json.loads(body) == {"error": "origin"}
